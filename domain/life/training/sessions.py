"""A session of a training is a meeting; who was there, and passed where a test is asked, has done it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import RecordId
from domain.life.meeting import calling
from domain.life.meeting.kinds import Audience, Kind
from domain.life.meeting.looking import roll_of
from domain.life.meeting.model import State
from domain.life.training import people
from domain.life.training.model import (
    OPEN_DAYS,
    TEST_QUESTIONS,
    AllDone,
    NobodyToTest,
    NotHeldYet,
    Record,
    TrainingNotFound,
)
from domain.life.training.planning import held_here, missing
from domain.life.training.standing import valid_until
from domain.messaging.message import Action, Button, Message, Subject
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.study.sets import testing
from domain.study.sets.service import TooFewQuestions, progress
from domain.study.sets.testing import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId, SessionId, TrainingId
    from domain.life.features import Stores
    from domain.life.meeting.calling import Outline
    from domain.life.meeting.model import Invited, Meeting, Roll
    from domain.life.training.model import Session, Training
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.study.sets.model import QuestionSet

FINISHED = Event(EventName("training.finished"), facts=(Fact("required", bool), Fact("tested", bool)))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A session with its training and its meeting."""

    session: Session
    training: Training
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Result:
    """Somebody who was at a session: how many of a hundred they had right so far, and whether they have finished it."""

    who: Invited
    percent: int | None
    finished: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A session that has ended, with what came of it. `test` is the newest one that was given.

    It is `short` where one was to be given and the library had too few questions.
    """

    lesson: Lesson
    invited: int
    results: Sequence[Result]
    test: QuestionSet | None
    short: bool = False

    @property
    def left(self) -> list[Result]:
        """Who has not finished."""
        return [one for one in self.results if not one.finished]


def ready(stores: Stores, actor: Actor, *, number: TrainingId) -> Training:
    """A training that somebody of the group has still to do. Raises TrainingNotFound, WithdrawnAlready, AllDone."""
    training = held_here(stores, actor, number)
    _left(stores, actor.group, training, actor.now)
    return training


def _left(stores: Stores, group: Chat, training: Training, at: datetime) -> list[Invited]:
    here = people.meant(stores, training.whom, training.branch, people.of_group(stores, group))
    left = missing(stores, training, here, group.day(at))
    if not left:
        raise AllDone(training=training)
    return [one.invited for one in left]


def wish(training: Training, invited: Sequence[Invited], starts_at: datetime, place: str) -> calling.Wish:
    """The meeting that a session is."""
    return calling.Wish(Kind.TRAINING, starts_at, place, (training.subject,), Audience.NAMED, named=tuple(invited))


def outlined(stores: Stores, group: Chat, training: Training, *, starts_at: datetime, place: str) -> Outline:
    """What a session would call: who has still to do the training by then. Raises AllDone."""
    invited = _left(stores, group, training, starts_at)
    return calling.outline(stores, group, wish(training, invited, starts_at, place))


def schedule(
    stores: Stores, actor: Actor, *, number: TrainingId, starts_at: datetime, place: str, source: str
) -> tuple[Training, Roll]:
    """Call a session for all who have still to do a training, once for each source.

    Raises TrainingNotFound, WithdrawnAlready, AllDone, InThePast.
    """
    training = held_here(stores, actor, number)
    invited = _left(stores, actor.group, training, starts_at)
    roll = calling.call(stores, actor, wish=wish(training, invited, starts_at, place), source=source)
    stores.trainings.hold(number, roll.meeting.id)
    return training, roll


def meeting_ended(stores: Stores, meeting: Meeting, at: datetime) -> None:
    """A session is over: who was there has finished it, or gets its test; once."""
    session = stores.trainings.session_of(meeting.id)
    lesson = None if session is None else _lesson(stores, session)
    if lesson is None or lesson.session.settled_at is not None:
        return
    stores.trainings.settle(lesson.session.id, at)
    present = roll_of(stores, meeting).present
    if lesson.training.test is not None:
        _give(stores, lesson, present, meeting.caller, at)
        return
    for one in present:
        finish(stores, lesson, one, None, at)


def _lesson(stores: Stores, session: Session) -> Lesson | None:
    training, meeting = stores.trainings.get(session.training), stores.meetings.get(session.meeting)
    return None if training is None or meeting is None else Lesson(session, training, meeting)


def _give(
    stores: Stores, lesson: Lesson, present: Sequence[Invited], maker: MemberId, at: datetime
) -> QuestionSet | None:
    """Give a test to those who were there, in private; none where the library has too little to ask any more."""
    members, asked = [one.member for one in present if one.member is not None], lesson.training.test
    if asked is None or not members:
        return None
    group, number = stores.chats.get(lesson.meeting.group), lesson.session.id
    place = len(stores.trainings.tests(number)) + 1
    closes_at = group.start_of(group.day(at) + timedelta(days=OPEN_DAYS + 1))
    wanted = Wanted(lesson.training.subject, asked.topic, members, closes_at, TEST_QUESTIONS)
    try:
        test = testing.give(stores, group, wanted, maker=maker, source=f"training:{number}:{place}", at=at)
    except TooFewQuestions:
        return None
    stores.trainings.put_test(number, test.id)
    for member in members:
        _invite(stores, lesson, test, member, at)
    return test


def _invite(stores: Stores, lesson: Lesson, test: QuestionSet, member: MemberId, at: datetime) -> None:
    """One silent message in private; without a private chat it waits on today's card."""
    known, group = stores.members.get(member), stores.chats.get(lesson.meeting.group)
    stores.hooks.changed(member, f"{test.subject}:given:{member}", at)
    if known.private is not None and stores.chats.get(known.private).active:
        last_day = group.day(test.closes_at) - timedelta(days=1)
        values = {"training": lesson.training, "count": len(test.questions), "last_day": last_day}
        button = Button("training.test_button", Action("sets.open", test.id))
        message = Message("training.test_given", values, [[button]], _invitation(test, member), silent=True)
        stores.outbox.send(known.private, message, key=f"{test.subject}:given:{member}")


