"""What can be wrong with the scheme of an evaluation."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.admin.toml.problem import Problem
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence


class Flaw(StrEnum):
    """What can be wrong with a scheme beyond a single value; each has words of its own (`evaluation.fault`)."""

    SUM = "sum"
    NO_ITEMS = "no_items"
    NO_GRADES = "no_grades"
    TOO_MANY = "too_many"
    TWICE = "twice"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_INDICATOR = "unknown_indicator"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_GRADE = "unknown_grade"
    NOT_COUNTED = "not_counted"
    SOURCE_OR_POINTS = "source_or_points"
    ABOUT = "about"
    SAME = "same"
    ORDER = "order"
    OUT_OF_RANGE = "out_of_range"
    QUOTA_EMPTY = "quota_empty"
    TIE_END = "tie_end"
    UNKNOWN_TIE = "unknown_tie"


class WrongScheme(Refusal):
    """A file that cannot be used as a scheme."""

    text = "evaluation.wrong"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=problems)
        self.problems = problems
