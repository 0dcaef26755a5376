"""From the outbox to the platform: what is due, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from domain.messaging import alarm
from domain.messaging.alarm import Trouble
from domain.messaging.chat import requests_for
from domain.messaging.message import Subject, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from domain.ids import ChatId
    from domain.messaging.encryption import KeyId
    from domain.stores import Stores


NOWHERE_ID = -(10**15)  # below every id that the platform gives
LEASE = timedelta(minutes=2)  # longer than any call takes
BELATED = timedelta(hours=1)  # what waited longer, into another day, says so


class Call(StrEnum):
    """What is to be done on the platform; the values stand in the store."""

    SEND = "say"
    SEND_POLL = "ask"
    EDIT = "rewrite"
    CLOSE_POLL = "close_poll"
    DELETE = "take_back"
    SEND_DOCUMENT = "document"
    REACT = "react"


DATED = "dated"  # in a body: it says already that it comes on another day
DRAWN = "drawn"  # in a body: the subject whose feature makes the message when the call is made
ONCE = (Call.SEND, Call.SEND_POLL, Call.SEND_DOCUMENT)  # done twice these are seen twice


class State(StrEnum):
    """How far a delivery has come."""

    QUEUED = "queued"
    SENDING = "sending"  # the call may be under way, or was when the program died
    SENT = "sent"
    FAILED = "failed"  # for good: the bot was removed, the message is gone
    UNKNOWN = "unknown"  # the call went out and its answer never came
    WITHDRAWN = "withdrawn"  # taken back before it was sent


class IfUnknown(StrEnum):
    """What becomes of a message whose call went out and whose answer never came: it may stand in the chat, or not."""

    AGAIN = "again"  # said once more: to one person a doubled answer is better than none
    LEAVE = "leave"  # left as it is: a whole group need not read a thing twice


ENDED = (State.SENT, State.FAILED, State.UNKNOWN, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox with all that the sender needs.

    `place` is the chat's id on the platform, `target` the platform's id of the message that is to be changed.
    `body` depends on the call: `{text, buttons, reply_to, topic}` for SEND and EDIT (`buttons` are rows of
    `[label, action]`; `keys`, if any, rows of labels), `{question, options, anonymous, multiple, correct, explanation,
    closes_at, reply_to, topic}` for SEND_POLL, with `buttons` where it has some, `{text, buttons, name, reply_to,
    topic}` for SEND_DOCUMENT, whose content is kept apart; for REACT that of SEND, with `sign`. With DRAWN, text and
    buttons are made when the call is.
    With ATTACHED or ALBUM, SEND has a file or photos that the platform keeps, with the text below.
    With PICTURE, `{kind, values, language, zone}`, SEND and EDIT have a picture whose caption is the text.
    `unknown_at` is when it was not known for the first time whether it had been said.
    `target_has_picture`: the message that is to be changed was sent with a picture.
    `under` is the key that the row is kept under, if any.
    """

    id: int
    chat: ChatId
    place: int
    call: Call
    subject: Subject | None
    body: Mapping[str, Any]
    urgent: bool
    tries: int
    target: int | None
    put_at: datetime
    if_unknown: IfUnknown = IfUnknown.LEAVE
    unknown_at: datetime | None = None
    target_has_picture: bool = False
    under: KeyId | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the platform answered: the message's id, for a poll the poll's, and whether it took a picture."""

    message: int | None = None
    poll: str | None = None
    has_picture: bool = False


class Deliveries(Protocol):
    """The sender's side of the outbox."""

    def due(self, at: datetime, limit: int) -> list[Delivery]:
        """What each chat hears next, answers to people first, then in their order.

        None of a chat in which a call is under way or that has a row put off.
        """

    def claim(self, delivery: int, holder: str, until: datetime) -> None:
        """Note that somebody is about to make a delivery's call, and until when that may take."""

    def hand_back(self, delivery: int) -> None:
        """Queue a claimed delivery again whose call was not made."""

    def under_way(self) -> list[tuple[Delivery, datetime | None]]:
        """Rows whose call may be under way, with the end of their lease."""

    def waits_in(self, chat: ChatId) -> bool:
        """Whether a chat has something queued."""

    def set_state(self, delivery: int, state: State, *, error: str | None = None) -> None:
        """Note how far a delivery has come."""

    def set_unknown(self, delivery: int, state: State, *, error: str, at: datetime) -> None:
        """Note that nobody knows whether a message was said, and what becomes of it."""

    def sent(self, delivery: int, receipt: Receipt) -> None:
        """Note what the platform answered."""

    def put_off(self, delivery: int, until: datetime, error: str) -> None:
        """Queue a delivery again, not before a moment."""

    def hold(self, delivery: int, until: datetime) -> None:
        """Keep a delivery waiting until a moment, as one that was not tried yet."""

    def say_instead(self, delivery: int, error: str) -> None:
        """Queue a reaction again as the message that stands for it."""

    def hasten(self, at: datetime, *, put_after: datetime) -> None:
        """Let go at once what was tried and waits, and what waits that was put later than a moment."""

    def content(self, delivery: int) -> bytes:
        """What is in the file that is to be sent."""

    def drop_content(self, delivery: int) -> None:
        """A file is not needed any more."""

    def any_under_way(self) -> bool:
        """Whether the answer to some call is still to come."""