def _invitation(test: QuestionSet, member: MemberId) -> Subject:
    """What the message is about by which somebody was given a test."""
    return Subject("training_test", test.id, member)


def test_done(stores: Stores, test: QuestionSet, member: MemberId, percent: int, at: datetime) -> None:
    """Whoever reaches the pass mark has finished the training; what gave them the test then says what came of it."""
    session = stores.trainings.session_tested(test.id)
    lesson = None if session is None else _lesson(stores, session)
    if lesson is None or lesson.training.test is None:
        return
    who = roll_of(stores, lesson.meeting).of(member)
    if who is None or not who.is_present:
        return
    made = finish(stores, lesson, who, percent, at) if percent >= lesson.training.test.pass_mark else None
    about = _invitation(test, member)
    if stores.outbox.stands(about):
        rows = [[Button("training.show_button", Action("training.certificate", made.id))]] if made else []
        values = {"training": lesson.training, "percent": percent}
        stores.outbox.edit(about, Message("training.test_result", values, rows, about), key=f"{about}:{percent}")


def finish(stores: Stores, lesson: Lesson, who: Invited, percent: int | None, at: datetime) -> Record | None:
    """Somebody has finished a training on the day of its session, once; they are credited for it."""
    training, group = lesson.training, stores.chats.get(lesson.meeting.group)
    day, session = group.day(lesson.meeting.starts_at), lesson.session.id
    person, member = who.person, who.member if who.person is None else None
    new = Record(RecordId(0), training.id, person, member, day, valid_until(training, day), percent, session)
    made = stores.trainings.record(new)
    if made is not None and who.member is not None:
        facts = {"required": training.required, "tested": percent is not None}
        source = str(made.subject)
        points.award(stores, who.member, group, FINISHED, facts, source=source, cause=training.subject, at=at)
        stores.hooks.changed(who.member, source, at)
    return made


def held(stores: Stores, actor: Actor, *, number: SessionId) -> Held:
    """What came of a session of the group. Raises TrainingNotFound, NotHeldYet."""
    session = stores.trainings.session(number)
    meeting = None if session is None else stores.meetings.get(session.meeting)
    if session is None or meeting is None or meeting.group != actor.group.id:
        raise TrainingNotFound
    training = held_here(stores, actor, session.training)
    if meeting.state is not State.ENDED:
        raise NotHeldYet(meeting=meeting)
    roll = roll_of(stores, meeting)
    tests = [one for one in map(stores.sets.get, stores.trainings.tests(number)) if one is not None]
    finished = [one for one in stores.trainings.records([training.id]) if one.session == number]
    results = [_result(stores, one, tests, finished) for one in roll.present]
    short = training.test is not None and not tests and any(one.who.member is not None for one in results)
    return Held(Lesson(session, training, meeting), len(roll.people), results, tests[-1] if tests else None, short)


def _result(stores: Stores, who: Invited, tests: Sequence[QuestionSet], finished: Sequence[Record]) -> Result:
    """What came of a session for somebody: by their record, else by the last test that they have finished."""
    learner = people.Learner(who.person, who.member, who.name)
    mine = next((one for one in finished if learner.has(one)), None)
    if mine is not None or who.member is None:
        return Result(who, None if mine is None else mine.percent, mine is not None)
    made = [progress(stores, one, who.member) for one in tests]
    done = [one.percent for one in made if one.is_done]
    return Result(who, done[-1] if done else None, finished=False)


def test_again(stores: Stores, actor: Actor, *, number: SessionId) -> Held:
    """Give another test to those of a session who have not passed; the one before stays open.

    Raises TrainingNotFound, NotHeldYet, NobodyToTest, TooFewQuestions.
    """
    found = held(stores, actor, number=number)
    left = [one.who for one in found.left if one.who.member is not None]
    asked = found.lesson.training.test
    if asked is None or not left:
        raise NobodyToTest
    testing.check(stores, actor.group, asked.topic, actor.now)
    _give(stores, found.lesson, left, actor.member.id, actor.heard_at)
    return held(stores, actor, number=number)


def mark_passed(stores: Stores, actor: Actor, *, number: SessionId, who: int) -> Held:
    """Somebody who was there has passed on paper, says whoever plans the work: they have no telephone, or no test was.

    Raises TrainingNotFound, NotHeldYet.
    """
    found = held(stores, actor, number=number)
    one = next((each.who for each in found.left if each.who.id == who), None)
    if one is None:
        raise TrainingNotFound
    finish(stores, found.lesson, one, None, actor.heard_at)
    return held(stores, actor, number=number)
