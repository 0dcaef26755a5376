"""Study items: what the library holds of one thing to learn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from domain.study.audience import EVERYBODY, Audience

if TYPE_CHECKING:
    from datetime import date

    from domain.ids import MemberId, StudyItemId
    from domain.study.question import Question

SOON = timedelta(days=14)  # how long before its end somebody is told of an item that expires


class MediaKind(StrEnum):
    """How the platform shows a file."""

    PICTURE = "picture"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or document that belongs to an item: the platform keeps it, under `id`. `size` is in bytes."""

    kind: MediaKind
    id: str
    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the library holds of one item; `code` is its stable name, `topic` the first of its topics.

    It may be shown from the day `effective` until the day `expires`, both included. `question` is its own: it has the
    item's code. `owner` is told when it expires. `version` counts its changes from 1; the store keeps it.
    """

    code: str
    title: str
    topic: str
    text: str
    source: str
    question: Question | None = None
    expires: date | None = None
    more_topics: tuple[str, ...] = ()
    media: Media | None = None
    url: str = ""
    effective: date | None = None
    audience: Audience = EVERYBODY
    owner: MemberId | None = None
    version: int = 1

    @property
    def topics(self) -> tuple[str, ...]:
        """All its topics, the first one first."""
        return tuple(one for one in (self.topic, *self.more_topics) if one)

    def has_expired(self, day: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < day


@dataclass(frozen=True, slots=True)
class StudyItem:
    """A lesson in the store; one that is withdrawn is not shown until it is returned."""

    id: StudyItemId
    lesson: Lesson
    is_withdrawn: bool = False


class Candidate(NamedTuple):
    """An item that a group may be shown on a day, and on which day it was shown there last, if ever."""

    item: StudyItem
    last_shown: date | None
