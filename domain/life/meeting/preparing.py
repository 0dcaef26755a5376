"""Who prepares which item of a meeting: told once in private, and on their today card until it begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.life.meeting.model import State
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.today import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MeetingId, MemberId, PersonId
    from domain.life.features import Stores
    from domain.life.meeting.model import Meeting, Roll
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.naming import Chosen, Somebody

MAX_MEETINGS = 3  # on a card


@dataclass(frozen=True, slots=True)
class Preparing:
    """A wish: somebody prepares an item of the agenda, counted from 1."""

    item: int
    who: Chosen


@dataclass(frozen=True, slots=True)
class Preparer:
    """Somebody who prepares an item of a meeting, counted from 1. `member` is their account, where it is known."""

    meeting: MeetingId
    item: int
    person: PersonId | None
    member: MemberId | None
    name: str


class Preparers(Protocol):
    """Who prepares what, in the store."""

    def add(self, preparers: Sequence[Preparer]) -> None:
        """Remember who prepares what."""

    def of(self, meeting: MeetingId) -> list[Preparer]:
        """Who prepares the items of a meeting, by item."""

    def of_member(self, member: MemberId) -> list[Preparer]:
        """What somebody prepares for meetings that are called or open, by meeting and item."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What an awaited member prepares is the known one's."""


def found(
    stores: Stores, meeting: Meeting, group: Chat, wishes: Sequence[Preparing], *, first: int, at: datetime
) -> list[Preparer]:
    """The people of wishes; `first` is how many items stand before those that the wishes count.

    Raises what `naming.meant` does.
    """
    made: list[Preparer] = []
    for wish in wishes:
        item = wish.item + first
        if first < item <= len(meeting.agenda):
            made += [_preparer(meeting, item, one) for one in naming.meant(stores, [wish.who], group, at).people]
    return list(dict.fromkeys(made))


def _preparer(meeting: Meeting, item: int, who: Somebody) -> Preparer:
    """Somebody by their line on the roster, else by their account."""
    person = who.person.id if who.person else None
    member = who.member.id if who.member and person is None else None
    return Preparer(meeting.id, item, person, member, who.name)


def still(prepared: Sequence[Preparer], meeting: Meeting) -> list[Preparer]:
    """Who prepares the items that an earlier meeting has left, for the meeting that takes them on."""
    return [
        replace(one, meeting=meeting.id, member=one.member if one.person is None else None)
        for one in prepared
        if one.item <= len(meeting.agenda)
    ]


def ask(stores: Stores, roll: Roll) -> None:
    """Tell whoever prepares something, in private, without a sound: one message each."""
    meeting = roll.meeting
    for member in dict.fromkeys(one.member for one in roll.preparers if one.member is not None):
        private = stores.members.get(member).private
        if private is not None:
            items = [meeting.agenda[one.item - 1] for one in roll.preparers if one.member == member]
            message = Message("meeting.prepare", {"meeting": meeting, "items": items}, silent=True)
            stores.outbox.send(private, message, key=f"{meeting.card}:prepare:{member}")


def tell(stores: Stores, actor: Actor) -> Part | None:
    """On today's card: what somebody prepares for meetings that have not begun."""
    items: dict[MeetingId, list[int]] = {}
    for one in stores.preparers.of_member(actor.member.id):
        items.setdefault(one.meeting, []).append(one.item)
    meetings = [stores.meetings.get(number) for number in items]
    shown = [
        (one, [one.agenda[item - 1] for item in items[one.id]])
        for one in meetings
        if one is not None and one.state is State.CALLED and one.starts_at > actor.now
    ]
    return Part(Text("meeting.prepare_today", {"prepared": shown[:MAX_MEETINGS]})) if shown else None
