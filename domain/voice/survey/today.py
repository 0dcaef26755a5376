"""Surveys on today's card: those of one's groups that one has not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.today import Part

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.voice.features import Stores

MAX_GROUPS = 20
SHOWN = 3  # surveys


def tell(stores: Stores, actor: Actor) -> Part | None:
    """Open surveys, with the group whose poll is to be answered; an anonymous one stays until it closes."""
    own = actor.member.id
    groups = {group.id: group for group in stores.members.groups_of(own, MAX_GROUPS)}
    home = stores.members.home(own)
    if home is not None and home not in groups:
        groups[home] = stores.chats.get(home)
    found = stores.surveys.open_in(list(groups), actor.now) if groups else []
    waiting = [one for one in found if one.question.anonymous or own not in stores.surveys.voters(one.id)]
    if not waiting:
        return None
    shown = [(one, groups[one.group]) for one in waiting[:SHOWN]]
    return Part(Text("survey.today", {"surveys": shown, "more": len(waiting) - len(shown), "at": actor.now}))
