"""All that a branch's party life leaves in a quarter, for whoever inspects it: what was due, and each meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.ids import BranchId
from domain.life.meeting import minutes
from domain.life.meeting.kinds import RULES, Every, Kind
from domain.life.meeting.looking import roll_of
from domain.life.meeting.owed import QUARTER, kinds_of, period
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.features import Stores
    from domain.life.meeting.minutes import Record
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of meeting with the days on which it was held, and the last days of the periods in which it was not."""

    kind: Kind
    every: Every
    held: Sequence[date]
    missing: Sequence[date]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A quarter of a group's branch, as of a day; `records` are its meetings, the oldest first."""

    group: Chat
    first: date
    day: date
    due: Sequence[Due]
    records: Sequence[Record]

    @property
    def quarter(self) -> int:
        """Which of the year's."""
        return (self.first.month - 1) // QUARTER + 1


def first_days(day: date) -> tuple[date, date]:
    """The first day of the quarter of a day, and that of the one before."""
    first, _ = period(Every.QUARTER, day)
    return first, period(Every.QUARTER, first - timedelta(days=1))[0]


def dossier(stores: Stores, actor: Actor, *, first: date) -> Dossier:
    """The quarter that begins on a day. A meeting counts once its check-in has begun; trainings are not among them."""
    require(stores, actor, Permission.PLAN_WORK)
    group = actor.group
    since, last = period(Every.QUARTER, first)
    span = group.start_of(since), group.start_of(last + timedelta(days=1))
    branch = group.branch
    found = stores.meetings.in_span(group.id, *span) if branch is None else stores.meetings.held(branch, *span)
    records = [minutes.recorded(stores, roll_of(stores, one)) for one in found if one.kind is not Kind.TRAINING]
    return Dossier(group, since, actor.today, _due(stores, group, since, last, actor.today), records)


def _due(stores: Stores, group: Chat, first: date, last: date, day: date) -> list[Due]:
    """What the regulations ask for; what is due once a year is looked up in the year until then."""
    if group.branch is None:
        return []
    year, _ = period(Every.YEAR, first)
    until = group.start_of(last + timedelta(days=1))
    held = [
        (one.kind, group.day(one.starts_at))
        for one in stores.meetings.held(BranchId(group.branch), group.start_of(year), until)
    ]
    found = []
    for kind in kinds_of(stores, group):
        every = RULES[kind].every
        if every is not None:
            since = year if every is Every.YEAR else first
            days = [on for of, on in held if of is kind and on >= since]
            found.append(Due(kind, every, days, _missing(every, days, first, min(last, day - timedelta(days=1)))))
    return found


def _missing(every: Every, held: Sequence[date], first: date, until: date) -> list[date]:
    """The last days, not after `until`, of the periods from a day on in which nothing was held."""
    found, (since, last) = [], period(every, first)
    while last <= until:
        if not any(since <= on <= last for on in held):
            found.append(last)
        since, last = period(every, last + timedelta(days=1))
    return found
