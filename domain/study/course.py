"""Courses: items that a person or a group goes through in an order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from domain.study.audience import EVERYBODY, Audience

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.ids import ChatId, MemberId
    from domain.study.question import Change


@dataclass(frozen=True, slots=True)
class Course:
    """A course; `items` are the codes of its items, in their order. `number` is the store's, 0 before it is there."""

    code: str
    title: str
    items: tuple[str, ...]
    audience: Audience = EVERYBODY
    number: int = field(default=0, compare=False)

    def next(self, done: Collection[str]) -> str | None:
        """The first item that is not among those done; `None` at the end."""
        return next((one for one in self.items if one not in done), None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a course's items somebody has gone through."""

    done: int
    of: int


class Courses(Protocol):
    """Courses in the store."""

    def put(self, course: Course) -> Change:
        """Add a course, or replace the one with its code."""

    def get(self, code: str) -> Course | None:
        """One of them."""

    def all(self) -> list[Course]:
        """All of them, in the order in which they were added."""

    def remove(self, code: str) -> None:
        """End a course; its items stay."""

    def shown(self, course: Course, group: ChatId) -> set[str]:
        """Those of its items that a group was shown."""

    def read(self, course: Course, member: MemberId) -> set[str]:
        """Those of its items that somebody has read."""


def progress(course: Course, done: Collection[str]) -> Progress:
    """How far somebody is who has done these items."""
    return Progress(sum(one in done for one in course.items), len(course.items))
