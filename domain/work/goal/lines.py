"""Goals as a table has them, and what may be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.work.goal.model import Level, Measure

MAX_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A goal of a table, by the number of its row. What it does not say is empty.

    `parent` is a code, the number of a goal (`#12`) or the title of another row; `where` the name or the path of a
    branch; `owner` an employee number or a name.
    """

    row: int
    title: str
    measure: Measure
    due: date
    code: str = ""
    parent: str = ""
    level: Level | None = None
    where: str = ""
    owner: str = ""
    weight: int = 0
    since: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a table; `lost` are the headings of columns that are not carried over."""

    lines: Sequence[Line]
    lost: Sequence[str] = ()


class Reason(StrEnum):
    """What is wrong with a row."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_MEASURE = "bad_measure"
    BAD_WEIGHT = "bad_weight"
    BAD_DAY = "bad_day"
    BAD_LEVEL = "bad_level"
    TWICE = "twice"
    NO_SUCH_GOAL = "no_such_goal"
    NO_SUCH_BRANCH = "no_such_branch"
    NO_BRANCH = "no_branch"
    NO_SUCH_PERSON = "no_such_person"
    CYCLE = "cycle"
    WRONG_LEVEL = "wrong_level"
    WRONG_HOME = "wrong_home"
    ENDS_BEFORE = "ends_before"
    NO_REASON = "no_reason"
    DROPPED = "dropped"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: in which row (0 for the file as a whole), of which goal and field, and what."""

    row: int
    title: str
    field: str
    reason: Reason
    detail: str = ""

    def __str__(self) -> str:
        """On one line, for programmers and logs."""
        return f"row {self.row}: {self.field}: {self.reason} {self.detail}".strip()


class WrongGoals(ValueError):  # noqa: N818 - named for what is wrong
    """A table that cannot be used, with what is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults
