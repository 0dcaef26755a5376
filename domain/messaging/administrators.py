"""Where the enterprise's administrators can be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.ids import ChatId, MemberId
    from domain.stores import Stores


def private_chats(stores: Stores) -> list[tuple[MemberId, ChatId]]:
    """Where administrators can be written to: those of the settings (the platform's ids) and those by role.

    Only who has opened a private chat with the bot can be.
    """
    first = [stores.members.find(platform_id) for platform_id in stores.enterprise.root_admins]
    found = {one.id: one for one in (*first, *stores.grants.administrators()) if one is not None}
    return [(one.id, one.private) for _, one in sorted(found.items()) if one.private is not None]
