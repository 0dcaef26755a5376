"""Questionnaires: many questions, asked of an audience in private, in one of three kinds of confidence."""

from domain.voice.questionnaire.feature import FEATURE

__all__ = ["FEATURE"]
