"""Who does a step: whoever holds its role in the branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.messaging import administrators
from domain.people import naming, role
from domain.people.naming import Somebody
from domain.people.permission import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.people.role import Grant
    from domain.work.features import Stores

MAX_HOLDERS = 3


@dataclass(frozen=True, slots=True)
class Holders:
    """Who does a step. `stands_in`: nobody holds its role, so the secretary does it (or who has started the run)."""

    people: Sequence[Member]
    stands_in: bool = False


def holders(stores: Stores, group: Chat, who: str, starter: MemberId, at: datetime) -> Holders:
    """Who holds a role in a group: by the roster's own word, else by a role given over it; else the secretary.

    Somebody whose account is not known yet gets a stand-in until it is.
    """
    found, stands_in = _found(stores, group, who, starter)
    return Holders(naming.accounts(stores, found, at), stands_in)


def names(stores: Stores, group: Chat, who: str, starter: MemberId) -> tuple[list[str], bool]:
    """What they are called, and whether they stand in; nothing is stored."""
    found, stands_in = _found(stores, group, who, starter)
    return [one.name for one in found], stands_in


def _found(stores: Stores, group: Chat, who: str, starter: MemberId) -> tuple[list[Somebody], bool]:
    grants = administrators.grants_over(stores, group)
    found = _by_word(stores, group, who) or _by_grant(grants, group, who)
    if found:
        return found, False
    secretaries = _nearest([one for one in grants if one.role is Role.SECRETARY], group)
    everybody = secretaries or administrators.secretaries_among(grants) or [stores.members.get(starter)]
    return [Somebody(everybody[0], None)], role.of_roster(who) is not Role.SECRETARY


def _by_word(stores: Stores, group: Chat, who: str) -> list[Somebody]:
    """Whom the roster of the group's branch calls so, before those of what is below it."""
    if group.branch is None:
        return []
    called = [one for one in stores.people.of(group.branch) if _is_called(one.role, who)]
    own = ([one for one in called if one.branch == group.branch] or called)[:MAX_HOLDERS]
    return [Somebody(None if one.member is None else stores.members.get(one.member), one) for one in own]


def _is_called(word: str, who: str) -> bool:
    """Whether a roster's word means the role; 书记 and 党支部书记 are one, 组织委员 and 宣传委员 are not."""
    if plain.line(word) == plain.line(who):
        return True
    return role.of_roster(who) is Role.SECRETARY and role.of_roster(word) is Role.SECRETARY


def _by_grant(grants: Sequence[Grant], group: Chat, who: str) -> list[Somebody]:
    """One who was given the role: of several, nobody knows which of them 组织委员 is."""
    wanted = role.of_roster(who)
    found = [] if wanted is None else _nearest([one for one in grants if one.role is wanted], group)
    return [Somebody(one, None) for one in found[:1]]


def _nearest(grants: Sequence[Grant], group: Chat) -> list[Member]:
    """Those whose role is over the group itself, or over its branch; each once."""
    own = [
        one
        for one in grants
        if one.area.group == group.id or (one.area.branch is not None and one.area.branch == group.branch)
    ]
    return list({one.member.id: one.member for one in own}.values())
