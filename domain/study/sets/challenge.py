"""A challenge: questions until the first wrong answer, one's own record, points for the first of a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.ids import ChallengeId
from domain.messaging.message import Text
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.refusal import Refusal
from domain.study.asking.sheet import Follow
from domain.study.attempt import OccasionKind, Result
from domain.study.sets.model import MAX_CHALLENGE_QUESTIONS, Challenge
from domain.study.sets.picking import askable, pick

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId, QuestionId
    from domain.messaging.chat import Chat
    from domain.points.points import Credit
    from domain.study.attempt import Attempt, Occasion
    from domain.study.features import Stores
    from domain.study.question import StoredQuestion

CHALLENGE_DONE = Event(EventName("study.challenge_done"), facts=(Fact("length", int),))


class ChallengeOver(Refusal):
    """A challenge that has ended."""

    text = "asking.challenge_over"


class NothingToAsk(Refusal):
    """The library has no question."""

    text = "asking.nothing_to_ask"


def begin(stores: Stores, member: MemberId, group: Chat, at: datetime) -> tuple[Challenge, StoredQuestion]:
    """Begin a challenge, or go on with the one that is open, and its next question. Raises NothingToAsk."""
    one = stores.challenges.open_of(member)
    if one is None:
        asked = _chosen(stores, member, group, at)
        one = stores.challenges.begin(Challenge(ChallengeId(0), member, group.id, group.day(at), at, asked))
    question = following(stores, one)
    if question is None:
        raise NothingToAsk
    return one, question


def _chosen(stores: Stores, member: MemberId, group: Chat, at: datetime) -> list[QuestionId]:
    """What a challenge asks: never answered questions, then those that went wrong; each once. Raises NothingToAsk."""
    there = askable(stores, group, group.day(at), ())
    if not there:
        raise NothingToAsk
    known = stores.attempts.last(member, [question.id for question in there])
    seen = {question: Result(1, int(attempt.is_right)) for question, attempt in known.items()}
    return [one.id for one in pick(there, seen, MAX_CHALLENGE_QUESTIONS, f"challenge:{member}:{at.isoformat()}")]


def following(stores: Stores, one: Challenge) -> StoredQuestion | None:
    """The first question of a challenge that was not answered in it."""
    asked = {attempt.question for attempt in stores.attempts.on(OccasionKind.CHALLENGE, one.id, one.member)}
    left = (stores.questions.get(number) for number in one.questions if number not in asked)
    return next((question for question in left if question is not None), None)


def _challenge(stores: Stores, occasion: Occasion) -> Challenge:
    """Raises ChallengeOver."""
    one = stores.challenges.get(ChallengeId(occasion.id))
    if one is None:
        raise ChallengeOver
    return one


def _check(stores: Stores, occasion: Occasion, _: MemberId, __: datetime) -> None:
    """Raises ChallengeOver."""
    if _challenge(stores, occasion).ended_at is not None:
        raise ChallengeOver


def _recorded(stores: Stores, attempt: Attempt) -> Credit | None:
    """A right answer makes it longer, unless it came too fast to count; a wrong one ends it, as the last does."""
    one = _challenge(stores, attempt.occasion)
    counts = attempt.is_right and not attempt.is_hasty
    one = replace(one, length=one.length + counts)
    ends = not attempt.is_right or following(stores, one) is None
    stores.challenges.save(replace(one, ended_at=attempt.at) if ends else one)
    return _credit(stores, one, attempt.at) if ends else None


def _credit(stores: Stores, one: Challenge, at: datetime) -> Credit | None:
    """The first challenge of a day earns, if anything in it was right."""
    first = stores.challenges.first_of(one.member, one.day)
    if first is None or first.id != one.id or not one.length:
        return None
    group, facts = stores.chats.get(one.group), {"length": one.length}
    source, cause = f"challenge:{one.id}", one.day.isoformat()
    return points.award(stores, one.member, group, CHALLENGE_DONE, facts, source=source, cause=cause, at=at)


def _told(stores: Stores, occasion: Occasion, member: MemberId, _: datetime) -> Text:
    one = _challenge(stores, occasion)
    values = {"length": one.length, "best": stores.challenges.best(member), "has_ended": one.ended_at is not None}
    return Text("asking.challenge", values)


def _next(stores: Stores, occasion: Occasion, _: MemberId, __: datetime) -> StoredQuestion | None:
    one = _challenge(stores, occasion)
    return following(stores, one) if one.ended_at is None else None


FOLLOW = Follow(_check, _recorded, _told, _next)
