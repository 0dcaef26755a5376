"""Sets of questions: the week's is posted by the clock, a special one by a secretary; answered in private."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.admin.audit import AuditAction
from domain.ids import QuestionSetId
from domain.messaging import burden
from domain.messaging.message import Button, DeepLink, Message, Text
from domain.people.permission import Permission, require
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.refusal import Refusal
from domain.study.asking.sheet import Follow
from domain.study.audience import includes_group
from domain.study.sets.model import (
    MAX_SPECIAL_QUESTIONS,
    MAX_WEEKLY_QUESTIONS,
    MIN_WEEKLY_QUESTIONS,
    QuestionSet,
    SetKind,
)
from domain.study.sets.picking import askable, pick

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import MemberId, QuestionId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.points.event import Facts
    from domain.points.points import Credit
    from domain.study.attempt import Attempt, Occasion
    from domain.study.features import Stores
    from domain.study.question import StoredQuestion

LINK = "set_"
WEEK = timedelta(days=7)
FARTHEST = timedelta(days=92)
SET_DONE = Event(
    EventName("study.set_done"), facts=(Fact("kind", str), Fact("share", int), Fact("full_marks", bool))
)  # `share`: of the questions, how many percent were answered right, with thought
GIVEN_OUT = AuditAction("question_set.given_out")


class SetOver(Refusal):
    """A set that is closed, or never was."""

    text = "asking.set_over"


class TooFewQuestions(Refusal):
    """The library has fewer questions than are wanted."""

    text = "asking.too_few"


class WrongLastDay(Refusal):
    """A last day that has passed already, or lies too far ahead."""

    text = "asking.wrong_last_day"


class AlreadyGivenOut(Refusal):
    """The same preview was confirmed before."""

    text = "asking.already_given_out"


class Progress(NamedTuple):
    """How far somebody is with a set."""

    answered: int
    right: int
    of: int

    @property
    def is_done(self) -> bool:
        """Whether all was answered."""
        return self.answered >= self.of

    @property
    def percent(self) -> int:
        """How many of a hundred were right, rounded down."""
        return self.right * 100 // self.of if self.of else 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A special set as it will go out."""

    topic: str
    questions: Sequence[StoredQuestion]
    last_day: date


@dataclass(frozen=True, slots=True)
class Tally:
    """What a group made of a set."""

    people: int
    done: int
    right: int
    answers: int


def post_weekly(stores: Stores, group: Chat, slot: datetime) -> QuestionSet | None:
    """The clock's way to give a group its week's set; not where people have had enough prompts, or too little to ask.

    It is about the topics of the week before and of campaigns, filled up with others.
    """
    monday = group.week(slot)
    source = f"weekly:{group.id}:{monday.isoformat()}"
    if stores.sets.made_by(source) is not None or burden.is_spent(stores, group, slot):
        return None
    questions = _of_the_week(stores, group, monday, source)
    if len(questions) < MIN_WEEKLY_QUESTIONS:
        return None
    return _give_out(
        stores,
        QuestionSet(
            QuestionSetId(0),
            SetKind.WEEKLY,
            group.id,
            "",
            [one.id for one in questions],
            slot,
            group.start_of(monday + WEEK),
        ),
        source,
        urgent=False,
    )


def _of_the_week(stores: Stores, group: Chat, monday: date, seed: str) -> list[StoredQuestion]:
    seen = stores.attempts.results(group.id)
    topics = _topics_of(stores, group, monday)
    about = pick(askable(stores, group, monday, topics), seen, MAX_WEEKLY_QUESTIONS, seed) if topics else []
    if len(about) >= MIN_WEEKLY_QUESTIONS:
        return about
    rest = [one for one in askable(stores, group, monday, ()) if one not in about]
    return [*about, *pick(rest, seen, MIN_WEEKLY_QUESTIONS - len(about), seed)]


