"""What is to be said next, in the store, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    Text,
    and_,
    bindparam,
    case,
    or_,
    select,
    text,
    type_coerce,
    update,
)

from domain.ids import ChatId
from domain.messaging.delivery import ENDED, Call, Delivery, IfUnknown, Receipt, State
from storage.cipher import BODY, key_of_body
from storage.messaging.chat import chats
from storage.messaging.rows import ABOUT, IN_QUEUE, OutboxPart, row, to_subject
from storage.messaging.tables import outbox
from storage.prepared import Prepared

target = outbox.alias("target")
DELIVERIES: Select[Any] = (
    select(
        row.id,
        row.chat_id,
        chats.c.platform_id,
        row.action,
        row.about,
        row.body,
        row.urgent,
        row.tries,
        target.c.message_id,
        row.put_at,
        row.if_unknown,
        row.unknown_at,
        target.c.has_picture,
    )
    .join(chats, chats.c.id == row.chat_id)
    .outerjoin(target, target.c.id == row.target_id)
)
other = outbox.alias("other")
# One that goes before a row in its chat, or keeps the whole chat waiting.
BEFORE = select(other.c.id).where(
    other.c.chat_id == row.chat_id,
    text("other.state IN ('queued', 'sending')"),
    or_(
        other.c.state == State.SENDING.value,
        and_(other.c.not_before > bindparam("at"), other.c.tries > 0),  # put off; others wait for the quiet to end
        and_(
            or_(other.c.not_before.is_(None), other.c.not_before <= bindparam("at")),
            or_(other.c.urgent > row.urgent, and_(other.c.urgent == row.urgent, other.c.id < row.id)),
        ),
    ),
)
QUEUED = (
    IN_QUEUE,
    row.state == State.QUEUED.value,
    or_(row.not_before.is_(None), row.not_before <= bindparam("at")),
)
# One kind at a time: then the index gives the order, and no more is read than is taken.
DUE = Prepared(
    DELIVERIES.where(*QUEUED, row.urgent == bindparam("urgent"), ~BEFORE.exists())
    .order_by(row.id)
    .limit(bindparam("limit"))
)
UNDER_WAY = DELIVERIES.add_columns(row.lease_until).where(IN_QUEUE, row.state == State.SENDING.value)
ANY_UNDER_WAY = select(row.id).where(IN_QUEUE, row.state == State.SENDING.value).limit(1)
WAITS_IN = select(row.id).where(*QUEUED, row.chat_id == bindparam("chat")).limit(1)
CLAIM = (
    update(outbox)
    .where(row.id == bindparam("delivery"))
    .values(
        state=State.SENDING.value,
        holder=bindparam("new_holder"),
        lease_until=bindparam("until", type_=outbox.c.lease_until.type),
    )
)
SET_STATE = (
    update(outbox)
    .where(row.id == bindparam("delivery"))
    .values(
        state=bindparam("new_state"),
        error=bindparam("new_error"),
        done_at=bindparam("ended", type_=outbox.c.done_at.type),
        holder=None,
        lease_until=None,
    )
)
DOUBT = SET_STATE.values(unknown_at=bindparam("at", type_=outbox.c.unknown_at.type))
# What was encrypted is not needed once it was sent: a change of the message brings its own words.
IS_ENCRYPTED = type_coerce(row.body, Text).startswith(f'{{"{BODY}":')
SENT = (
    update(outbox)
    .where(row.id == bindparam("delivery"))
    .values(
        body=case((IS_ENCRYPTED, bindparam("empty", {}, type_=row.body.type)), else_=row.body),
        state=State.SENT.value,
        message_id=bindparam("new_message"),
        poll_id=bindparam("new_poll"),
        has_picture=bindparam("has_picture_now"),
        error=None,
        done_at=bindparam("ended", type_=outbox.c.done_at.type),
        holder=None,
        lease_until=None,
    )
)
PUT_OFF = (
    update(outbox)
    .where(row.id == bindparam("delivery"))
    .values(
        state=State.QUEUED.value,
        tries=row.tries + 1,
        not_before=bindparam("until", type_=outbox.c.not_before.type),
        error=bindparam("new_error"),
        holder=None,
        lease_until=None,
    )
)
HOLD = (
    update(outbox)
    .where(row.id == bindparam("delivery"))
    .values(tries=0, not_before=bindparam("until", type_=outbox.c.not_before.type))
)
SAY_INSTEAD = (
    update(outbox)
    .where(row.id == bindparam("delivery"))
    .values(
        action=Call.SEND.value,
        state=State.QUEUED.value,
        error=bindparam("new_error"),
        holder=None,
        lease_until=None,
    )
)
HASTEN = (
    update(outbox)
    .where(
        IN_QUEUE,
        row.state == State.QUEUED.value,
        row.not_before > bindparam("at", type_=outbox.c.not_before.type),
        or_(row.tries > 0, row.put_at > bindparam("put_after")),
    )
    .values(not_before=bindparam("at", type_=outbox.c.not_before.type))
)


def to_delivery(found: Sequence[Any]) -> Delivery:
    """A row of DELIVERIES as the domain's."""
    id_, chat, place, call, about, body, urgent, tries, message, put_at, if_unknown, unknown_at, has_picture = found
    policy = IfUnknown(if_unknown)
    whole = (to_subject(about), body, urgent, tries, message, put_at, policy, unknown_at, bool(has_picture))
    return Delivery(id_, ChatId(chat), place, Call(call), *whole)


