"""Questionnaires from files: sent in private, shown with what is not carried over, and kept to be asked."""

from handlers.voice.questionnaire_files.chat import FEATURE
from handlers.voice.questionnaire_files.files import (
    FaultyQuestionnaire,
    NoQuestionnaireFile,
    as_questionnaire,
    as_table,
    as_yaml,
    reader_for,
)

__all__ = [
    "FEATURE",
    "FaultyQuestionnaire",
    "NoQuestionnaireFile",
    "as_questionnaire",
    "as_table",
    "as_yaml",
    "reader_for",
]