def _topics_of(stores: Stores, group: Chat, monday: date) -> set[str]:
    """What a group was shown in the week before a Monday, and what its campaigns of that day are about."""
    days = (monday - timedelta(days=number) for number in range(1, WEEK.days + 1))
    shown = (stores.studies.prompt_on(group.id, day) for day in days)
    topics = {topic for given in shown if given is not None for topic in given.item.lesson.topics}
    running = (one for one in stores.campaigns.on(monday) if includes_group(stores, one.audience, group))
    return topics.union(*(one.topics for one in running))


def _give_out(stores: Stores, one: QuestionSet, source: str, *, urgent: bool) -> QuestionSet:
    """Remember a set, and tell its group in one line."""
    added = stores.sets.add(one, source)
    button = Button("asking.begin_button", DeepLink(f"{LINK}{added.id}"))
    message = Message("asking.set_posted", _values(stores, added), [[button]], added.subject)
    stores.outbox.send(added.group, message, key=str(added.subject), urgent=urgent)
    return added


def _values(stores: Stores, one: QuestionSet) -> dict[str, object]:
    last_day = stores.chats.get(one.group).day(one.closes_at) - timedelta(days=1)
    return {"kind": one.kind, "title": one.title, "count": len(one.questions), "last_day": last_day}


def planned(stores: Stores, group: Chat, *, topic: str, count: int, last_day: date) -> Plan:
    """A special set as it would go out: of what may still be asked on its last day. Raises TooFewQuestions."""
    wanted = min(max(count, 1), MAX_SPECIAL_QUESTIONS)
    seed = f"special:{group.id}:{topic}:{last_day.isoformat()}"
    there = askable(stores, group, last_day, (topic,) if topic else ())
    if len(there) < wanted:
        raise TooFewQuestions(topic=topic, there=len(there), wanted=wanted)
    return Plan(topic, pick(there, stores.attempts.results(group.id), wanted, seed), last_day)


def topics(questions: Sequence[StoredQuestion]) -> dict[str, int]:
    """What questions are about, and how many; the most first."""
    return dict(Counter(one.question.topic for one in questions if one.question.topic).most_common())


def give_out(stores: Stores, actor: Actor, *, topic: str, count: int, last_day: date, source: str) -> QuestionSet:
    """Give a special set out to the group. `source` is what does, so that confirming twice does it once.

    Raises AlreadyGivenOut, TooFewQuestions, WrongLastDay, NotAllowed.
    """
    require(stores, actor, Permission.ASK_SURVEYS)
    if not actor.today <= last_day <= actor.today + FARTHEST:
        raise WrongLastDay(days=FARTHEST.days)
    chosen = planned(stores, actor.group, topic=topic, count=count, last_day=last_day)
    if stores.sets.made_by(source) is not None:
        raise AlreadyGivenOut
    asked = [one.id for one in chosen.questions]
    closes_at = actor.group.start_of(last_day + timedelta(days=1))
    new = QuestionSet(
        QuestionSetId(0), SetKind.SPECIAL, actor.group.id, topic, asked, actor.heard_at, closes_at, actor.member.id
    )
    added = _give_out(stores, new, source, urgent=True)
    stores.audit.note(
        actor.member.id, GIVEN_OUT, f"question_set:{added.id}", old=None, new=str(len(asked)), at=actor.heard_at
    )
    return added


def progress(stores: Stores, one: QuestionSet, member: MemberId) -> Progress:
    """How far somebody is with a set; only what was answered with thought counts as right."""
    attempts = stores.attempts.on(one.occasion.kind, one.id, member)
    return Progress(len(attempts), sum(_counts(attempt) for attempt in attempts), len(one.questions))


def _counts(attempt: Attempt) -> bool:
    return attempt.is_right and not attempt.is_hasty


def following(stores: Stores, one: QuestionSet, member: MemberId) -> StoredQuestion | None:
    """The first question of a set that somebody has not answered."""
    answered = {attempt.question for attempt in stores.attempts.on(one.occasion.kind, one.id, member)}
    return _first(stores, [number for number in one.questions if number not in answered])


