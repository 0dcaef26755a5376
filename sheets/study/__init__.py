"""Files of the study library: TOML, Markdown with front matter, XLSX and CSV, read and written as records."""

from sheets.study.found import MAX_WRONG, Found, Kind, Lost, Mistake, NotRead, Place, Record, Wrong
from sheets.study.reader import LIBRARY, looks_like, read
from sheets.study.writing import markdown_of, tables, toml_of

__all__ = [
    "LIBRARY",
    "MAX_WRONG",
    "Found",
    "Kind",
    "Lost",
    "Mistake",
    "NotRead",
    "Place",
    "Record",
    "Wrong",
    "looks_like",
    "markdown_of",
    "read",
    "tables",
    "toml_of",
]
