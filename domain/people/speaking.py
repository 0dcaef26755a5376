"""Somebody chooses the language in which they are addressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name, Scope, Where
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.stores import Stores


def choose(stores: Stores, actor: Actor, *, language: str) -> Chat:
    """Speak a language with somebody; their chat as it is from now on."""
    require(stores, actor, Permission.TAKE_PART)
    where = Where(Scope.MEMBER, actor.member.id)
    setting.change(stores, actor, name=Name.LANGUAGE, where=where, words=language)
    return stores.chats.get(actor.chat.id)