def _first(stores: Stores, numbers: Sequence[QuestionId]) -> StoredQuestion | None:
    found = (stores.questions.get(number) for number in numbers)
    return next((question for question in found if question is not None), None)


def _set(stores: Stores, occasion: Occasion) -> QuestionSet:
    """Raises SetOver."""
    one = stores.sets.get(QuestionSetId(occasion.id))
    if one is None:
        raise SetOver
    return one


def _check(stores: Stores, occasion: Occasion, member: MemberId, at: datetime) -> None:
    """Raises SetOver, also for a test that is others'."""
    one = _set(stores, occasion)
    if not one.is_open(at) or not is_for(stores, one, member):
        raise SetOver


def is_for(stores: Stores, one: QuestionSet, member: MemberId) -> bool:
    """Whether somebody may answer a set as far as it is for some people alone."""
    return one.kind is not SetKind.TEST or stores.sets.is_for(one.id, member)


def _recorded(stores: Stores, attempt: Attempt) -> Credit | None:
    """Whoever has answered all of a set is credited for it, once; for a test by what it belongs to."""
    one = _set(stores, attempt.occasion)
    made = progress(stores, one, attempt.member)
    if not made.is_done:
        return None
    if one.kind is SetKind.TEST:
        stores.hooks.test_done(one, attempt.member, made.percent, attempt.at)
        stores.hooks.changed(attempt.member, f"{one.subject}:{attempt.member}", attempt.at)
        return None
    facts: Facts = {"kind": one.kind.value, "share": made.percent, "full_marks": made.right == made.of}
    group = stores.chats.get(one.group)
    cause = one.title or group.day(one.opens_at).isoformat()
    about = str(one.subject)
    credit = points.award(stores, attempt.member, group, SET_DONE, facts, source=about, cause=cause, at=attempt.at)
    stores.hooks.changed(attempt.member, f"{about}:{attempt.member}", attempt.at)
    return credit


def _told(stores: Stores, occasion: Occasion, member: MemberId, _: datetime) -> Text:
    one = _set(stores, occasion)
    return Text("asking.progress", {"progress": progress(stores, one, member), **_values(stores, one)})


def _next(stores: Stores, occasion: Occasion, member: MemberId, _: datetime) -> StoredQuestion | None:
    return following(stores, _set(stores, occasion), member)


FOLLOW = Follow(_check, _recorded, _told, _next)


def close(stores: Stores, slot: datetime) -> None:
    """Each hour: sets whose time is over are closed; the group's line says what came of it, once and silently."""
    for one in stores.sets.to_close(slot):
        if not stores.chats.get(one.group).is_admitted:
            continue
        stores.sets.close(one.id, slot)
        tally = tally_of(stores, one)
        values = {**_values(stores, one), "tally": tally}
        if one.kind is not SetKind.TEST:  # of a test the group has no line
            stores.outbox.edit(one.subject, Message("asking.set_closed", values), key=f"{one.subject}:closed")
        _tell_maker(stores, one, values)


def tally_of(stores: Stores, one: QuestionSet) -> Tally:
    """What a group made of a set."""
    attempts = stores.attempts.on(one.occasion.kind, one.id)
    counts: dict[MemberId, int] = {}
    for attempt in attempts:
        counts[attempt.member] = counts.get(attempt.member, 0) + 1
    done = sum(count >= len(one.questions) for count in counts.values())
    return Tally(len(counts), done, sum(attempt.is_right for attempt in attempts), len(attempts))


def _tell_maker(stores: Stores, one: QuestionSet, values: dict[str, object]) -> None:
    """Whoever gave a special set out hears what came of it, in private."""
    if one.maker is None:
        return
    (maker,) = stores.members.several([one.maker])
    if maker.private is not None and stores.chats.get(maker.private).active:
        stores.outbox.send(maker.private, Message("asking.set_result", values), key=f"{one.subject}:result")
