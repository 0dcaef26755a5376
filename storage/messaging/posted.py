"""Messages in the store: which of them stand, and what they are about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from domain.ids import ChatId
from domain.messaging.delivery import DRAWN, Call, IfUnknown, State
from domain.messaging.message import Subject
from domain.messaging.rows import LastEdit, Standing
from storage.cipher import Cipher, key_of_body
from storage.dialects import batch, insert_new
from storage.messaging.rows import ABOUT, OutboxPart, row, to_subject
from storage.messaging.tables import outbox
from storage.prepared import Prepared

target = outbox.alias("target")
IS_SAID = or_(row.action == Call.SEND.value, row.action == Call.SEND_POLL.value)
IS_THERE = (IS_SAID, ~row.gone)
STANDING = (row.about == bindparam("about"), *IS_THERE)
PUT = insert_new(outbox, ("key",)).returning(outbox.c.id)
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
WITH_EDIT = (
    select(row.id, row.chat_id, row.state, row.body, last_edit.c.id, last_edit.c.state, EDITED_AT, last_edit.c.body)
    .select_from(outbox.outerjoin(last_edit, last_edit.c.id == NEWEST_EDIT))
    .where(*IS_THERE, STANDS)
    .order_by(row.id)
)
TARGETS = Prepared(WITH_EDIT.where(row.about == bindparam("about")))
subjects = batch("subjects", about=Text())
TARGETS_ABOUT = Prepared(WITH_EDIT.add_columns(row.about).where(row.about.in_(select(subjects.c.about))))
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


def to_standing(cipher: Cipher, row: int, chat: int, state: str, body: Mapping[str, Any], *edit: Any) -> Standing:
    """A row of TARGETS as the domain's."""
    edited, edit_state, at, made = edit
    last = None if edited is None else LastEdit(edited, State(edit_state), at, is_drawn=DRAWN in made)
    words = cipher.decrypt_body(body, ABOUT) or {}
    return Standing(row, ChatId(chat), State(state), words, last, key_of_body(body))


@dataclass(frozen=True, slots=True)
class Posted(OutboxPart):
    """The part of `domain.messaging.rows.Rows` about messages that were said."""

    def standing(self, subject: Subject) -> list[Standing]:
        """Every message about a subject that still stands or waits."""
        return [to_standing(self.cipher, *found) for found in TARGETS(self.connection, {"about": str(subject)})]

    def standing_about(self, subjects: Collection[Subject]) -> Sequence[tuple[Subject, Standing]]:
        """The same for several subjects, each message with its own."""
        given = orjson.dumps([{"about": str(one)} for one in subjects]).decode()
        return [
            (Subject.read(about), to_standing(self.cipher, *found))
            for *found, about in TARGETS_ABOUT(self.connection, {"subjects": given})
        ]

    def drop_waiting_edits(self, target: int) -> None:
        """Edits of a row's message that wait for their moment are not made."""
        self.connection.execute(DROP_WAITING_EDITS, {"target": target, "ended": self.at})

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
        return to_subject(self.connection.execute(POLL_SUBJECT, {"poll": platform_poll}).scalar_one_or_none())

    def poll_chat(self, platform_poll: str) -> ChatId | None:
        """Where a poll was posted; `None` for one that nobody here posted."""
        return self.connection.execute(POLL_CHAT, {"poll": platform_poll}).scalar_one_or_none()

    def subject(self, chat: ChatId, message: int) -> Subject | None:
        """What a posted message (the platform's id) is about."""
        return to_subject(self.connection.execute(SUBJECT, {"chat": chat, "message": message}).scalar_one_or_none())

    def said_at(self, chat: ChatId, message: int) -> datetime | None:
        """When a posted message (the platform's id) was put; `None` for one that nobody here posted."""
        return self.connection.execute(SAID_AT, {"chat": chat, "message": message}).scalar_one_or_none()

    def message_about(self, subject: Subject) -> int | None:
        """The platform's id of the newest message about a subject that still stands."""
        return self.connection.execute(MESSAGE_ABOUT, {"about": str(subject)}).scalar_one_or_none()
