"""Questions in files: plain Chinese text, GIFT, Aiken, Moodle XML and tables are read and written."""

from sheets.questions.as_table import table_of
from sheets.questions.found import (
    Format,
    Found,
    Head,
    Kind,
    Loss,
    Lost,
    Mistake,
    Place,
    Question,
    Wrong,
)
from sheets.questions.reader import QUESTIONS, looks_like_questions
from sheets.questions.writing import Written, write, write_table

__all__ = [
    "QUESTIONS",
    "Format",
    "Found",
    "Head",
    "Kind",
    "Loss",
    "Lost",
    "Mistake",
    "Place",
    "Question",
    "Written",
    "Wrong",
    "looks_like_questions",
    "table_of",
    "write",
    "write_table",
]