@dataclass(frozen=True, slots=True)
class Sending(OutboxPart):
    """The part of `domain.messaging.rows.Rows` that the sender uses."""

    def due(self, at: datetime, limit: int) -> list[Delivery]:
        """What each chat hears next, answers to people first, then in their order."""
        found: list[Delivery] = []
        for urgent in (True, False):
            values = {"at": at, "urgent": urgent, "limit": limit - len(found)}
            rows = DUE(self.connection, values) if len(found) < limit else ()
            found += [one for one in map(self._readable, map(to_delivery, rows)) if one is not None]
        return found

    def _readable(self, delivery: Delivery) -> Delivery | None:
        """A delivery with its words; one that nobody can read any more is withdrawn."""
        body = self.cipher.decrypt_body(delivery.body, ABOUT)
        if body is None:
            self.set_state(delivery.id, State.WITHDRAWN)
        return None if body is None else replace(delivery, body=body, under=key_of_body(delivery.body))

    def claim(self, delivery: int, holder: str, until: datetime) -> None:
        """Note that somebody is about to make a delivery's call, and until when that may take."""
        self.connection.execute(CLAIM, {"delivery": delivery, "new_holder": holder, "until": until})

    def hand_back(self, delivery: int) -> None:
        """Queue a claimed delivery again whose call was not made."""
        self.set_state(delivery, State.QUEUED)

    def under_way(self) -> list[tuple[Delivery, datetime | None]]:
        """Rows whose call may be under way, with the end of their lease."""
        rows = self.connection.execute(UNDER_WAY).all()
        found = [(self._readable(to_delivery(cells)), until) for *cells, until in rows]
        return [(delivery, until) for delivery, until in found if delivery is not None]

    def waits_in(self, chat: ChatId) -> bool:
        """Whether a chat has something queued."""
        return self.connection.execute(WAITS_IN, {"chat": chat, "at": self.at}).first() is not None

    def set_state(self, delivery: int, state: State, *, error: str | None = None) -> None:
        """Note how far a delivery has come."""
        ended = self.at if state in ENDED else None
        values = {"delivery": delivery, "new_state": state, "new_error": error, "ended": ended}
        self.connection.execute(SET_STATE, values)

    def set_unknown(self, delivery: int, state: State, *, error: str, at: datetime) -> None:
        """Note that nobody knows whether a message was said, and what becomes of it."""
        ended = at if state in ENDED else None
        values = {"delivery": delivery, "new_state": state, "new_error": error, "ended": ended, "at": at}
        self.connection.execute(DOUBT, values)

    def sent(self, delivery: int, receipt: Receipt) -> None:
        """Note what the platform answered."""
        told = {"new_message": receipt.message, "new_poll": receipt.poll, "has_picture_now": receipt.has_picture}
        self.connection.execute(SENT, {"delivery": delivery, "ended": self.at, **told})

    def put_off(self, delivery: int, until: datetime, error: str) -> None:
        """Queue a delivery again, not before a moment."""
        self.connection.execute(PUT_OFF, {"delivery": delivery, "until": until, "new_error": error})

    def hold(self, delivery: int, until: datetime) -> None:
        """Keep a delivery waiting until a moment, as one that was not tried yet."""
        self.connection.execute(HOLD, {"delivery": delivery, "until": until})

    def say_instead(self, delivery: int, error: str) -> None:
        """Queue a reaction again as the message that stands for it."""
        self.connection.execute(SAY_INSTEAD, {"delivery": delivery, "new_error": error})

    def hasten(self, at: datetime, *, put_after: datetime) -> None:
        """Let go at once what was tried and waits, and what waits that was put later than a moment."""
        self.connection.execute(HASTEN, {"at": at, "put_after": put_after})

    def any_under_way(self) -> bool:
        """Whether the answer to some call is still to come."""
        return self.connection.execute(ANY_UNDER_WAY).first() is not None
