"""Surveys: one question to a group, closed and published by itself."""

from domain.voice.survey.feature import FEATURE
from domain.voice.survey.model import (
    MAX_OPEN_TIME,
    MAX_OPTION_CHARS,
    MAX_OPTIONS,
    MAX_QUESTION_CHARS,
    MIN_OPEN_TIME,
    AlreadyAsked,
    ClosesTooLate,
    Question,
    SameOption,
    Survey,
    Surveys,
    TooFewOptions,
    TooLong,
    TooManyOptions,
    Turnout,
)
from domain.voice.survey.service import ANSWERED, answer, ask, close_due, count, publish, report_unknown, usual_closing

__all__ = [
    "ANSWERED",
    "FEATURE",
    "MAX_OPEN_TIME",
    "MAX_OPTIONS",
    "MAX_OPTION_CHARS",
    "MAX_QUESTION_CHARS",
    "MIN_OPEN_TIME",
    "AlreadyAsked",
    "ClosesTooLate",
    "Question",
    "SameOption",
    "Survey",
    "Surveys",
    "TooFewOptions",
    "TooLong",
    "TooManyOptions",
    "Turnout",
    "answer",
    "ask",
    "close_due",
    "count",
    "publish",
    "report_unknown",
    "usual_closing",
]
