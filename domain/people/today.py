"""Today's card: one message in somebody's private chat with all that waits for them, edited as things change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import MemberId
from domain.messaging.message import Message, Subject
from domain.messaging.outbox import AT_ONCE
from domain.people.actor import Actor
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from datetime import datetime

    from domain.messaging.message import Buttons
    from domain.stores import Stores

CARD = "today"  # the kind of its subject


def card(member: MemberId) -> Subject:
    """The subject of a member's card."""
    return Subject(CARD, member)


def show(
    stores: Stores, actor: Actor, *, key: str, further: Buttons = (), silent: bool = False, urgent: bool = True
) -> None:
    """Send somebody their card, in place of the one before: there is never more than one.

    `further` buttons stand under it until it changes. It is `urgent` where they have asked for it.
    """
    require(stores, actor, Permission.TAKE_PART)
    about = card(actor.member.id)
    stores.outbox.delete(about, key=f"{key}:before")
    message = _card(stores, actor)
    shown = replace(message, buttons=[*message.buttons, *further], silent=silent)
    stores.outbox.send(actor.chat.id, shown, key=key, urgent=urgent)


def bring(stores: Stores, member: MemberId, at: datetime, *, key: str) -> None:
    """Bring somebody a card on which something new waits, without a sound: one that they got today is edited."""
    actor, about = in_private(stores, member, at), card(member)
    if actor is None:
        return
    newest = stores.outbox.message_about(about)
    said_at = at if newest is None else stores.outbox.said_at(actor.chat.id, newest)  # or it waits to be sent
    if said_at is not None and actor.chat.day(said_at) == actor.today and stores.outbox.stands(about):
        stores.outbox.refresh(about, key=key, every=AT_ONCE)
    else:
        show(stores, actor, key=key, silent=True, urgent=False)


def _refresh(stores: Stores, member: MemberId, cause: str, _: datetime) -> None:
    """Something has changed that a member's card may show: it is edited, if they have one."""
    about = card(member)
    stores.outbox.refresh(about, key=f"{about}:{cause}", every=AT_ONCE)


def _current_card(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """The card as it is now."""
    actor = in_private(stores, MemberId(about.ids[0]), at)
    return None if actor is None else _card(stores, actor)


def _card(stores: Stores, actor: Actor) -> Message:
    parts = stores.hooks.today(actor)
    values = {
        "day": actor.today,
        "parts": [part.text for part in parts],
        "free": not any(part.waits for part in parts),
    }
    buttons = [row for part in parts for row in part.buttons]
    return Message("today.card", values, buttons, card(actor.member.id))


def in_private(stores: Stores, member: MemberId, at: datetime) -> Actor | None:
    """A member as an actor in their private chat; `None` if they have none, or have left."""
    known = stores.members.get(member)
    person = stores.people.of_member(member)
    if known.private is None or (person is not None and person.left_on is not None):
        return None
    is_root_admin = known.platform_id in stores.enterprise.root_admins
    return Actor(known, stores.chats.get(known.private), at, is_root_admin=is_root_admin)


FEATURE = Feature("today", changed=_refresh, current={CARD: _current_card})
