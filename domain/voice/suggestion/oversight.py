"""Who looks after a suggestion: those in charge of its group, or of the next level where its author chose that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.people.permission import PERMISSIONS, Permission, allows, powers
from domain.voice.suggestion.model import Gone

if TYPE_CHECKING:
    from domain.ids import SuggestionId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion


def oversees(stores: Stores, actor: Actor, suggestion: Suggestion) -> bool:
    """Whether somebody may see a suggestion with all that belongs to it, and merge it or ask its author."""
    if suggestion.group is None:
        return actor.is_root_admin
    group = stores.chats.get(suggestion.group)
    there = replace(actor, chat=group, is_platform_admin=actor.is_platform_admin and actor.chat.id == group.id)
    if suggestion.above:
        return _is_above(stores, there, group)
    return allows(stores, there, Permission.EXPORT)


def _is_above(stores: Stores, actor: Actor, group: Chat) -> bool:
    """Whether somebody is in charge of a level above a group's own branch."""
    if powers(stores, actor).has_left:
        return False
    if actor.is_root_admin:
        return True
    above = {one.id for one in stores.branches.ancestors(group.branch)[1:]} if group.branch else set()
    held = stores.grants.held(actor.member.id, group).roles
    mine = [area for role, area in held if Permission.EXPORT in PERMISSIONS[role]]
    return any(area.everywhere or (area.branch is not None and area.branch in above) for area in mine)


def overseen(stores: Stores, actor: Actor, number: SuggestionId) -> Suggestion:
    """A suggestion that somebody looks after. Raises Gone: whoever may not see it is not told that it is there."""
    found = stores.suggestions.find(number)
    if found is None or not found.counts or not oversees(stores, actor, found):
        raise Gone
    return found
