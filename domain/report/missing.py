"""谁还没: the people of a group who have not done yet what they should, and a silent private reminder to them.

Only people who may give tasks in the group see it, and only in private. Nobody gets more than one reminder a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.admin import setting
from domain.admin.audit import AuditAction
from domain.admin.setting import Reminding
from domain.feature import Feature
from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.missing import Company, Gap, Someone, company_of
from domain.people.leading import groups_led
from domain.people.permission import Permission, require
from domain.today import Part, Today

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.report.features import Stores

REMINDED = AuditAction("missing.reminded")
KEPT = timedelta(days=7)  # how long the days of reminders are kept
ON_CARD = 10  # groups that today's card counts


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that people of a group have not done."""

    group: Chat
    gaps: Sequence[Gap]

    @property
    def people(self) -> Sequence[Someone]:
        """Everybody with something to do, each once."""
        return tuple(dict.fromkeys(one for gap in self.gaps for one in gap.who))

    def others(self, member: MemberId) -> Sequence[Someone]:
        """All of them but one member: whom that one may remind."""
        return [one for one in self.people if one.member != member]


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many were reminded now, how many earlier today, how many want no reminders, and who cannot be reached."""

    now: int
    before: int
    unreachable: Sequence[Someone]
    declined: int


class Nudges(Protocol):
    """The reminders of each person and day, in the store."""

    def on(self, day: date, members: Collection[MemberId]) -> set[MemberId]:
        """The members who have been reminded on a day."""

    def last(self, member: MemberId) -> tuple[ChatId, date] | None:
        """The group and the day of a member's last reminder."""

    def put(self, member: MemberId, day: date, group: ChatId) -> None:
        """Note that a member is reminded on a day."""

    def forget(self, before: date) -> None:
        """Forget those of earlier days."""


def look(stores: Stores, actor: Actor) -> Found:
    """What people of the group have not done. Raises WrongPlace, and NotAllowed without the right to give tasks."""
    require(stores, actor, Permission.GIVE_TASKS)
    company = company_of(stores, actor.group, actor.now)
    return Found(actor.group, stores.hooks.missing(company))


def remind(stores: Stores, actor: Actor) -> Reminded:
    """Remind everybody of the group with something to do, each in private and at most once a day."""
    found, day = look(stores, actor), actor.today
    others = found.others(actor.member.id)
    accounts = [one.member for one in others if one.member is not None]
    before = stores.nudges.on(day, accounts)
    unreachable, declined, now = list[Someone](), 0, 0
    for one in others:
        private = _private(stores, one)
        if one.member is None or private is None:
            unreachable.append(one)
        elif one.member in before:
            continue
        elif setting.reminding_of(stores, chat=found.group, member=one.member) is Reminding.OFF:
            declined += 1
        else:
            _send(stores, one.member, private, found, day)
            now += 1
    stores.nudges.forget(day - KEPT)
    if now:
        subject = f"chat:{found.group.id}"
        stores.audit.note(actor.member.id, REMINDED, subject, old=None, new=str(now), at=actor.heard_at)
    return Reminded(now, len(before), unreachable, declined)


def _private(stores: Stores, one: Someone) -> ChatId | None:
    """Somebody's private chat, if the bot can write to it."""
    private = None if one.member is None else stores.members.get(one.member).private
    return private if private is not None and stores.chats.get(private).active else None


def _send(stores: Stores, member: MemberId, private: ChatId, found: Found, day: date) -> None:
    about, message = _reminder(member), _said(member, found)
    stores.outbox.delete(about, key=f"{about}:{day}:before")
    stores.outbox.send(private, message, key=f"{about}:{day}")
    stores.nudges.put(member, day, found.group.id)


def _reminder(member: MemberId) -> Subject:
    """The subject of a person's only reminder."""
    return Subject("missing", member)


def _said(member: MemberId, found: Found) -> Message:
    waiting = [gap.text for gap in found.gaps if any(one.member == member for one in gap.who)]
    values = {"group": found.group, "waiting": waiting}
    return Message("missing.reminder", values, subject=_reminder(member), silent=True)


def _shrink(stores: Stores, member: MemberId, cause: str, at: datetime) -> None:
    """Somebody has done something: their reminder of today shows what is left, or is deleted if nothing is."""
    last = stores.nudges.last(member)
    if last is None:
        return
    there, day = stores.chats.get(last[0]), last[1]
    if there.day(at) != day:
        return
    alone = Company(there, at, [Someone(stores.members.get(member).name, member)])
    gaps = [gap for gap in stores.hooks.missing(alone) if any(one.member == member for one in gap.who)]
    about = _reminder(member)
    if gaps:
        stores.outbox.edit(about, _said(member, Found(there, gaps)), key=f"{about}:{cause}")
    else:
        stores.outbox.delete(about, key=f"{about}:{cause}")


def _tell(stores: Stores, actor: Actor) -> Part | None:
    """For somebody in charge: how many people have something to do."""
    found = [look(stores, there) for there in groups_led(stores, actor, Permission.GIVE_TASKS)[:ON_CARD]]
    count = len({one for group in found for one in group.others(actor.member.id)})
    if not count:
        return None
    return Part(Text("missing.today", {"count": count}), [[Button("missing.open_button", Action("missing.open"))]])


FEATURE = Feature("missing", changed=_shrink, today=(Today(60, _tell),), audit=(REMINDED,))
