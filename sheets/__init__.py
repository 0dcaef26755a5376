"""Tables that people keep in files: XLSX and CSV, read and written. This room knows no other."""

from sheets.columns import kind_of
from sheets.lines import Fault, Line, Mistake, Reading, Unused
from sheets.reading import MAX_FILE_BYTES, Reason, Sheet, WrongFile, read
from sheets.roster import MAX_FAULTS, read_roster
from sheets.roster import split as split_path
from sheets.writing import Column, Table, write

__all__ = [
    "MAX_FAULTS",
    "MAX_FILE_BYTES",
    "Column",
    "Fault",
    "Line",
    "Mistake",
    "Reading",
    "Reason",
    "Sheet",
    "Table",
    "Unused",
    "WrongFile",
    "kind_of",
    "read",
    "read_roster",
    "split_path",
    "write",
]
