"""What can be wrong with a file, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """A kind of mistake in any file; each has words in the texts of each kind of files."""

    ENCODING = "encoding"
    SYNTAX = "syntax"
    TOO_LONG = "too_long"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    WRONG_NAME = "wrong_name"
    TWICE = "twice"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: at which line, with which key or name, and what it should be or is in conflict with."""

    line: int
    fault: str
    name: str = ""
    other: str = ""
