"""What can be wrong with a file of rules, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence


class Fault(StrEnum):
    """A kind of mistake; each has words of its own (`scheme.fault`)."""

    ENCODING = "encoding"
    SYNTAX = "syntax"
    TOO_LONG = "too_long"
    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    WRONG_NAME = "wrong_name"
    TWICE = "twice"
    RESERVED = "reserved"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_FACT = "unknown_fact"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_PERIOD = "unknown_period"
    TOO_LARGE = "too_large"
    SHADOWED = "shadowed"
    OVERLAP = "overlap"
    EMPTY_WINDOW = "empty_window"
    CAP_TOO_LOW = "cap_too_low"
    CAPS_CONTRADICT = "caps_contradict"
    FLOOR_ABOVE = "floor_above"
    CEILING_TOO_LOW = "ceiling_too_low"
    TOO_MANY = "too_many"
    PAST = "past"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: at which line, with which key or name, and what it should be or is in conflict with."""

    line: int
    fault: str
    name: str = ""
    other: str = ""


class WrongScheme(Refusal):
    """A file of rules that cannot be used."""

    text = "scheme.wrong"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=problems)
        self.problems = problems
