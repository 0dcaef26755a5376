"""The study library as people write it: records become lessons, courses and campaigns, or all that is wrong is told.

A record comes from a file of any format; all its fields are texts. `reading.check` makes a library of records,
`telling.records_of` is the way back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.study.campaign import Campaign
    from domain.study.course import Course
    from domain.study.item import Lesson

MAX_FAULTS = 20
MAX_DETAIL_CHARS = 60


class Kind(StrEnum):
    """What a record is of."""

    ITEM = "item"
    COURSE = "course"
    CAMPAIGN = "campaign"


class Reason(StrEnum):
    """What is wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too_long"  # `most` characters
    TOO_MANY = "too_many"  # `most` of them
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_LINK = "not_a_link"
    NOT_A_ROLE = "not_a_role"
    NOT_A_KIND = "not_a_kind"
    NOT_A_FILE = "not_a_file"
    NOT_A_TEXT = "not_a_text"  # a character that no text has
    NO_SUCH_OPTION = "no_such_option"
    QUESTION = "question"  # the detail is a name of `question.faults`
    TWICE = "twice"
    ENDS_BEFORE = "ends_before"
    SHARE = "share"
    NO_ITEMS = "no_items"
    NO_SUCH_ITEM = "no_such_item"
    NO_SUCH_BRANCH = "no_such_branch"
    NO_SUCH_PERSON = "no_such_person"
    NOTHING = "nothing"
    FILE = "file"  # the file itself cannot be understood there; the detail says why


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a line from 1, a cell of a table, or neither where it is not known."""

    line: int = 0
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An item, a course or a campaign as its file has it."""

    kind: Kind
    fields: Mapping[str, tuple[str, ...]]
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, name: str) -> Place:
        """Where a field stands."""
        return self.places.get(name, self.place)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a field that say something."""
        return tuple(one.strip() for one in self.fields.get(name, ()) if one.strip())

    def one(self, name: str) -> str:
        """The value of a field that has one."""
        return next(iter(self.values(name)), "")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: where, with which item (its code or title) and field, and what."""

    place: Place
    item: str
    field: str
    reason: Reason
    detail: str = ""
    most: int = 0

    def __str__(self) -> str:
        """On one line, for programmers and logs."""
        where = self.item or self.place.cell or f"line {self.place.line}"
        return f"{where}: {self.field}: {self.reason} {self.detail or self.most or ''}".strip()


class WrongLibrary(ValueError):  # noqa: N818 - named for what is wrong
    """A library that cannot be used, with what is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Library:
    """What a file holds. `owners` are employee numbers, by the codes of their items."""

    lessons: tuple[Lesson, ...] = ()
    courses: tuple[Course, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Record] = field(default_factory=dict, compare=False)  # by kind and code

    @property
    def count(self) -> int:
        """How many items, courses and campaigns there are."""
        return len(self.lessons) + len(self.courses) + len(self.campaigns)


def code_of(title: str, source: str) -> str:
    """The code of an item that has none in its file: the same for the same title and source."""
    told = f"{plain.appearance(title)}\0{plain.appearance(source)}"
    return f"x{hashlib.sha256(told.encode()).hexdigest()[:12]}"
