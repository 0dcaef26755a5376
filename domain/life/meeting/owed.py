"""What a branch still owes of its party life (三会一课台账), by month, quarter and year.

The rhythm is that of 支部工作条例 (see `kinds`). A meeting counts as held once its check-in has begun.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from domain.ids import BranchId, MeetingId
from domain.life.meeting.kinds import RULES, Every, Kind
from domain.life.meeting.model import Attendance
from domain.life.meeting.people import to_come
from domain.messaging.message import Action, Button, Text
from domain.people import leading
from domain.people.branch import BranchKind
from domain.people.permission import Permission, allows, require
from domain.today import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

OF_GROUP = (Kind.GROUP,)  # what a 党小组 owes
OF_BRANCH = (
    Kind.ASSEMBLY,
    Kind.COMMITTEE,
    Kind.LECTURE,
    Kind.THEME_DAY,
    Kind.LIFE,
    Kind.APPRAISAL,
)
Held: TypeAlias = tuple[Kind, date, MeetingId]
SOON = {Every.MONTH: timedelta(days=7), Every.QUARTER: timedelta(days=14), Every.YEAR: timedelta(days=30)}
MONTHS, QUARTER = 12, 3
MAX_GROUPS = 3  # whoever leads more is shown nothing by itself


@dataclass(frozen=True, slots=True)
class Owed:
    """A kind that is due once until `last`, and the days of this period on which it was held."""

    kind: Kind
    every: Every
    last: date
    held: Sequence[date]
    counts: Sequence[Attendance] = ()  # of each of these days, where they were looked up

    @property
    def shown(self) -> Sequence[tuple[date, Attendance | None]]:
        """The days with how many came."""
        counts: Sequence[Attendance | None] = self.counts or [None] * len(self.held)
        return list(zip(self.held, counts, strict=True))

    @property
    def is_missing(self) -> bool:
        """Whether it was not held yet."""
        return not self.held

    def is_near(self, day: date) -> bool:
        """Whether it is missing, and the period ends soon."""
        return self.is_missing and day > self.last - SOON[self.every]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a group's branch owes, as of a day."""

    group: Chat
    day: date
    lines: Sequence[Owed]


def period(every: Every, day: date) -> tuple[date, date]:
    """The first day of the month, quarter or year of a day, and its last one."""
    months = {Every.MONTH: 1, Every.QUARTER: QUARTER, Every.YEAR: MONTHS}[every]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = first.month - 1 + months
    return first, date(first.year + after // MONTHS, after % MONTHS + 1, 1) - timedelta(days=1)


def ledger(stores: Stores, actor: Actor) -> Ledger:
    """What the group's branch owes this month, quarter and year; nothing in a group without a branch."""
    require(stores, actor, Permission.PLAN_WORK)
    found = _ledger(stores, actor.group, actor.today)
    if actor.group.branch is None:
        return found
    counts = stores.meetings.attendance(actor.group.branch, *_year(actor.group, actor.today))
    held = _held(stores, actor.group, actor.today)
    return replace(found, lines=[_counted(line, held, counts) for line in found.lines])


def _counted(line: Owed, held: Sequence[Held], counts: Mapping[MeetingId, Attendance]) -> Owed:
    first, _ = period(line.every, line.last)
    own = [one for kind, day, one in held if kind is line.kind and first <= day <= line.last]
    return replace(line, counts=[counts.get(one, Attendance(0, 0, 0)) for one in own])


def _year(group: Chat, day: date) -> tuple[datetime, datetime]:
    return group.start_of(date(day.year, 1, 1)), group.start_of(date(day.year + 1, 1, 1))


def _held(stores: Stores, group: Chat, day: date) -> list[Held]:
    found = stores.meetings.held(BranchId(group.branch or 0), *_year(group, day))
    return [(one.kind, group.day(one.starts_at), one.id) for one in found]


def _ledger(stores: Stores, group: Chat, day: date) -> Ledger:
    if group.branch is None:
        return Ledger(group, day, ())
    held = _held(stores, group, day)
    found = []
    for kind in kinds_of(stores, group):
        every = RULES[kind].every
        if every is not None:
            first, last = period(every, day)
            found.append(Owed(kind, every, last, [on for of, on, _ in held if of is kind and first <= on <= last]))
    return Ledger(group, day, found)


def kinds_of(stores: Stores, group: Chat) -> Sequence[Kind]:
    """The kinds that are owed: a 党小组 owes its own meeting alone, a branch without a committee no meeting of one."""
    if group.branch is not None and stores.branches.get(group.branch).kind is BranchKind.GROUP:
        return OF_GROUP
    has_committee = bool(to_come(stores, group, Kind.COMMITTEE, RULES[Kind.COMMITTEE].audience))
    return [kind for kind in OF_BRANCH if kind is not Kind.COMMITTEE or has_committee]


def tell(stores: Stores, actor: Actor) -> Part | None:
    """On the card of whoever plans a branch's work: what is still missing before its period ends."""
    groups = [one for one in leading.groups(stores, actor, permission=Permission.PLAN_WORK) if one.branch is not None]
    if len(groups) > MAX_GROUPS:
        return None
    led = [one for one in groups if allows(stores, replace(actor, chat=one), Permission.PLAN_WORK)]
    found = [_ledger(stores, one, actor.today) for one in led]
    near = [(one.group, [line for line in one.lines if line.is_near(actor.today)]) for one in found]
    near = [(group, lines) for group, lines in near if lines]
    if not near:
        return None
    return Part(Text("meeting.owed_today", {"near": near}), [[Button("meeting.new_button", Action("meeting.new"))]])
