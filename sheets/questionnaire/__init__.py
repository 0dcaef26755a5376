"""Questionnaires in files: own YAML, tables, SurveyJS and LimeSurvey are read; YAML and tables written."""

from sheets.questionnaire.found import (
    Asked,
    Choice,
    Format,
    Found,
    Head,
    Kind,
    Loss,
    Lost,
    Mistake,
    Place,
    When,
    Wrong,
)
from sheets.questionnaire.reader import READERS, looks_like_table
from sheets.questionnaire.writing import table, yaml_of

__all__ = [
    "READERS",
    "Asked",
    "Choice",
    "Format",
    "Found",
    "Head",
    "Kind",
    "Loss",
    "Lost",
    "Mistake",
    "Place",
    "When",
    "Wrong",
    "looks_like_table",
    "table",
    "yaml_of",
]
