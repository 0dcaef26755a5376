"""The fixed keyboard of private chats, by what somebody may do: made of the keys that the features declare."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.keyboard import Fixed
from domain.messaging.message import Text
from domain.people import permission as permissions
from domain.people.permission import Permission
from handlers import access
from handlers.access import NotSureWho
from handlers.command import Key

if TYPE_CHECKING:
    from domain.messaging.keyboard import Shown
    from handlers.context import Context
    from handlers.form import AllStores as Stores

A_ROW = 2  # keys
OF_A_GROUP = Permission.GIVE_TASKS  # the permission that administrators of a group without a secretary have


def keys(context: Context) -> list[Key]:
    """The keys of all features, in their order."""
    found = (one for feature in context.services.features for one in feature.handlers if isinstance(one, Key))
    return sorted(found, key=lambda key: key.order)


async def due(context: Context) -> Fixed | None:
    """The keyboard that the sender's private chat should have; `None` if it has it."""
    if not context.has_sender or context.actor.chat.is_group or not context.actor.member.is_person:
        return None
    shown, basis, _, _ = await context.read(partial(_stored, context=context))
    return None if shown is not None and shown.basis == basis else await whole(context)


async def whole(context: Context) -> Fixed:
    """The keyboard that the sender's private chat should have. The platform is asked which groups they administrate."""
    _, basis, may, hidden = await context.read(partial(_stored, context=context))
    if OF_A_GROUP not in may:
        may |= await _in_groups(context)
    found = [Text(key.text) for key in keys(context) if key.needs in may and key.text not in hidden]
    return Fixed([found[first : first + A_ROW] for first in range(0, len(found), A_ROW)], basis)


async def stands(context: Context) -> Callable[[Fixed], bool]:
    """Tells of a keyboard whether it is the one that the sender's private chat has."""
    shown, _, _, _ = await context.read(partial(_stored, context=context))
    return lambda fixed: fixed.shown == shown


async def _in_groups(context: Context) -> frozenset[Permission]:
    """Permissions of the sender in groups whose secretary they stand in for; none while the platform is silent."""
    try:
        there = await access.where_allowed(context, OF_A_GROUP)
    except NotSureWho:
        return frozenset()
    may = [await context.read(partial(permissions.allowed, actor=one)) for one in there]
    return frozenset(one for some in may for one in some)


def _stored(stores: Stores, *, context: Context) -> tuple[Shown | None, str, frozenset[Permission], frozenset[str]]:
    """The chat's keyboard, the basis of a new one, the permissions of the sender's roles, and keys that are hidden."""
    actor = context.actor
    may, language = permissions.allowed(stores, actor), stores.chats.get(actor.chat.id).language
    shown = {key.text: key.shown(stores) for key in keys(context) if key.shown is not None}
    hidden = frozenset(text for text, is_shown in shown.items() if not is_shown)
    basis = " ".join((language, *sorted(may), *(text for text in shown if text not in hidden)))
    return stores.keyboards.of(actor.chat.id), basis, may, hidden
