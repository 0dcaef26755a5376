"""Who is on call for acute danger: rung one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.messaging.administrators import administrators
from domain.people.identity import vouched_for
from domain.people.permission import EVERYWHERE, Area, require, require_everywhere
from domain.refusal import Refusal
from domain.voice.suggestion.holding import ANSWER, levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member, Mention
    from domain.voice.features import Stores

ON_CALL = AuditAction("hazard.on_call")
MAX_ON_CALL = 10


class TooManyOnCall(Refusal):
    """More people than are rung one after another."""

    text = "hazard.too_many"


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is rung, in this order; `own`: somebody has chosen them; `above`: for a group of a branch above."""

    group: Chat | None
    people: Sequence[Member]
    own: bool
    above: Chat | None = None


def on_call(stores: Stores, group: Chat | None) -> OnCall:
    """Who is rung: those chosen for the group, else for one of a branch above it, else for the enterprise.

    Where nobody has chosen: its secretaries, then the administrators.
    """
    for place in [None] if group is None else [group, *_above(stores, group), None]:
        chosen = stores.hazards.on_call(EVERYWHERE if place is None else Area(group=place.id))
        if chosen:
            above = place if group is not None and place is not group else None
            return OnCall(group, [stores.members.get(one) for one in chosen], own=True, above=above)
    usual = [administrators(stores)] if group is None else levels(stores, group)
    people = {one.id: one for level in (*usual[:1], *usual[-1:]) for one in level}
    return OnCall(group, list(people.values()), own=False)


def _above(stores: Stores, group: Chat) -> list[Chat]:
    """The groups of the branches above a group's own, the nearest first."""
    branches = stores.branches.ancestors(group.branch)[1:] if group.branch else []
    return [one for branch in branches for one in stores.chats.of_branch(branch.id)]


def show(stores: Stores, actor: Actor) -> OnCall:
    """Who is on call here: in a group for it, in private for the enterprise."""
    require(stores, actor, ANSWER)
    return on_call(stores, _place(actor))


def choose(stores: Stores, actor: Actor, *, mentions: Sequence[Mention]) -> OnCall:
    """Say who is on call here; nobody named is the usual. Raises TooManyOnCall, NotEverywhere, and as `vouched_for`.

    Only people whom the platform or the roster vouches for: they will read who has suggested what.
    """
    require(stores, actor, ANSWER)
    group = _place(actor)
    if group is None:
        require_everywhere(stores, actor, ANSWER)
    if len(mentions) > MAX_ON_CALL:
        raise TooManyOnCall(most=MAX_ON_CALL)
    found = [who.id for one in mentions for who in vouched_for(stores, one, actor.heard_at)]
    area = EVERYWHERE if group is None else Area(group=group.id)
    before, now = stores.hazards.on_call(area), list(dict.fromkeys(found))
    stores.hazards.choose(area, now)
    old, new = (" ".join(f"member:{one}" for one in some) or None for some in (before, now))
    if old != new:
        stores.audit.note(actor.member.id, ON_CALL, str(area), old=old, new=new, at=actor.heard_at)
    return on_call(stores, group)


def _place(actor: Actor) -> Chat | None:
    return actor.chat if actor.chat.is_group else None