def claim(
    stores: Stores,
    *,
    holder: str,
    at: datetime,
    limit: int,
    barred: Collection[int] = (),
    ready: Callable[[Delivery], bool] = lambda _: True,
) -> list[Delivery]:
    """Calls are about to be made: what is to be sent now, one delivery a chat, leased to `holder`.

    `barred` are chats (the platform's ids) that hear nothing just now. What nobody asked for and has been delayed into
    a chat's quiet hours waits until they are over. Those that are not `ready`, whose picture is still to be painted,
    are given as well but not leased: their call must not be made.
    """
    due = stores.deliveries.due(at, limit + len(barred))
    allowed = [delivery for delivery in due if delivery.place not in barred][:limit]
    turns = [delivery for delivery in allowed if not _held(stores, delivery, at)]
    made = [drawn for delivery in turns if (drawn := _drawn(stores, delivery, at)) is not None]
    for delivery in filter(ready, made):
        stores.deliveries.claim(delivery.id, holder, at + LEASE)
    return [_dated(stores, delivery, at) for delivery in made]


def _drawn(stores: Stores, delivery: Delivery, at: datetime) -> Delivery | None:
    """A card says what is so when the call is made; `None` for an edit of one that has nothing to show any more."""
    about = delivery.body.get(DRAWN)
    if about is None:
        return delivery
    message = stores.hooks.current(Subject.read(about), at)
    if message is not None:
        return stores.outbox.draw(delivery, stores.chats.get(delivery.chat), message)
    if delivery.call is not Call.EDIT:
        return delivery
    stores.deliveries.set_state(delivery.id, State.WITHDRAWN)
    return None


def _held(stores: Stores, delivery: Delivery, at: datetime) -> bool:
    """Whether a delivery waits for a chat's quiet hours to end; if so, others may go before it."""
    is_answer = delivery.urgent or delivery.if_unknown is IfUnknown.AGAIN  # those that let others pass are not urgent
    if is_answer or delivery.call not in ONCE:
        return False
    end = stores.quiet.of(delivery.chat).end(stores.chats.get(delivery.chat), at)
    if end > at:
        stores.deliveries.hold(delivery.id, end)
    return end > at


def _dated(stores: Stores, delivery: Delivery, at: datetime) -> Delivery:
    """What is said on another day than it was meant for says so."""
    if delivery.call is not Call.SEND or delivery.body.get(DATED) or at - delivery.put_at < BELATED:
        return delivery
    chat = stores.chats.get(delivery.chat)
    if chat.day(at) == chat.day(delivery.put_at):
        return delivery
    dated = stores.outbox.preface(delivery, chat, Text("general.belated", {"at": delivery.put_at}))
    return replace(dated, body={**dated.body, DATED: True})


def release(stores: Stores, *, at: datetime, alive: Collection[int]) -> None:
    """Hand back what was claimed at a moment and not called: nobody heard that the claim was kept.

    `alive` are called, or were.
    """
    for delivery, until in stores.deliveries.under_way():
        if until == at + LEASE and delivery.id not in alive:
            stores.deliveries.hand_back(delivery.id)


def mark_sent(stores: Stores, *, delivery: Delivery, receipt: Receipt) -> bool:
    """The platform has taken it. Whether its chat has more to hear."""
    stores.deliveries.sent(delivery.id, receipt)
    _forget_content(stores, delivery)
    return stores.deliveries.waits_in(delivery.chat)


