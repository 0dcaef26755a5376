"""The way to authors of suggestions, and the words that hide one, in the store."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MemberId, SuggestionId
from domain.voice.suggestion import MailboxId
from domain.voice.suggestion.channel import Letter
from storage.admin.seal import Sealing
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import insert_new
from storage.feature import ERASED, MEMBER, NOBODY, Feature, Personal
from storage.voice.suggestion import suggestions

suggestion_mailboxes = Table(
    "suggestion_mailboxes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("hour", String(64), nullable=False),
    Index(None, "hour"),
)
suggestion_letters = Table(
    "suggestion_letters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("suggestion_id", Id, ForeignKey("suggestions.id"), nullable=False, index=True),
    Column("by_id", Id, ForeignKey("members.id"), index=True),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
hidden_words = Table("hidden_words", metadata, Column("word", String(64), primary_key=True))

mailbox, letter = suggestion_mailboxes.c, suggestion_letters.c
OPEN = insert(suggestion_mailboxes)
CHAT = select(mailbox.sealed).where(mailbox.id == bindparam("mailbox"))
OPENED = select(func.count()).where(mailbox.hour == bindparam("its_hour"))
CLOSE = delete(suggestion_mailboxes).where(mailbox.id == bindparam("mailbox"))
WRITE = insert(suggestion_letters)
LETTERS = (
    select(letter.by_id, letter.text, letter.at)
    .where(letter.suggestion_id == bindparam("suggestion"))
    .order_by(letter.id)
)
WORDS = select(hidden_words.c.word).order_by(hidden_words.c.word)
ADD_WORD = insert_new(hidden_words, ("word",))
REMOVE_WORD = delete(hidden_words).where(hidden_words.c.word == bindparam("old_word"))


class Mailboxes:
    """See `domain.voice.suggestion.channel.Mailboxes`. The key is made of the one that seals the audit log."""

    def __init__(self, connection: Connection, sealing: Sealing | None = None) -> None:
        self.connection = connection
        self.key = sealing.key if sealing else None
        secret = self.key.mac("mailbox") if self.key else None
        self.fernet = Fernet(urlsafe_b64encode(bytes.fromhex(secret))) if secret else None

    def open(self, chat: ChatId, hour: str) -> MailboxId | None:
        """Make a mailbox of an author who writes in an hour; `None` where the program has no key."""
        if self.fernet is None:
            return None
        number = MailboxId(secrets.token_hex(16))
        row = {"id": number, "sealed": self.seal(str(chat)), "hour": self.mark(f"{chat} {hour}")}
        self.connection.execute(OPEN, row)
        return number

    def chat(self, mailbox: MailboxId) -> ChatId | None:
        """Whose it is; `None` where the key is not the one that it was made with."""
        sealed = self.connection.execute(CHAT, {"mailbox": mailbox}).scalar_one_or_none()
        opened = None if sealed is None else self.unseal(sealed)
        return None if opened is None else ChatId(int(opened))

    def seal(self, text: str) -> str:
        """A text that only the program can read; empty without a key. A token tells no time."""
        return self.fernet.encrypt_at_time(text.encode(), 0).decode() if self.fernet else ""

    def unseal(self, sealed: str) -> str | None:
        """What was sealed; `None` for anything else."""
        try:
            return self.fernet.decrypt(sealed.encode()).decode() if self.fernet else None
        except InvalidToken:
            return None

    def opened(self, chat: ChatId, hour: str) -> int:
        """How many an author has opened in an hour."""
        if self.key is None:
            return 0
        return self.connection.execute(OPENED, {"its_hour": self.mark(f"{chat} {hour}")}).scalar_one()

    def close(self, mailbox: MailboxId) -> None:
        """Forget whose it is."""
        self.connection.execute(CLOSE, {"mailbox": mailbox})

    def mark(self, text: str) -> str:
        """What stands for a text."""
        return self.key.mac("mark", text) if self.key else secrets.token_hex(32)

    def write(self, suggestion: SuggestionId, by: MemberId | None, text: str, at: datetime) -> None:
        """Keep a letter about a suggestion; `by` is who is in charge, `None` its author."""
        self.connection.execute(WRITE, {"suggestion_id": suggestion, "by_id": by, "text": text, "at": at})

    def letters(self, suggestion: SuggestionId) -> list[Letter]:
        """The letters about a suggestion, oldest first."""
        rows = self.connection.execute(LETTERS, {"suggestion": suggestion})
        return [Letter(by and MemberId(by), text, at) for by, text, at in rows]


class HiddenWords:
    """See `domain.voice.suggestion.hiding.HiddenWords`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def all(self) -> list[str]:
        """The list, in the order of the alphabet."""
        return list(self.connection.execute(WORDS).scalars())

    def change(self, added: Collection[str], removed: Collection[str]) -> None:
        """Add words that are not there, and remove others."""
        for word in added:
            self.connection.execute(ADD_WORD, {"word": word})
        for word in removed:
            self.connection.execute(REMOVE_WORD, {"old_word": word})


OWN_LETTERS = (
    select(letter.suggestion_id.label("number"), letter.at, letter.text)
    .join(suggestions, suggestions.c.id == letter.suggestion_id)
    .where(or_(letter.by_id == MEMBER, (letter.by_id.is_(None)) & (suggestions.c.author_id == MEMBER)))
    .order_by(letter.id)
)
TAKE_NAME = update(suggestion_letters).where(letter.by_id == ERASED).values(by_id=NOBODY)
FEATURE = Feature(
    tables=(suggestion_mailboxes, suggestion_letters, hidden_words),
    personal=(Personal(404, "suggestion_letters", OWN_LETTERS),),
    erase_member=(TAKE_NAME,),
)
