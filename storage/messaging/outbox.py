"""The outbox in the store: what waits to be said, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from domain.ids import ChatId
from domain.messaging.delivery import DRAWN, ENDED, Call, Delivery, IfUnknown, Receipt, State
from domain.messaging.encryption import KeyId
from domain.messaging.message import Subject
from domain.messaging.outbox import LastEdit, Row, Standing
from storage.cipher import BODY, Cipher, key_of_body
from storage.dialects import insert_new
from storage.messaging.chat import chats
from storage.messaging.tables import documents, outbox
from storage.prepared import Prepared

row = outbox.c
# As the partial index says it: SQLite uses one only where the statement has the index's own condition.
IN_QUEUE = text("outbox.state IN ('queued', 'sending')")
target = outbox.alias("target")
IS_SAID = or_(row.action == Call.SEND.value, row.action == Call.SEND_POLL.value)
STANDING = (row.about == bindparam("about"), IS_SAID, ~row.gone)
PUT = insert_new(outbox, ("key",))
STANDS = or_(*(row.state == one.value for one in (State.QUEUED, State.SENDING, State.SENT, State.UNKNOWN)))
last_edit = outbox.alias("last_edit")
edits = outbox.alias("edits")
NEWEST_EDIT = (
    select(func.max(edits.c.id))
    .where(edits.c.target_id == row.id, edits.c.action == Call.EDIT.value)
    .correlate(outbox)
    .scalar_subquery()
)
EDITED_AT = func.coalesce(last_edit.c.done_at, last_edit.c.put_at, type_=row.put_at.type)
TARGETS = Prepared(
    select(row.id, row.chat_id, row.state, row.body, last_edit.c.id, last_edit.c.state, EDITED_AT, last_edit.c.body)
    .select_from(outbox.outerjoin(last_edit, last_edit.c.id == NEWEST_EDIT))
    .where(*STANDING, STANDS)
    .order_by(row.id)
)
DROP_WAITING_EDITS = (
    update(outbox)
    .where(
        row.target_id == bindparam("target"),
        row.action == Call.EDIT.value,
        row.state == State.QUEUED.value,
        row.not_before.is_not(None),
        row.tries == 0,
    )
    .values(state=State.WITHDRAWN.value, done_at=bindparam("ended", type_=outbox.c.done_at.type))
)
REPLACE_BODY = (
    update(outbox).where(row.id == bindparam("delivery")).values(body=bindparam("new_body", type_=outbox.c.body.type))
)
WITHDRAW = (
    update(outbox)
    .where(row.chat_id == bindparam("chat"), IN_QUEUE, row.state == State.QUEUED.value)
    .values(state=State.WITHDRAWN.value, gone=True, done_at=bindparam("ended", type_=outbox.c.done_at.type))
)
MARK_GONE = update(outbox).where(row.id == bindparam("delivery")).values(gone=True)
RENAME = update(outbox).where(row.about == bindparam("old_about")).values(about=bindparam("new_about"))
ABOUT_IT = select(target.c.id).where(target.c.about == bindparam("its_subject"))
FORGET_CHANGES = delete(outbox).where(row.target_id.in_(ABOUT_IT), row.done_at.is_not(None))
FORGET = delete(outbox).where(
    row.about == bindparam("its_subject"),
    row.done_at.is_not(None),
    ~select(edits.c.id).where(edits.c.target_id == row.id).correlate(outbox).exists(),
)
FORGET_MESSAGES = (
    update(outbox)
    .where(row.chat_id == bindparam("chat"), row.message_id.is_not(None))
    .values(message_id=None, gone=True)
)
POLL_SUBJECT = select(row.about).where(row.poll_id == bindparam("poll")).limit(1)
POLL_CHAT = select(row.chat_id).where(row.poll_id == bindparam("poll")).limit(1)
SUBJECT = select(row.about).where(row.chat_id == bindparam("chat"), row.message_id == bindparam("message")).limit(1)
SAID_AT = select(row.put_at).where(row.chat_id == bindparam("chat"), row.message_id == bindparam("message")).limit(1)
MESSAGE_ABOUT = select(row.message_id).where(*STANDING, row.message_id.is_not(None)).order_by(row.id.desc()).limit(1)
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
HURRY = update(outbox).where(row.id == bindparam("delivery")).values(urgent=True)
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
ABOUT = "outbox"  # what is encrypted is for
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

# Of a row that was there already, the content may have gone; it must not come back.
ATTACH = (
    insert(documents)
    .from_select(
        ["delivery_id", "content"],
        select(row.id, bindparam("content", type_=documents.c.content.type)).where(
            row.key == bindparam("key"), row.state == State.QUEUED.value
        ),
    )
    .on_conflict_do_nothing(index_elements=[documents.c.delivery_id])
)
CONTENT = select(documents.c.content).where(documents.c.delivery_id == bindparam("delivery"))
DROP_CONTENT = delete(documents).where(documents.c.delivery_id == bindparam("delivery"))


def to_delivery(found: Sequence[Any]) -> Delivery:
    """A row of DELIVERIES as the domain's."""
    id_, chat, place, call, about, body, urgent, tries, message, put_at, if_unknown, unknown_at, has_picture = found
    policy = IfUnknown(if_unknown)
    whole = (_read(about), body, urgent, tries, message, put_at, policy, unknown_at, bool(has_picture))
    return Delivery(id_, ChatId(chat), place, Call(call), *whole)


