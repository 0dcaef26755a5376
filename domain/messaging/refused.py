"""What the platform refuses for good is said in another place if there is one; those who can mend it are told once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from domain.messaging import delivery as deliveries
from domain.messaging.administrators import chats_in_charge, private_chats, secretaries
from domain.messaging.composing import PICTURE
from domain.messaging.delivery import ONCE, Call, Delivery, State
from domain.messaging.message import Message, Subject, Text, Thread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from domain.ids import ChatId
    from domain.messaging.chat import Chat
    from domain.stores import Stores


class Why(StrEnum):
    """Why the platform will never take something as it is."""

    REPLY = "reply"  # the message that it answers is gone
    TOPIC = "topic"  # the topic is closed or gone
    GENERAL = "general"  # the group's general topic is closed
    POLLS = "polls"  # no right to send polls there
    FILES = "files"  # no right to send files there
    PICTURES = "pictures"  # no right to send pictures there
    WRITING = "writing"  # no right to write there at all
    GONE = "gone"  # the bot was removed or blocked
    OTHER = "other"


def move_or_fail(stores: Stores, *, delivery: Delivery, why: Why, error: str, at: datetime) -> None:
    """A delivery was refused: queue it again for another place in its chat, or let it fail.

    If it fails in a group and is no answer, the group's secretaries get it in private. They and the administrators are
    told once a month what is wrong with a group, and once about each topic.
    """
    why = _nearer(delivery, why)
    chat = stores.chats.get(delivery.chat)
    moved = _elsewhere(stores, delivery, chat, why)
    if moved is not None:
        stores.outbox.rows.replace_body(delivery.id, moved, delivery.under)
        stores.deliveries.set_state(delivery.id, State.QUEUED, error=error)
    else:
        deliveries.fail(stores, delivery=delivery, error=error)
    if why is Why.GONE:
        deliveries.leave(stores, chat=chat.id, at=at)
    elif why is not Why.REPLY and chat.is_group and delivery.call in ONCE:
        if moved is None:
            _pass_on(stores, delivery, chat, why)
        if moved is None or why is not Why.OTHER:  # that was the picture's fault: nobody there can mend it
            _tell(stores, delivery, chat, why, at)


def _nearer(delivery: Delivery, why: Why) -> Why:
    """Why, as far as the delivery itself tells more."""
    if why is Why.TOPIC and delivery.body.get("topic") is None:
        return Why.GENERAL
    return Why.PICTURES if why is Why.FILES and PICTURE in delivery.body else why


def _elsewhere(stores: Stores, delivery: Delivery, chat: Chat, why: Why) -> Mapping[str, Any] | None:
    """The body with which it can still be said in the same chat: no answer, in the general topic, with no picture."""
    if delivery.call not in ONCE:
        return None
    body = delivery.body
    if why is Why.REPLY and body.get("reply_to") is not None:
        return {**body, "reply_to": None}
    if why is Why.TOPIC:
        if delivery.call is Call.SEND:
            body = stores.outbox.preface(delivery, chat, Text("refused.moved")).body
        return {**body, "reply_to": None, "topic": None}
    if PICTURE in body and why in (Why.PICTURES, Why.OTHER):
        return {name: value for name, value in body.items() if name != PICTURE}
    return None


def _pass_on(stores: Stores, delivery: Delivery, chat: Chat, why: Why) -> None:
    """Pass on what could not be posted in a group: to the asker of a survey, or to the group's secretaries."""
    key, subject = f"refused:{delivery.id}", Subject("refused", chat.id)
    if delivery.call is Call.SEND_POLL:
        if delivery.urgent:
            message = Message("refused.poll", {"question": delivery.body["question"], "title": chat.title}, (), subject)
            _say_of_poll(stores, delivery, chat, why, message)
    elif delivery.call is Call.SEND and not delivery.urgent:
        for to in chats_in_charge(stores, chat):
            stores.outbox.pass_on(delivery, to, Text("refused.instead", {"title": chat.title}), key=f"{key}:{to}")


def _say_of_poll(stores: Stores, delivery: Delivery, chat: Chat, why: Why, message: Message) -> None:
    """Say that a survey was not posted: in answer to its command if text may be written there, else in private."""
    key = f"refused:{delivery.id}"
    if why in (Why.POLLS, Why.OTHER):
        thread = Thread(delivery.body.get("reply_to"), delivery.body.get("topic"))
        stores.outbox.send(chat.id, message, key=key, thread=thread, urgent=True)
        return
    for to in _in_charge(stores, chat):
        stores.outbox.send(to, message, key=f"{key}:{to}", urgent=True)


def _tell(stores: Stores, delivery: Delivery, chat: Chat, why: Why, at: datetime) -> None:
    """Tell those who can mend it what to do, without a sound.

    The key stays the same until the month is over, and for a topic for ever, so that they are told once.
    """
    topic = delivery.body.get("topic")
    what = f"topic:{topic}" if why is Why.TOPIC else f"{why}:{chat.day(at):%Y-%m}"
    values = {"title": chat.title, "why": why, "number": delivery.id}
    message = Message("refused.told", values, subject=Subject("refused", chat.id), silent=True)
    for to in _in_charge(stores, chat):
        stores.outbox.send(to, message, key=f"refused:{chat.id}:{what}:{to}")


def _secretaries(stores: Stores, group: Chat) -> list[ChatId]:
    """Where a group's secretaries can be written to."""
    found = {one.private for one in secretaries(stores, group)}
    return sorted(chat for chat in found if chat is not None)


def _in_charge(stores: Stores, group: Chat) -> list[ChatId]:
    """Where a group's secretaries and the administrators can be written to, each once."""
    return list(dict.fromkeys([*_secretaries(stores, group), *(chat for _, chat in private_chats(stores))]))
