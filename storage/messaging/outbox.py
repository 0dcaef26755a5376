"""The outbox in the store: what waits to be said, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Select, and_, bindparam, delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from domain.ids import ChatId
from domain.messaging.chat import Chat
from domain.messaging.delivery import ENDED, Action, Delivery, IfUnknown, Receipt, State
from domain.messaging.message import NOWHERE, Button, DeepLink, Document, Message, Poll, Subject, Thread
from domain.messaging.message import Action as Pressable
from storage.dialects import insert_new
from storage.messaging.chat import Chats, chats
from storage.messaging.quiet import Quiets
from storage.messaging.tables import documents, outbox

LINK = "start:"  # before the payload of a button that opens the private chat
MAX_MESSAGE_CHARS = 4096  # characters of a message, the platform's limit


class Renderer(Protocol):
    """Who finds the words for a text by its name, in a chat's language."""

    def text(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        """A message, as the chat's HTML."""

    def label(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        """What stands on a button: no markup."""


row = outbox.c
target = outbox.alias("target")
STANDING = (row.about == bindparam("about"), row.action.in_((Action.SAY.value, Action.ASK.value)), ~row.gone)
PUT = insert_new(outbox, ("key",))
TARGETS = (
    select(row.id, row.chat_id, row.state, row.body)
    .where(*STANDING, row.state.in_((State.QUEUED.value, State.SENDING.value, State.SENT.value, State.UNKNOWN.value)))
    .order_by(row.id)
)
REPLACE_BODY = (
    update(outbox).where(row.id == bindparam("delivery")).values(body=bindparam("new_body", type_=outbox.c.body.type))
)
MARK_GONE = update(outbox).where(row.id == bindparam("delivery")).values(gone=True)
FORGET_MESSAGES = (
    update(outbox)
    .where(row.chat_id == bindparam("chat"), row.message_id.is_not(None))
    .values(message_id=None, gone=True)
)
POLL_SUBJECT = select(row.about).where(row.poll_id == bindparam("poll")).limit(1)
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
    )
    .join(chats, chats.c.id == row.chat_id)
    .outerjoin(target, target.c.id == row.target_id)
)
# As the partial index says it: SQLite uses one only where the statement has the index's own condition.
IN_QUEUE = text("outbox.state IN ('queued', 'sending')")
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
DUE = (
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
SENT = (
    update(outbox)
    .where(row.id == bindparam("delivery"))
    .values(
        state=State.SENT.value,
        message_id=bindparam("new_message"),
        poll_id=bindparam("new_poll"),
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
    id_, chat, place, action, about, body, urgent, tries, message, put_at, if_unknown, unknown_at = found
    policy = IfUnknown(if_unknown)
    whole = (_read(about), body, urgent, tries, message, put_at, policy, unknown_at)
    return Delivery(id_, ChatId(chat), place, Action(action), *whole)


@dataclass(frozen=True, slots=True)
class Outbox:
    """See `domain.messaging.outbox.Outbox`. `renderer` finds what to say in a chat's language.

    `meant` is when what is said was to be said, where that is not now.
    """

    connection: Connection
    renderer: Renderer
    at: datetime
    meant: datetime | None = None

    def send(
        self,
        chat: ChatId,
        message: Message,
        *,
        key: str,
        thread: Thread = NOWHERE,
        urgent: bool = False,
        if_unknown: IfUnknown | None = None,
    ) -> None:
        """Say something in a chat."""
        body = self._composed(chat, message) | _place(thread)
        policy = if_unknown or _usual(urgent=urgent)
        self._put(chat, Action.SAY, body, key=key, subject=message.subject, urgent=urgent, if_unknown=policy)

    def send_poll(
        self,
        chat: ChatId,
        poll: Poll,
        *,
        key: str,
        subject: Subject,
        thread: Thread = NOWHERE,
        urgent: bool = False,
        if_unknown: IfUnknown = IfUnknown.LEAVE,
    ) -> None:
        """Post a poll."""
        body = {
            "question": poll.question,
            "options": poll.options,
            "anonymous": poll.anonymous,
            "correct": poll.correct,
            "explanation": poll.explanation,
            "closes_at": poll.closes_at and int(poll.closes_at.timestamp()),
        }
        whole = body | _place(thread)
        self._put(chat, Action.ASK, whole, key=key, subject=subject, urgent=urgent, if_unknown=if_unknown)

    def send_document(
        self,
        chat: ChatId,
        document: Document,
        caption: Message,
        *,
        key: str,
        thread: Thread = NOWHERE,
        urgent: bool = False,
        if_unknown: IfUnknown | None = None,
    ) -> None:
        """Send a file, with a text below it."""
        place = Chats(self.connection).get(chat)
        name = f"{self.renderer.label(place, document.text, document.values)}.{document.ending}"
        body = self._composed(chat, caption) | {"name": name} | _place(thread)
        policy = if_unknown or _usual(urgent=urgent)
        self._put(chat, Action.DOCUMENT, body, key=key, urgent=urgent, if_unknown=policy)
        self.connection.execute(ATTACH, {"content": document.content, "key": key})

    def content(self, delivery: int) -> bytes:
        """What is in the file that is to be sent."""
        return bytes(self.connection.execute(CONTENT, {"delivery": delivery}).scalar_one())

    def drop_content(self, delivery: int) -> None:
        """A file is not needed any more."""
        self.connection.execute(DROP_CONTENT, {"delivery": delivery})

    def edit(self, subject: Subject, message: Message, *, key: str) -> None:
        """Replace text and buttons of every message about a subject that still stands; somebody waits for that."""
        for target, chat, state, former in self._targets(subject):
            body = self._composed(chat, message)
            if state is State.QUEUED:
                self.connection.execute(REPLACE_BODY, {"delivery": target, "new_body": former | body})
                continue
            if state is State.SENDING:  # should it be queued again, it still goes before its change
                self.connection.execute(HURRY, {"delivery": target})
            self._put(chat, Action.REWRITE, body, key=f"{key}:{target}", target=target, urgent=True)

    def close_poll(self, subject: Subject, *, key: str) -> bool:
        """Stop the poll about a subject; one that was not posted yet never is. False where none stands."""
        posted = False
        for message, chat, state, _ in self._targets(subject):
            if state is State.QUEUED:
                self.set_state(message, State.WITHDRAWN)
            else:
                self._put(chat, Action.CLOSE_POLL, {}, key=f"{key}:{message}", subject=subject, target=message)
                posted = True
        return posted

    def delete(self, subject: Subject, *, key: str) -> None:
        """Delete every message about a subject that still stands; what was not sent yet never is."""
        for message, chat, state, _ in self._targets(subject):
            self.connection.execute(MARK_GONE, {"delivery": message})
            if state is State.QUEUED:
                self.set_state(message, State.WITHDRAWN)
            else:
                self._put(chat, Action.TAKE_BACK, {}, key=f"{key}:{message}", target=message)

    def _targets(self, subject: Subject) -> list[tuple[int, ChatId, State, dict[str, Any]]]:
        rows = self.connection.execute(TARGETS, {"about": str(subject)}).all()
        return [(id_, ChatId(chat), State(state), body) for id_, chat, state, body in rows]

    def _composed(self, chat: ChatId, message: Message) -> dict[str, Any]:
        place = Chats(self.connection).get(chat)

        def label(button: Button) -> tuple[str, str]:
            return self.renderer.label(place, button.text, button.values), _carried(button.action)

        body: dict[str, Any] = {
            "text": self.renderer.text(place, message.text, message.values),
            "buttons": [[label(button) for button in line] for line in message.buttons],
        }
        if message.prompt is not None:
            body["prompt"] = self.renderer.label(place, message.prompt.text, message.prompt.values)
        return body | {"silent": True} if message.silent else body

    def _put(
        self,
        chat: ChatId,
        action: Action,
        body: Mapping[str, Any],
        *,
        key: str,
        subject: Subject | None = None,
        target: int | None = None,
        urgent: bool = False,
        if_unknown: IfUnknown = IfUnknown.LEAVE,
    ) -> None:
        about = None if subject is None else str(subject)
        values = {"key": key, "chat_id": chat, "action": action, "about": about, "target_id": target, "body": body}
        more = {"urgent": urgent, "if_unknown": if_unknown, "state": State.QUEUED}
        speaks = action not in (Action.REWRITE, Action.CLOSE_POLL, Action.TAKE_BACK)
        turn = self._turn(chat) if speaks and not urgent else {"put_at": self.at, "not_before": None}
        self.connection.execute(PUT, values | more | turn)

    def _turn(self, chat: ChatId) -> dict[str, datetime | None]:
        """When the clock may say something: when it was meant for, or once the chat's quiet hours are over."""
        end = Quiets(self.connection).of(chat).end(Chats(self.connection).get(chat), self.at)
        quiet = end > self.at
        return {"put_at": end if quiet else self.meant or self.at, "not_before": end if quiet else None}

    def forget_messages(self, chat: ChatId) -> None:
        """What was posted in a chat can no longer be found by the platform's ids: they mean other messages now."""
        self.connection.execute(FORGET_MESSAGES, {"chat": chat})

    def poll_subject(self, platform_poll: str) -> Subject | None:
        """What a poll is about; `None` for one that nobody here posted."""
        return _read(self.connection.execute(POLL_SUBJECT, {"poll": platform_poll}).scalar_one_or_none())

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
            found += [to_delivery(one) for one in self.connection.execute(DUE, values)] if len(found) < limit else []
        return found

    def claim(self, delivery: int, holder: str, until: datetime) -> None:
        """Note that somebody is about to make a delivery's call, and until when that may take."""
        self.connection.execute(CLAIM, {"delivery": delivery, "new_holder": holder, "until": until})

    def hand_back(self, delivery: int) -> None:
        """Queue a claimed delivery again whose call was not made."""
        self.set_state(delivery, State.QUEUED)

    def preface(self, delivery: Delivery, text: str, values: Mapping[str, Any]) -> Delivery:
        """What is said with another text above it, as far as both fit into one message."""
        chat = Chats(self.connection).get(delivery.chat)
        whole = f"{self.renderer.text(chat, text, values)}\n{delivery.body['text']}"
        return replace(delivery, body={**delivery.body, "text": whole}) if len(whole) <= MAX_MESSAGE_CHARS else delivery

    def under_way(self) -> list[tuple[Delivery, datetime | None]]:
        """Rows whose call may be under way, with the end of their lease."""
        return [(to_delivery(found), until) for *found, until in self.connection.execute(UNDER_WAY)]

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
        values = {"delivery": delivery, "new_message": receipt.message, "new_poll": receipt.poll, "ended": self.at}
        self.connection.execute(SENT, values)

    def put_off(self, delivery: int, until: datetime, error: str) -> None:
        """Queue a delivery again, not before a moment."""
        self.connection.execute(PUT_OFF, {"delivery": delivery, "until": until, "new_error": error})

    def any_under_way(self) -> bool:
        """Whether the answer to some call is still to come."""
        return self.connection.execute(ANY_UNDER_WAY).first() is not None


def _usual(*, urgent: bool) -> IfUnknown:
    """A person waits for what is urgent, and hears it twice rather than not at all."""
    return IfUnknown.AGAIN if urgent else IfUnknown.LEAVE


def _read(about: str | None) -> Subject | None:
    return None if about is None else Subject.read(about)


def _carried(action: Pressable | DeepLink) -> str:
    """What a button does, as the store keeps it until the platform's side reads it."""
    return f"{LINK}{action.payload}" if isinstance(action, DeepLink) else str(action)


def _place(thread: Thread) -> dict[str, int | None]:
    return {"reply_to": thread.reply_to, "topic": thread.topic}
