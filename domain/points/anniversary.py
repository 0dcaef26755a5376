"""The day on which somebody joined the Party, every year: greeted in private, and in the group, where they allow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from domain.admin import setting
from domain.admin.setting import Marking, Name, Scope, Where
from domain.clock.schedule import Late, Schedule
from domain.clock.schedule import Scope as For
from domain.feature import EnterpriseJob, Feature
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission, require
from domain.today import Part, Today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.points.features import Stores

FEBRUARY, LAST_DAY, LEAP_DAY = 2, 28, 29
AHEAD = 30  # days before the next one in which somebody is asked
NAMED = 20  # people in one message


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody on the roster and the day on which they joined the Party; `name` is the roster's."""

    day: date
    name: str
    member: Member


@dataclass(frozen=True, slots=True)
class Jubilee:
    """Somebody whose day it is, for the so many-th time."""

    name: str
    years: int


class Anniversaries(Protocol):
    """The days in the store."""

    def joined(self, days: Sequence[tuple[int, int]], today: date) -> list[Joined]:
        """Who has joined on one of these days (month and day, two at most) of any year, and is there today."""


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_of(today: date) -> list[tuple[int, int]]:
    """The days of joining (month and day) that are kept today: 29 February on the 28th, where a year has no 29th."""
    own = (today.month, today.day)
    stands_in = own == (FEBRUARY, LAST_DAY) and not is_leap(today.year)
    return [own, (FEBRUARY, LEAP_DAY)] if stands_in else [own]


def next_after(joined: date, today: date) -> date:
    """The next such day, today or later."""
    year = max(today.year, joined.year + 1)
    day = _kept_in(year, joined)
    return day if day >= today else _kept_in(year + 1, joined)


def _kept_in(year: int, joined: date) -> date:
    leaps = (joined.month, joined.day) == (FEBRUARY, LEAP_DAY) and not is_leap(year)
    return joined.replace(year=year, day=LAST_DAY if leaps else joined.day)


def greet(stores: Stores, slot: datetime) -> None:
    """Greet whoever's day it is and who allows it: each in private, all of a group in one message there."""
    today = slot.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()
    groups: dict[ChatId, list[Jubilee]] = {}
    for one in stores.anniversaries.joined(days_of(today), today):
        marking, who = marking_of(stores, one.member.id), Jubilee(one.name, today.year - one.day.year)
        if marking in (None, Marking.OFF) or who.years < 1:
            continue
        if one.member.private is not None:
            values = {"name": one.name, "years": who.years, "day": one.day}
            key = f"anniversary:{one.member.id}:{today.year}"
            stores.outbox.send(one.member.private, Message("anniversary.greeting", values), key=key)
        home = stores.members.home(one.member.id) if marking is Marking.GROUP else None
        if home is not None and stores.chats.get(home).active:
            groups.setdefault(home, []).append(who)
    for group, people in groups.items():
        stores.outbox.send(group, _in_group(people), key=f"anniversary:{group}:{today}")


def _in_group(people: Sequence[Jubilee]) -> Message:
    """One message that names them all."""
    values = {"people": people[:NAMED], "more": len(people[NAMED:])}
    return Message("anniversary.group", values, sounds=True)


def marking_of(stores: Stores, member: MemberId) -> Marking | None:
    """What somebody has chosen; `None` where they have not been asked, or have not answered."""
    chosen = stores.settings.own(Where(Scope.MEMBER, member), Name.ANNIVERSARY)
    return None if chosen is None else Marking(chosen)


def tell(stores: Stores, actor: Actor) -> Part | None:
    """Ask on today's card, in the month before the day, whether it may be kept; never again once answered."""
    require(stores, actor, Permission.SEE_OWN)
    person = stores.people.of_member(actor.member.id)
    if person is None or person.joined_on is None or person.left_on is not None:
        return None
    day = next_after(person.joined_on, actor.today)
    if day - actor.today > timedelta(days=AHEAD) or marking_of(stores, actor.member.id) is not None:
        return None
    buttons = [
        [Button("anniversary.choose_button", Action("anniversary.choose", one.value), {"marking": one})]
        for one in (Marking.PRIVATE, Marking.GROUP, Marking.OFF)
    ]
    return Part(Text("anniversary.today", {"day": day}), buttons, waits=False)


def choose(stores: Stores, actor: Actor, *, marking: Marking) -> Marking:
    """Say who may hear of one's own day. Raises NoSuchPlace in a group."""
    own = Where(Scope.MEMBER, actor.member.id)
    setting.change(stores, actor, name=Name.ANNIVERSARY, where=own, words=marking.value)
    stores.hooks.changed(actor.member.id, f"anniversary:{marking}:{actor.heard_at.timestamp()}", actor.heard_at)
    return marking


# With the working day; said late on the same day alone.
DAILY = Schedule("anniversary.greet", cron="0 9 * * *", scope=For.ENTERPRISE, late=Late.WITHIN_THE_DAY)
FEATURE = Feature("anniversary", jobs=(EnterpriseJob(DAILY, greet),), today=(Today(95, tell),))