def to_standing(cipher: Cipher, row: int, chat: int, state: str, body: Mapping[str, Any], *edit: Any) -> Standing:
    """A row of TARGETS as the domain's."""
    edited, edit_state, at, made = edit
    last = None if edited is None else LastEdit(edited, State(edit_state), at, is_drawn=DRAWN in made)
    words = cipher.decrypt_body(body, ABOUT) or {}
    return Standing(row, ChatId(chat), State(state), words, last, key_of_body(body))


@dataclass(frozen=True, slots=True)
class Rows:
    """See `domain.messaging.outbox.Rows`."""

    connection: Connection
    at: datetime
    cipher: Cipher

    def put(self, row: Row) -> None:
        """Add a row; one whose key was there before is not added again."""
        values = {
            "key": row.key,
            "chat_id": row.chat,
            "action": row.call,
            "about": None if row.subject is None else str(row.subject),
            "target_id": row.target,
            "body": self.cipher.encrypt_body(row.under, row.body, ABOUT),
            "urgent": row.urgent,
            "if_unknown": row.if_unknown,
            "state": State.QUEUED,
            "put_at": row.turn.put_at,
            "not_before": row.turn.not_before,
        }
        self.connection.execute(PUT, values)

    def attach(self, key: str, content: bytes) -> None:
        """Keep what is in a file, until the row with the key was sent."""
        self.connection.execute(ATTACH, {"content": content, "key": key})

    def content(self, delivery: int) -> bytes:
        """What is in the file that is to be sent."""
        return bytes(self.connection.execute(CONTENT, {"delivery": delivery}).scalar_one())

    def drop_content(self, delivery: int) -> None:
        """A file is not needed any more."""
        self.connection.execute(DROP_CONTENT, {"delivery": delivery})

    def standing(self, subject: Subject) -> list[Standing]:
        """Every message about a subject that still stands or waits."""
        return [to_standing(self.cipher, *found) for found in TARGETS(self.connection, {"about": str(subject)})]

    def drop_waiting_edits(self, target: int) -> None:
        """Edits of a row's message that wait for their moment are not made."""
        self.connection.execute(DROP_WAITING_EDITS, {"target": target, "ended": self.at})

    def withdraw(self, chat: ChatId) -> None:
        """Nothing that a chat was still to hear is said."""
        self.connection.execute(WITHDRAW, {"chat": chat, "ended": self.at})

    def replace_body(self, row: int, body: Mapping[str, Any], under: KeyId | None) -> None:
        """Let a row that waits say something else, kept under a key, if any."""
        kept = self.cipher.encrypt_body(under, body, ABOUT)
        self.connection.execute(REPLACE_BODY, {"delivery": row, "new_body": kept})

    def hurry(self, row: int) -> None:
        """Somebody waits for a row now."""
        self.connection.execute(HURRY, {"delivery": row})

    def mark_gone(self, row: int) -> None:
        """A message stands no more."""
        self.connection.execute(MARK_GONE, {"delivery": row})

    def adopt(self, chat: ChatId, message: int, subject: Subject) -> None:
        """Know a message that somebody else has written."""
        values = {
            "key": f"adopted:{chat}:{message}",
            "chat_id": chat,
            "action": Call.SEND,
            "about": str(subject),
            "body": {},
            "urgent": False,
            "if_unknown": IfUnknown.LEAVE,
            "state": State.SENT,
            "put_at": self.at,
            "done_at": self.at,
            "message_id": message,
        }
        self.connection.execute(PUT, values)

    def rename(self, old: Subject, new: Subject) -> None:
        """Let all messages about a subject be about another one."""
        self.connection.execute(RENAME, {"old_about": str(old), "new_about": str(new)})

    def forget(self, subject: Subject) -> None:
        """Remove the rows of all messages about a subject whose calls have ended."""
        self.connection.execute(FORGET_CHANGES, {"its_subject": str(subject)})
        self.connection.execute(FORGET, {"its_subject": str(subject)})

    def forget_messages(self, chat: ChatId) -> None:
        """What was posted in a chat can no longer be found by the platform's ids: they mean other messages now."""
        self.connection.execute(FORGET_MESSAGES, {"chat": chat})

    def poll_subject(self, platform_poll: str) -> Subject | None:
        """What a poll is about; `None` for one that nobody here posted."""
        return _read(self.connection.execute(POLL_SUBJECT, {"poll": platform_poll}).scalar_one_or_none())

    def poll_chat(self, platform_poll: str) -> ChatId | None:
        """Where a poll was posted; `None` for one that nobody here posted."""
        return self.connection.execute(POLL_CHAT, {"poll": platform_poll}).scalar_one_or_none()

    def subject(self, chat: ChatId, message: int) -> Subject | None:
        """What a posted message (the platform's id) is about."""
        return _read(self.connection.execute(SUBJECT, {"chat": chat, "message": message}).scalar_one_or_none())

    def said_at(self, chat: ChatId, message: int) -> datetime | None:
        """When a posted message (the platform's id) was put; `None` for one that nobody here posted."""
        return self.connection.execute(SAID_AT, {"chat": chat, "message": message}).scalar_one_or_none()

    def message_about(self, subject: Subject) -> int | None:
        """The platform's id of the newest message about a subject that still stands."""
        return self.connection.execute(MESSAGE_ABOUT, {"about": str(subject)}).scalar_one_or_none()

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


def _read(about: str | None) -> Subject | None:
    return None if about is None else Subject.read(about)
