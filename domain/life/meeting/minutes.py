"""The minutes of a meeting: they are kept, and what was agreed becomes tasks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.ids import MemberId, PersonId
from domain.life.meeting import card
from domain.life.meeting.decision import Decision, Stage
from domain.life.meeting.looking import managed
from domain.life.meeting.model import Meeting, NotOpen, State
from domain.life.rectification.model import Source
from domain.life.rectification.opening import Discovery, open_finding
from domain.people import naming
from domain.refusal import Refusal
from domain.work import task
from domain.work.task import Given, Link, LinkKind, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MeetingId
    from domain.life.features import Stores
    from domain.life.meeting.kinds import Kind
    from domain.life.meeting.model import Roll
    from domain.life.meeting.preparing import Preparer
    from domain.life.rectification.model import Finding
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.naming import Chosen, Somebody, Whole
    from domain.work.task import Task

MAX_CHARS, MAX_ERRANDS = 20_000, 30
LOOKED_BACK = 30  # meetings of a group, to find the last one of a kind
MARK = re.compile(r"([0-9]{1,2}|\w)[、.．)）:：\s]")  # 3. or 三、


class TooLong(Refusal):
    """Minutes longer than can be kept."""

    text = "minutes.too_long"


class NoMinutes(Refusal):
    """A meeting has no minutes yet."""

    text = "minutes.not_written"


@dataclass(frozen=True, slots=True)
class Errand:
    """A line of the minutes that says who does what until when."""

    owner: Chosen
    due_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the minutes that says what is to be rectified, and until when, if it does."""

    title: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Minutes with the tasks and the findings that they say."""

    text: str
    errands: Sequence[Errand] = ()
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """Minutes that were kept, with what follows from them and the items that go to the next meeting."""

    meeting: Meeting
    given: Sequence[Given]
    left: Sequence[str]
    opened: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """All that a meeting leaves: who was there, what was decided, the minutes, the tasks, the findings."""

    roll: Roll
    decisions: Sequence[Decision]
    tasks: Sequence[Task]
    left: Sequence[str]
    findings: Sequence[Finding] = ()


def ready(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """A meeting that has begun. Raises MeetingNotFound, NotOpen."""
    roll = managed(stores, actor, number=number)
    if roll.meeting.state not in (State.OPEN, State.ENDED):
        raise NotOpen(meeting=roll.meeting)
    return roll


def keep(stores: Stores, actor: Actor, *, number: MeetingId, written: Written, source: str) -> Recorded:
    """Keep minutes in place of earlier ones, give the tasks that they say, open the findings.

    A task or finding of these minutes from before is not given or opened again.

    Raises MeetingNotFound, NotOpen, TooLong, and what `task.give` does.
    """
    roll = ready(stores, actor, number=number)
    if len(written.text) > MAX_CHARS:
        raise TooLong(most=MAX_CHARS)
    meeting = replace(roll.meeting, minutes=written.text)
    stores.meetings.save(meeting)
    new = fresh(stores, actor.group, number, written.errands, actor.now)
    given = [_give(stores, actor, meeting, one, f"{source}:{place}") for place, one in enumerate(new)]
    card.refresh(stores, replace(roll, meeting=meeting), key=f"minutes:{source}")
    opened = [_open(stores, actor, meeting, one) for one in written.faults]
    left = unfinished(meeting, stores.decisions.of(number))
    return Recorded(meeting, given, left, [one for one in opened if one is not None])


def _open(stores: Stores, actor: Actor, meeting: Meeting, fault: Fault) -> Finding | None:
    key = f"minutes:{meeting.id}:{fault.title}"
    found = Discovery(key, meeting.group, fault.title, Source.MEETING, about=meeting.id, due_at=fault.due_at)
    return stores.findings.get(open_finding(stores, actor, found))


def fresh(stores: Stores, group: Chat, number: MeetingId, errands: Sequence[Errand], at: datetime) -> list[Errand]:
    """The errands for which a meeting has given no task yet, whatever their deadline: minutes may be sent again."""
    tasks = stores.tasks.linked_to(Link(LinkKind.MEETING, number))
    given = {(plain.key(one.plan.title), owner) for one in tasks for owner in (one.owner.id, None)}

    def is_given(one: Errand) -> bool:
        if (plain.key(one.title), None) not in given:
            return False
        who = naming.shown(stores, [one.owner], group, at)
        return bool(who) and (plain.key(one.title), _account(stores, who[0])) in given

    return [one for one in errands if not is_given(one)]


def _account(stores: Stores, who: Somebody | Whole) -> MemberId | None:
    """The account, or its stand-in; nobody's for several people, and 0 for somebody without."""
    if isinstance(who, naming.Whole):
        return None
    if who.member is not None:
        return who.member.id
    person = who.person.id if who.person is not None else PersonId(0)
    return stores.people.awaited([person]).get(person, MemberId(0))


