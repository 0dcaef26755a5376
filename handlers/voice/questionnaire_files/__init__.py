"""Questionnaires come in from files, in chat; what they hold becomes a `Questionnaire`."""