def fail(stores: Stores, *, delivery: Delivery, error: str) -> None:
    """The platform will never take it."""
    stores.deliveries.set_state(delivery.id, State.FAILED, error=error)
    _forget_content(stores, delivery)


def mark_unknown(stores: Stores, *, delivery: Delivery, error: str, at: datetime) -> None:
    """The call went out, its answer never came: it may or may not have been done.

    What changes or deletes is done again; a message is said once more, or left, as its kind has it.
    """
    if delivery.call not in ONCE:
        stores.deliveries.set_state(delivery.id, State.QUEUED, error=error)
    elif delivery.if_unknown is IfUnknown.AGAIN and delivery.unknown_at is None:
        stores.deliveries.set_unknown(delivery.id, State.QUEUED, error=error, at=at)
    else:
        stores.deliveries.set_unknown(delivery.id, State.UNKNOWN, error=error, at=at)
        _forget_content(stores, delivery)
        if delivery.call is Call.SEND_POLL and delivery.subject is not None:
            stores.hooks.poll_unknown(delivery.subject)


def _forget_content(stores: Stores, delivery: Delivery) -> None:
    """Files hold what is private to people: they stay no longer than they have to."""
    if delivery.call is Call.SEND_DOCUMENT:
        stores.deliveries.drop_content(delivery.id)


def content(stores: Stores, *, delivery: int) -> bytes:
    """What is in the file that a delivery sends."""
    return stores.deliveries.content(delivery)


def retry(stores: Stores, *, delivery: Delivery, until: datetime, error: str) -> None:
    """It was not done; once more from a moment on."""
    stores.deliveries.put_off(delivery.id, until, error)


def say_instead(stores: Stores, *, delivery: Delivery, error: str) -> None:
    """The platform takes no reaction there: what it meant is said."""
    stores.deliveries.say_instead(delivery.id, error)


def resume(stores: Stores, *, at: datetime) -> int:
    """After a start or a takeover: whoever held calls under way is gone, so these are lost. How many there were."""
    held = stores.deliveries.under_way()
    for delivery, _ in held:
        mark_unknown(stores, delivery=delivery, error="interrupted", at=at)
    return len(held)


def expire_leases(stores: Stores, *, at: datetime, alive: Collection[int]) -> int:
    """Calls whose lease is over and that nobody waits for any more (`alive` are waited for) are lost. How many."""
    late = [
        delivery
        for delivery, until in stores.deliveries.under_way()
        if delivery.id not in alive and (until is None or until < at)
    ]
    for delivery in late:
        mark_unknown(stores, delivery=delivery, error="lapsed", at=at)
    return len(late)


def leave(stores: Stores, *, chat: ChatId, at: datetime) -> None:
    """The bot can no longer write to a chat: nothing is planned for it until it is heard from again.

    Administrators hear of a group that was admitted.
    """
    known = stores.chats.get(chat)
    if known.is_group and known.active and known.is_admitted:
        alarm.note(stores, Trouble.REMOVED, chat, at)
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
        stores.outbox.delete(requests_for(there.id), key=f"{requests_for(there.id)}:moved")
        for member in stores.members.of(there.id):
            stores.members.join(chat, member.id, at)
        stores.chats.save(replace(there, platform_id=NOWHERE_ID - there.id, active=False))
    stores.chats.save(replace(known, platform_id=platform_id, active=True))
    if there is not None:
        stores.chats.save(replace(there, platform_id=known.platform_id, active=False))
    stores.outbox.forget_messages(chat)


def poll_subject(stores: Stores, *, poll: str) -> tuple[Subject | None, bool]:
    """What a poll is about, and whether an answer is still to come that might tell."""
    return stores.outbox.poll_subject(poll), stores.deliveries.any_under_way()


def group_without(stores: Stores, *, poll: str, voter: int) -> int | None:
    """The group in which a poll was posted, where its voter is not known to be (both by the platform's ids).

    The platform tells who has voted, not where: a poll that was forwarded has the same votes.
    """
    posted = stores.outbox.poll_chat(poll)
    group = None if posted is None else stores.chats.get(posted)
    if group is None or not group.is_group:
        return None
    member = stores.members.find(voter)
    return None if member is not None and stores.members.is_in(group.id, member.id) else group.platform_id
