"""Drafts in the store."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from domain.ids import ChatId, DraftId, MemberId
from domain.messaging.draft import Draft
from domain.table import Code
from storage.base import Id, metadata
from storage.cipher import Cipher
from storage.columns import Json, Moment
from storage.feature import ERASED, MEMBER, Feature, Personal, subject
from storage.keys import Keyring
from storage.messaging.tables import encrypted_chats

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("chat_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("step", String(32), nullable=False),
    Column("entries", Json, nullable=False),
    Column("begun_at", Moment, nullable=False),
    UniqueConstraint("member_id", "chat_id"),
    sqlite_autoincrement=True,  # the name of a draft's message must never mean a later draft
)

draft = drafts.c
DRAFTS = select(draft.id, draft.kind, draft.member_id, draft.chat_id, draft.step, draft.entries)
GET = DRAFTS.where(draft.id == bindparam("draft"))
OPEN_OF = DRAFTS.where(draft.member_id == bindparam("member"), draft.chat_id == bindparam("chat"))
ADD = insert(drafts).returning(draft.id)
SAVE = (
    update(drafts)
    .where(draft.id == bindparam("draft"))
    .values(step=bindparam("new_step"), entries=bindparam("new_entries", type_=drafts.c.entries.type))
)
UNDER = select(encrypted_chats.c.key_id).where(encrypted_chats.c.chat_id == bindparam("chat"))
ABOUT = "draft"  # what is encrypted is for
REMOVE = delete(drafts).where(draft.id == bindparam("draft"))


class Drafts:
    """See `domain.messaging.draft.Drafts`."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self.connection = connection
        self.cipher = Cipher(keyring)

    def _one(self, statement: Any, **values: Any) -> Draft | None:
        row = self.connection.execute(statement, values).one_or_none()
        if row is None:
            return None
        id_, kind, member, chat, step, entries = row
        known = self.cipher.decrypt_body(entries, ABOUT)
        return None if known is None else Draft(DraftId(id_), kind, MemberId(member), ChatId(chat), step, known)

    def _kept(self, draft: Draft) -> Mapping[str, Any]:
        """What was entered, encrypted where the chat is under a key."""
        key = self.connection.execute(UNDER, {"chat": draft.chat}).scalar_one_or_none()
        return self.cipher.encrypt_body(key, dict(draft.values), ABOUT)

    def get(self, draft: DraftId) -> Draft | None:
        """One draft, if it is still open."""
        return self._one(GET, draft=draft)

    def open_of(self, member: MemberId, chat: ChatId) -> Draft | None:
        """The draft that a member is writing in a chat."""
        return self._one(OPEN_OF, member=member, chat=chat)

    def add(self, draft: Draft, at: datetime) -> Draft:
        """Begin a draft; its id is given now."""
        values = {
            "kind": draft.form,
            "member_id": draft.member,
            "chat_id": draft.chat,
            "step": draft.step,
            "entries": self._kept(draft),
            "begun_at": at,
        }
        number = DraftId(self.connection.execute(ADD, values).scalar_one())
        return Draft(number, draft.form, draft.member, draft.chat, draft.step, draft.values)

    def save(self, draft: Draft) -> None:
        """Remember what has changed."""
        values = {"draft": draft.id, "new_step": draft.step, "new_entries": self._kept(draft)}
        self.connection.execute(SAVE, values)

    def remove(self, draft: DraftId) -> None:
        """It is finished or given up."""
        self.connection.execute(REMOVE, {"draft": draft})


OWN_DRAFTS = select(draft.kind, draft.entries, draft.begun_at).where(draft.member_id == MEMBER)


# Entries that people write, or choose by a date; all others are the program's own numbers and marks.
DUE, WANTED = "due", "wanted"
WORDS = {"name", "options", "question", "text", "value", "what", "who", DUE, WANTED}


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """What was begun, and what was written so far."""
    kind, entries, begun_at = line
    words = WORDS - {"name"} if kind == "setting" else WORDS  # there it is that of the setting
    written = (_written(name, str(value)) for name, value in entries.items() if value and name in words)
    return Code(f"draft.{kind}"), [one for one in written if one], begun_at


def _written(name: str, value: str) -> str | datetime:
    """A deadline is kept in seconds; of owners, those who were chosen by a button are kept by their numbers."""
    if name == DUE and value.isdecimal():
        return datetime.fromtimestamp(int(value), UTC)
    lines = value.split("\n")
    if name == WANTED:
        lines = [one.removeprefix("?") for one in lines if one[:1] in ("?", "@")]
    return " ".join(" ".join(lines).split())


FEATURE = Feature(
    tables=(drafts,),
    personal=(Personal(500, "drafts", OWN_DRAFTS, _told),),
    erase_member=(delete(drafts).where(draft.member_id == ERASED),),
    open_subjects=(select(subject("draft:", draft.id)),),
)
