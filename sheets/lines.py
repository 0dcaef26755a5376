"""What a roster's reader tells: lines, one a person, faults, and what it has found out about the columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Mistake(StrEnum):
    """What is wrong with a cell."""

    NO_NAME = "no_name"
    NO_BRANCH = "no_branch"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_DAY = "not_a_day"
    ENDS_BEFORE = "ends_before"
    NO_BEGINNING = "no_beginning"
    NUMBER_TWICE = "number_twice"
    NUMBER_ALIKE = "number_alike"
    TWO_PEOPLE = "two_people"
    NOT_A_STATUS = "not_a_status"
    COLUMN_TWICE = "column_twice"
    NOT_COMPUTED = "not_computed"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be used: its row from 1, its column's letters, and what stands in it."""

    row: int
    column: str
    mistake: Mistake
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody as a row has them. `number` is empty where the row has none; `leave_to` is the last day away.

    `bare_number`: the cell holds a number and not a text, so noughts before it may be lost. `gone`: its status says
    that they are not there any more; `left_on` is when they leave or have left.
    """

    row: int
    number: str
    name: str
    branch: tuple[str, ...]
    role: str = ""
    phone: str = ""
    joined_on: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None
    bare_number: bool = False
    gone: bool = False
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Unused:
    """A column that is not used: its heading, the known one that it looks like, or the one used in its place."""

    heading: str
    like: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster as its file has it. `told` are the fields that it has columns for; `kinds` what each branch is."""

    sheet: str
    lines: Sequence[Line]
    faults: Sequence[Fault]
    told: frozenset[str]
    unused: Sequence[Unused]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """A reading without its lines, faults, unused columns and kinds, as a child tells it."""

    sheet: str
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a branch is, told by its name."""

    name: str
    kind: str


Item: TypeAlias = Head | Unused | Kind | Line | Fault