def _give(stores: Stores, actor: Actor, meeting: Meeting, errand: Errand, source: str) -> Given:
    plan = Plan(errand.title)
    given = task.give(stores, actor, mentions=[errand.owner], plan=plan, due_at=errand.due_at, source=source)
    stores.tasks.link(given.task.batch, Link(LinkKind.MEETING, meeting.id))
    stores.outbox.send(meeting.group, task.drawn(given.tasks), key=f"meeting_task:{given.task.batch}")
    return given


def unfinished(meeting: Meeting, decisions: Sequence[Decision]) -> list[str]:
    """The items of the agenda that neither a decision nor a line of the minutes is about; none without minutes."""
    if not meeting.minutes:
        return []
    titles = {one.title for one in decisions if one.stage is Stage.DECIDED}
    lines = [line.strip() for line in meeting.minutes.splitlines()]
    return [
        item for place, item in enumerate(meeting.agenda, 1) if item not in titles and not _is_told(item, place, lines)
    ]


def _is_told(item: str, place: int, lines: Sequence[str]) -> bool:
    return any(item in line or number_of(line) == place for line in lines)


def number_of(line: str) -> int | None:
    """The number that a line begins with, in any script."""
    mark = MARK.match(line)
    if mark is None:
        return None
    return int(mark[1]) if mark[1].isdecimal() else int(unicodedata.numeric(mark[1], 0))


def carried(stores: Stores, group: ChatId, kind: Kind) -> tuple[list[str], list[Preparer]]:
    """The items that the last meeting of a kind has left, and who was to prepare them, counted among these from 1."""
    for one in stores.meetings.in_group(group, 2**53, LOOKED_BACK):
        if one.kind is kind and one.state is State.ENDED and one.minutes:
            items = unfinished(one, stores.decisions.of(one.id))
            return items, _prepared(stores, one, items)
    return [], []


def _prepared(stores: Stores, meeting: Meeting, items: Sequence[str]) -> list[Preparer]:
    old = [(meeting.agenda[one.item - 1], one) for one in stores.preparers.of(meeting.id)]
    return [replace(one, item=items.index(item) + 1) for item, one in old if item in items]


def record(stores: Stores, actor: Actor, *, number: MeetingId) -> Record:
    """All that a meeting leaves, for its document. Raises MeetingNotFound, NotOpen, NoMinutes."""
    roll = ready(stores, actor, number=number)
    if not roll.meeting.minutes:
        raise NoMinutes
    return recorded(stores, roll)


def recorded(stores: Stores, roll: Roll) -> Record:
    """All that a meeting leaves so far, with minutes or without."""
    number = roll.meeting.id
    decisions = [one for one in stores.decisions.of(number) if one.stage is Stage.DECIDED]
    tasks = stores.tasks.linked_to(Link(LinkKind.MEETING, number))
    findings = stores.findings.of_source(Source.MEETING, number)
    return Record(roll, decisions, tasks, unfinished(roll.meeting, decisions), findings)
