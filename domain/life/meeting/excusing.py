"""Whoever runs a meeting notes why somebody is absent or late, where they have not said it themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.life.meeting import card, crediting
from domain.life.meeting.looking import managed
from domain.life.meeting.model import MAX_REASON_CHARS, MeetingNotFound, MeetingOver, NoReason, Reply, State
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MeetingId
    from domain.life.features import Stores
    from domain.life.meeting.model import Invited, Roll
    from domain.people.actor import Actor

EXCUSED = AuditAction("meeting.excused")


class OnTime(Refusal):
    """Somebody was there on time: there is nothing to excuse."""

    text = "meeting.on_time"


@dataclass(frozen=True, slots=True)
class Excusable:
    """A meeting with somebody who is absent or late."""

    roll: Roll
    who: Invited

    @property
    def is_late(self) -> bool:
        """Whether they are late, not absent."""
        return self.who.is_present


def without_reason(roll: Roll) -> Sequence[Invited]:
    """Who is absent or late and has no reason noted, by the order of the list."""
    late = {one.id for one in roll.late if not one.reason}
    absent = {one.id for one in roll.missing}
    return [one for one in roll.people if one.id in late | absent]


def ready(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """A meeting about whose people something can be noted. Raises MeetingNotFound, MeetingOver."""
    roll = managed(stores, actor, number=number)
    if roll.meeting.state is State.CANCELLED:
        raise MeetingOver(meeting=roll.meeting)
    return roll


def asked(stores: Stores, actor: Actor, *, number: MeetingId, who: int) -> Excusable:
    """Somebody about whom a reason is to be noted. Raises OnTime, and what `ready` does."""
    roll = ready(stores, actor, number=number)
    found = next((one for one in roll.people if one.id == who), None)
    if found is None:
        raise MeetingNotFound
    if found.is_present and found not in roll.late:
        raise OnTime(who=found)
    return Excusable(roll, found)


def excuse(stores: Stores, actor: Actor, *, number: MeetingId, who: int, reason: str) -> Excusable:
    """Note a reason: absent with one is on leave, late with one stays late. Raises NoReason, and what `asked` does."""
    found = asked(stores, actor, number=number, who=who)
    words = plain.tidy(reason)[:MAX_REASON_CHARS]
    if not words:
        raise NoReason
    reply = found.who.reply if found.is_late else Reply.AWAY
    noted = replace(found.who, reply=reply, reason=words)
    stores.meetings.save_person(noted)
    about = f"meeting:{number}"
    stores.audit.note(actor.member.id, EXCUSED, about, old=None, new=None, at=actor.heard_at)
    card.refresh(stores, found.roll, key=f"excused:{who}:{actor.heard_at.timestamp()}")
    if noted.member is not None:
        crediting.excuse(stores, found.roll.meeting, noted.member, actor.heard_at)
        stores.hooks.changed(noted.member, f"{about}:excused:{who}:{actor.heard_at.timestamp()}", actor.heard_at)
    return replace(found, who=noted)
