"""What follows an answer of a review: the next question, how it stands, and points once the day's share is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.study.asking.sheet import Follow
from domain.study.attempt import OccasionKind
from domain.study.review.model import ReviewOver
from domain.study.review.service import day_of, due, standing

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.points.points import Credit
    from domain.study.attempt import Attempt, Occasion
    from domain.study.features import Stores
    from domain.study.question import StoredQuestion

REVIEWED = Event(EventName("study.reviewed"), facts=(Fact("count", int),))


def _check(stores: Stores, asked: Occasion, member: MemberId, at: datetime) -> None:
    """Raises ReviewOver on another day."""
    if day_of(stores, member, at).toordinal() != asked.id:
        raise ReviewOver


def _recorded(stores: Stores, attempt: Attempt) -> Credit | None:
    """The last answer of a day's share is reported, once a day; how many were right does not matter."""
    day = day_of(stores, attempt.member, attempt.at)
    now = standing(stores, attempt.member, day)
    if now.left or attempt.occasion.group is None:
        return None
    group, source = stores.chats.get(attempt.occasion.group), f"review:{day}"
    facts, cause = {"count": now.done}, day.isoformat()
    return points.award(stores, attempt.member, group, REVIEWED, facts, source=source, cause=cause, at=attempt.at)


def _told(stores: Stores, asked: Occasion, member: MemberId, at: datetime) -> Text | None:
    """When the question comes back, or that it is known now; and how much is left of today's share."""
    last = stores.attempts.on(OccasionKind.REVIEW, asked.id, member)[-1]
    review = stores.reviews.get(member, last.question)
    if review is None:
        return None
    left = standing(stores, member, day_of(stores, member, at)).left
    is_known = review.known_on is not None
    return Text("review.told", {"is_known": is_known, "due_on": review.memory.due_on, "left": left})


def _next(stores: Stores, _: Occasion, member: MemberId, at: datetime) -> StoredQuestion | None:
    return next(iter(due(stores, member, day_of(stores, member, at))), None)


FOLLOW = Follow(_check, _recorded, _told, _next)
