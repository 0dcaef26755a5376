"""The way to and from a suggestion's author. That of an anonymous one is known to the program alone.

What the store keeps of such an author is a mailbox: the author's chat, encrypted with a key that stands outside the
store. What is said to it, and what is said on the way there, is forgotten within minutes after it was sent.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob
from domain.messaging.message import Subject
from domain.people import privacy
from domain.voice.naming import Naming

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ChatId, MemberId, SuggestionId
    from domain.messaging.draft import Draft
    from domain.messaging.message import Message
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import MailboxId, Suggestion

CONCEALED = Subject("concealed")


@dataclass(frozen=True, slots=True)
class Author:
    """What a new suggestion keeps of its author and its message."""

    member: Member
    mailbox: MailboxId | None
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A question to the author of a suggestion, or what they answered; `by` is who asked, `None` for the author."""

    by: MemberId | None
    text: str
    at: datetime


class Mailboxes(Protocol):
    """The chats of anonymous authors, each encrypted, under a number that means nothing.

    A `mark` stands for a text in a way that only the program can repeat; without a key it is chance.
    """

    def open(self, chat: ChatId, hour: str) -> MailboxId | None:
        """Make a mailbox of an author who writes in an hour; `None` where the program has no key."""

    def chat(self, mailbox: MailboxId) -> ChatId | None:
        """Whose it is; `None` where the key is not the one that it was made with."""

    def seal(self, text: str) -> str:
        """A text that only the program can read; empty without a key."""

    def unseal(self, sealed: str) -> str | None:
        """What was sealed; `None` for anything else."""

    def opened(self, chat: ChatId, hour: str) -> int:
        """How many an author has opened in an hour."""

    def close(self, mailbox: MailboxId) -> None:
        """Forget whose it is."""

    def write(self, suggestion: SuggestionId, by: MemberId | None, text: str, at: datetime) -> None:
        """Keep a letter about a suggestion; `by` is who is in charge, `None` its author."""

    def letters(self, suggestion: SuggestionId) -> list[Letter]:
        """The letters about a suggestion, oldest first."""

    def mark(self, text: str) -> str:
        """What stands for a text."""


def author_of(stores: Stores, actor: Actor, *, source: str, naming: Naming) -> Author:
    """What is kept of whoever makes a suggestion: of an anonymous one nobody, no message, and no time of day."""
    if naming is Naming.NAMED:
        return Author(actor.member, None, source, actor.now)
    mailbox = stores.mailboxes.open(actor.chat.id, _hour(actor))
    return Author(privacy.nobody(stores, actor.now), mailbox, stores.mailboxes.mark(source), day_of(actor))


def day_of(actor: Actor) -> datetime:
    """When an anonymous author did something, as it is kept: the day alone."""
    return actor.chat.local(actor.now).replace(hour=0, minute=0, second=0, microsecond=0)


def made_anonymously(stores: Stores, actor: Actor) -> int:
    """How many anonymous suggestions somebody has made in this hour."""
    return stores.mailboxes.opened(actor.chat.id, _hour(actor))


def _hour(actor: Actor) -> str:
    return actor.now.strftime("%Y-%m-%d %H")


def is_author(stores: Stores, actor: Actor, suggestion: Suggestion) -> bool:
    """Whether somebody made a suggestion."""
    if suggestion.naming is Naming.NAMED:
        return suggestion.author.id == actor.member.id
    own = actor.member.private
    return own is not None and suggestion.mailbox is not None and stores.mailboxes.chat(suggestion.mailbox) == own


def chat_of(stores: Stores, suggestion: Suggestion) -> ChatId | None:
    """Where the author of a suggestion hears of it; `None` where they have no private chat with the bot."""
    if suggestion.naming is Naming.NAMED:
        return suggestion.author.private
    return None if suggestion.mailbox is None else stores.mailboxes.chat(suggestion.mailbox)


def conceal(stores: Stores, actor: Actor, draft: Draft | None = None) -> None:
    """Clear what the store has of the talk in which somebody made an anonymous suggestion, or wrote a letter.

    Every handled update of their chat is left without words and sender, also those of other talks: then none of them
    tells anything.
    """
    stores.inbox.blank(str(actor.chat.platform_id))
    if draft is not None:
        stores.outbox.delete(draft.subject, key=f"{draft.subject}:over")
        stores.outbox.rename(draft.subject, CONCEALED)


def answer(stores: Stores, chat: ChatId, message: Message) -> None:
    """Say something to an anonymous author; the row is forgotten once it was sent."""
    key = f"concealed:{secrets.token_hex(8)}"
    stores.outbox.send(chat, replace(message, subject=CONCEALED), key=key, urgent=True)


def tell(stores: Stores, suggestion: Suggestion, message: Message, *, key: str) -> None:
    """Say something to the authors of a suggestion and of all that were merged into it, each once."""
    told: set[ChatId] = set()
    for one in (suggestion, *stores.suggestions.merged(suggestion.id)):
        chat = chat_of(stores, one)
        if chat is None or chat in told or one.taken_back:
            continue
        told.add(chat)
        if one.naming is Naming.NAMED:
            stores.outbox.send(chat, message, key=f"{key}:{one.id}")
        else:
            answer(stores, chat, message)


def forget_talks(stores: Stores, _: datetime) -> None:
    """Forget what was said to anonymous authors, once it was."""
    stores.outbox.forget(CONCEALED)


FORGETTING = Schedule("suggestion.forget", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
JOBS = (EnterpriseJob(FORGETTING, forget_talks),)
