"""A meeting is planned, called with one notice in the group, and called off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import MeetingId
from domain.life.meeting import card, minutes, preparing
from domain.life.meeting.kinds import RULES, Audience, Kind
from domain.life.meeting.looking import roll_of, running
from domain.life.meeting.model import (
    CLASHES_WITHIN,
    MAX_LINES,
    MAX_PLACE_CHARS,
    InThePast,
    Meeting,
    NobodyToCome,
    Reply,
    Roll,
    State,
)
from domain.life.meeting.people import to_come
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, PersonId
    from domain.life.features import Stores
    from domain.life.meeting.model import Invited
    from domain.life.meeting.preparing import Preparer, Preparing
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

CALLED, CANCELLED = AuditAction("meeting.called"), AuditAction("meeting.cancelled")


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever calls a meeting asks for; without an audience it is that of the kind.

    `named` are those who are to come where a list of people decides that, not an audience.
    """

    kind: Kind
    starts_at: datetime
    place: str
    agenda: tuple[str, ...]
    audience: Audience | None = None
    preparers: tuple[Preparing, ...] = ()
    named: tuple[Invited, ...] = ()

    @property
    def who(self) -> Audience:
        """Who is to come."""
        return self.audience or RULES[self.kind].audience


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody who is to be at another meeting at about the same time."""

    name: str
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Outline:
    """What would be called: for how many people, how many of them vote, and who is asked to be at two places.

    `carried` are the items that the last meeting of the kind has left; they come first, and who was to prepare them
    still is (`prepared`).
    """

    wish: Wish
    people: Sequence[Invited]
    clashes: Sequence[Clash]
    carried: Sequence[str] = ()
    prepared: Sequence[Preparer] = ()

    @property
    def left(self) -> Sequence[tuple[str, Sequence[Preparer]]]:
        """The items that were left, with those who prepare them."""
        every = enumerate(self.carried, 1)
        return [(item, [one for one in self.prepared if one.item == place]) for place, item in every]

    @property
    def entitled(self) -> int:
        """How many vote."""
        return sum(one.entitled for one in self.people)


def outline(stores: Stores, group: Chat, wish: Wish) -> Outline:
    """What a wish would call. Raises NobodyToCome."""
    people = wish.named or to_come(stores, group, wish.kind, wish.who)
    if not people:
        raise NobodyToCome(kind=wish.kind, audience=wish.who)
    items, prepared = ([], []) if wish.named else minutes.carried(stores, group.id, wish.kind)
    left = [one for one in items if one not in wish.agenda]
    still = [replace(one, item=left.index(items[one.item - 1]) + 1) for one in prepared if items[one.item - 1] in left]
    return Outline(wish, people, clashes(stores, people, wish.starts_at), left, still)


def clashes(stores: Stores, people: Sequence[Invited], starts_at: datetime) -> list[Clash]:
    """Who of some people is asked to be at another meeting at about a moment."""
    near = [one for one in stores.meetings.current() if abs(one.starts_at - starts_at) < CLASHES_WITHIN]
    persons: dict[PersonId | None, str] = {one.person: one.name for one in people if one.person is not None}
    accounts: dict[MemberId | None, str] = {one.member: one.name for one in people if one.member is not None}
    found = []
    for meeting in near:
        for other in stores.meetings.people(meeting.id):
            name = persons.get(other.person) or accounts.get(other.member)
            if name is not None and other.reply is not Reply.AWAY:
                found.append(Clash(name, meeting))
    return found


def call(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Roll:
    """Call a meeting, once for each source, with a notice in the group. Raises InThePast, NobodyToCome."""
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.meetings.called_by(source)
    if known is not None:
        return roll_of(stores, known)
    if wish.starts_at <= actor.now:
        raise InThePast
    group, found = actor.group, outline(stores, actor.group, wish)
    agenda = (*found.carried, *wish.agenda)[:MAX_LINES]
    meeting = stores.meetings.add(_meeting(replace(wish, agenda=agenda), actor, group), source)
    stores.meetings.invite([replace(one, meeting=meeting.id) for one in found.people])
    prepared = preparing.found(stores, meeting, group, wish.preparers, first=len(found.carried), at=actor.now)
    stores.preparers.add([*preparing.still(found.prepared, meeting), *prepared])
    roll = roll_of(stores, meeting)
    stores.audit.note(actor.member.id, CALLED, f"meeting:{meeting.id}", old=None, new=None, at=actor.heard_at)
    stores.outbox.send(group.id, card.card(roll), key=str(meeting.card), urgent=True)
    preparing.ask(stores, roll)
    tell_cards(stores, roll, actor.heard_at)
    return roll


def _meeting(wish: Wish, actor: Actor, group: Chat) -> Meeting:
    return Meeting(
        MeetingId(0),
        group.id,
        group.branch,
        wish.kind,
        wish.starts_at,
        plain.tidy(wish.place)[:MAX_PLACE_CHARS],
        wish.agenda,
        wish.who,
        actor.member.id,
        actor.heard_at,
    )


def tell_cards(stores: Stores, roll: Roll, at: datetime) -> None:
    """The cards of those who are to come, or prepare something, show it."""
    invited, preparers = [one.member for one in roll.people], [one.member for one in roll.preparers]
    for member in dict.fromkeys([*invited, *preparers]):
        if member is not None:
            cause = f"meeting:{roll.meeting.id}:{roll.meeting.state}:{roll.meeting.revision}"
            stores.hooks.changed(member, cause, at)


def cancel(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """Call a meeting off: its card says so. Raises MeetingNotFound, MeetingOver."""
    roll = running(stores, actor, number=number)
    called = roll.meeting
    off = replace(called, state=State.CANCELLED, ended_at=actor.heard_at, revision=called.revision + 1)
    roll = replace(roll, meeting=off)
    stores.meetings.save(roll.meeting)
    about = f"meeting:{roll.meeting.id}"
    stores.audit.note(actor.member.id, CANCELLED, about, old=None, new=None, at=actor.heard_at)
    card.refresh(stores, roll, key=f"{about}:cancelled")
    tell_cards(stores, roll, actor.heard_at)
    return roll


def caller_private(stores: Stores, meeting: Meeting) -> ChatId | None:
    """The private chat of whoever has called a meeting."""
    caller: MemberId = meeting.caller
    return stores.members.get(caller).private
