"""What there is about meetings: those to come, and the way to call one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.life.meeting.looking import managed
from domain.life.meeting.model import Invited, Meeting, Roll
from domain.people.permission import Permission, allows, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MeetingId
    from domain.life.features import Stores
    from domain.people.actor import Actor

LISTED, PAGE = 8, 20


@dataclass(frozen=True, slots=True)
class Overview:
    """The meetings to come of a group, or of somebody; `may_call` whoever plans work."""

    meetings: Sequence[tuple[Meeting, Invited | None]]
    more: int
    may_call: bool


def overview(stores: Stores, actor: Actor) -> Overview:
    """The meetings to come: in a group its own, in private those that somebody is to attend."""
    require(stores, actor, Permission.TAKE_PART)
    mine = actor.member.id
    found = stores.meetings.coming_in(actor.chat.id) if actor.chat.is_group else stores.meetings.of_member(mine)
    shown = [(one, Roll(one, stores.meetings.people(one.id)).of(mine)) for one in found[:LISTED]]
    return Overview(shown, max(0, len(found) - LISTED), allows(stores, actor, Permission.PLAN_WORK))


def roll(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """Who comes to a meeting, with their reasons, for whoever plans the group's work. Raises MeetingNotFound."""
    return managed(stores, actor, number=number)


def with_managed(own: Overview, managed: Sequence[Meeting]) -> Overview:
    """One's own meetings, and those that one runs without being asked to come, in the order of their beginning."""
    known = {meeting.id for meeting, _ in own.meetings}
    every: list[tuple[Meeting, Invited | None]] = [
        *own.meetings,
        *((one, None) for one in managed if one.id not in known),
    ]
    return replace(own, meetings=sorted(every, key=lambda line: line[0].starts_at))


def managing(stores: Stores, actor: Actor) -> list[Meeting]:
    """The meetings to come of a group, for whoever plans its work."""
    require(stores, actor, Permission.PLAN_WORK)
    return stores.meetings.coming_in(actor.group.id)
