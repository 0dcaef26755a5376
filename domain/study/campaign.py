"""Campaigns (主题教育): for a span of days, a share of a group's days is for some items or topics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from domain.study.audience import EVERYBODY, Audience

if TYPE_CHECKING:
    from datetime import date

    from domain.study.item import Lesson
    from domain.study.question import Change


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign from a day until another, both included; `share` of its workdays, in percent, are its own.

    `items` are codes; an item belongs to it by its code or by one of its topics. `number` is the store's, 0 before it
    is there.
    """

    code: str
    title: str
    since: date
    until: date
    share: int
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audience: Audience = EVERYBODY
    number: int = field(default=0, compare=False)

    def has(self, lesson: Lesson) -> bool:
        """Whether an item belongs to it."""
        return lesson.code in self.items or any(topic in self.topics for topic in lesson.topics)


class Campaigns(Protocol):
    """Campaigns in the store."""

    def put(self, campaign: Campaign) -> Change:
        """Add a campaign, or replace the one with its code."""

    def get(self, code: str) -> Campaign | None:
        """One of them."""

    def all(self) -> list[Campaign]:
        """All of them, in the order in which they were added."""

    def on(self, day: date) -> list[Campaign]:
        """Those that a day belongs to, in the order in which they were added."""

    def remove(self, code: str) -> None:
        """End a campaign; its items stay."""
