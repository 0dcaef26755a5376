"""From the outbox to the platform: what is due, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.ids import ChatId
    from domain.stores import Stores


NOWHERE_ID = -(10**15)  # below every id that the platform gives


class Action(StrEnum):
    """What is to be done with a message."""

    SAY = "say"
    ASK = "ask"
    REWRITE = "rewrite"
    CLOSE_POLL = "close_poll"
    TAKE_BACK = "take_back"
    DOCUMENT = "document"


ONCE = (Action.SAY, Action.ASK, Action.DOCUMENT)  # done twice these are seen twice


class State(StrEnum):
    """How far a delivery has come."""

    QUEUED = "queued"
    SENDING = "sending"  # the call may be under way, or was when the program died
    SENT = "sent"
    FAILED = "failed"  # for good: the bot was removed, the message is gone
    UNKNOWN = "unknown"  # the call went out and its answer never came
    WITHDRAWN = "withdrawn"  # taken back before it was sent


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox with all that the sender needs.

    `place` is the chat's id on the platform, `target` the platform's id of the message that is to be changed.
    `body` depends on the action: `{text, buttons, reply_to, topic}` for SAY and REWRITE (`buttons` are rows of
    `[label, action]`), `{question, options, anonymous, correct, explanation, closes_at, reply_to, topic}` for ASK,
    `{text, buttons, name, reply_to, topic}` for DOCUMENT, whose content is kept apart.
    """

    id: int
    chat: ChatId
    place: int
    action: Action
    about: str | None
    body: Mapping[str, Any]
    urgent: bool
    tries: int
    target: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the platform answered: the message's id and, for a poll, the poll's."""

    message: int | None = None
    poll: str | None = None


class Deliveries(Protocol):
    """The sender's side of the outbox."""

    def due(self, at: datetime, limit: int) -> list[Delivery]:
        """Queued rows: answers to people first, then in their order; none of a chat that has one put off."""

    def next_in(self, chat: ChatId, at: datetime) -> Delivery | None:
        """The row of a chat that is due first, as it stands now."""

    def interrupted(self) -> list[Delivery]:
        """Rows whose call was under way when an earlier run ended."""

    def set_state(self, delivery: int, state: State, *, error: str | None = None) -> None:
        """Note how far a delivery has come."""

    def sent(self, delivery: int, receipt: Receipt) -> None:
        """Note what the platform answered."""

    def put_off(self, delivery: int, until: datetime, error: str) -> None:
        """Queue a delivery again, not before a moment."""

    def content(self, delivery: int) -> bytes:
        """What is in the file that is to be sent."""

    def drop_content(self, delivery: int) -> None:
        """A file is not needed any more."""

    def any_under_way(self) -> bool:
        """Whether the answer to some call is still to come."""


def due(stores: Stores, *, at: datetime, limit: int) -> list[Delivery]:
    """What is to be sent now."""
    return stores.outbox.due(at, limit)


def begin(stores: Stores, *, chat: ChatId, at: datetime) -> Delivery | None:
    """A call is about to be made in a chat: the delivery that is its turn now, `None` where there is none any more.

    What was due when somebody looked may have been rewritten, taken back, sent or put off meanwhile.
    """
    turn = stores.outbox.next_in(chat, at)
    if turn is not None:
        stores.outbox.set_state(turn.id, State.SENDING)
    return turn


def settle(stores: Stores, *, delivery: Delivery, receipt: Receipt) -> None:
    """The platform has taken it."""
    stores.outbox.sent(delivery.id, receipt)
    _forget_content(stores, delivery)


def fail(stores: Stores, *, delivery: Delivery, error: str) -> None:
    """The platform will never take it."""
    stores.outbox.set_state(delivery.id, State.FAILED, error=error)
    _forget_content(stores, delivery)


def lose(stores: Stores, *, delivery: Delivery, error: str) -> None:
    """The call went out, its answer never came: it may or may not have been done."""
    stores.outbox.set_state(delivery.id, State.UNKNOWN, error=error)
    _forget_content(stores, delivery)


def _forget_content(stores: Stores, delivery: Delivery) -> None:
    """Files hold what is private to people: they stay no longer than they have to."""
    if delivery.action is Action.DOCUMENT:
        stores.outbox.drop_content(delivery.id)


def content(stores: Stores, *, delivery: int) -> bytes:
    """What is in the file that a delivery sends."""
    return stores.outbox.content(delivery)


def retry(stores: Stores, *, delivery: Delivery, until: datetime, error: str) -> None:
    """It was not done; once more from a moment on."""
    stores.outbox.put_off(delivery.id, until, error)


def resume(stores: Stores) -> int:
    """After a start: calls that an earlier run left under way are unknown now; what may be repeated is queued again.

    Changing or deleting a message twice does no harm; saying it twice does, so a message stays unknown.
    """
    interrupted = stores.outbox.interrupted()
    for delivery in interrupted:
        if delivery.action in ONCE:
            lose(stores, delivery=delivery, error="interrupted")
        else:
            stores.outbox.set_state(delivery.id, State.QUEUED, error="interrupted")
    return len(interrupted)


def leave(stores: Stores, *, chat: ChatId) -> None:
    """The bot can no longer write to a chat: nothing is planned for it until it is heard from again."""
    known = stores.chats.get(chat)
    stores.chats.save(replace(known, active=False))
    stores.members.close_private(chat)


def move(stores: Stores, *, chat: ChatId, platform_id: int, at: datetime) -> None:
    """A group became a supergroup: everything follows it to its new id, where messages are numbered anew.

    The new id may have been heard of before the move: who was met there is taken along, and the chat that was made for
    it is left with the old id.
    """
    known, there = stores.chats.get(chat), stores.chats.find(platform_id)
    if known.platform_id == platform_id:
        return
    if there is not None:
        for member in stores.members.of(there.id):
            stores.members.join(chat, member.id, at)
        stores.chats.save(replace(there, platform_id=NOWHERE_ID - there.id, active=False))
    stores.chats.save(replace(known, platform_id=platform_id, active=True))
    if there is not None:
        stores.chats.save(replace(there, platform_id=known.platform_id, active=False))
    stores.outbox.forget_messages(chat)


def poll_subject(stores: Stores, *, poll: str) -> tuple[str | None, bool]:
    """What a poll is about, and whether an answer is still to come that might tell."""
    return stores.outbox.poll_subject(poll), stores.outbox.any_under_way()
