"""Who is in charge: the administrators of the enterprise, and the secretaries of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people.permission import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.people.role import Grant
    from domain.stores import Stores

MAX_GRANTS = 200  # over one group


def administrators(stores: Stores) -> list[Member]:
    """Those of the settings (the platform's ids), then those by role; each once."""
    first = [stores.members.find(platform_id) for platform_id in stores.enterprise.root_admins]
    return list({one.id: one for one in (*first, *stores.grants.administrators()) if one is not None}.values())


def grants_over(stores: Stores, group: Chat) -> Sequence[Grant]:
    """The roles that people have over a group, or over a branch that it belongs to."""
    return stores.grants.over(group, 0, MAX_GRANTS)


def secretaries(stores: Stores, group: Chat) -> list[Member]:
    """Who is secretary of a group, or of a branch that it belongs to; somebody may be there twice."""
    return secretaries_among(grants_over(stores, group))


def secretaries_among(grants: Iterable[Grant]) -> list[Member]:
    """To whom some grants give the role of a secretary."""
    return [one.member for one in grants if one.role is Role.SECRETARY]


def private_chats(stores: Stores) -> list[tuple[MemberId, ChatId]]:
    """Where administrators can be written to: only who has opened a private chat with the bot can be."""
    found = sorted(administrators(stores), key=lambda one: one.id)
    return [(one.id, one.private) for one in found if one.private is not None]


def chats_in_charge(stores: Stores, group: Chat) -> list[ChatId]:
    """The private chats of a group's secretaries, else of the administrators; each once."""
    chats = [one.private for one in secretaries(stores, group) if one.private is not None]
    return list(dict.fromkeys(chats)) or [chat for _, chat in private_chats(stores)]
