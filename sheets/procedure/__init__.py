"""Procedures in files: YAML and tables are read and written."""

from sheets.procedure.found import Found, Head, Line, Mistake, Place, Wrong
from sheets.procedure.reader import PROCEDURE, looks_like, read
from sheets.procedure.writing import table, yaml_of

__all__ = [
    "PROCEDURE",
    "Found",
    "Head",
    "Line",
    "Mistake",
    "Place",
    "Wrong",
    "looks_like",
    "read",
    "table",
    "yaml_of",
]
