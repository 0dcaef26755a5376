"""The outbox: whatever is to be said waits here, written in the same transaction as its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.messaging.delivery import Deliveries, IfUnknown
from domain.messaging.message import NOWHERE

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ChatId
    from domain.messaging.message import Document, Message, Poll, Subject, Thread


class Messages(Protocol):
    """What use cases put into the outbox.

    Every row has a key that is unique for ever: putting it twice says it once. A message's `subject` is what it is
    about (`task:17`), so that it can be found again: to edit or delete it, to know what a reply or a vote means.
    """

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
        """Say something in a chat; urgent ones (answers to people) go before what the clock has to say.

        `if_unknown` is what becomes of it where nobody knows whether it was said: unless it is named here, an urgent
        one is said again and any other is left.
        """

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
        """Post a poll; two of the same would share the votes, so that one is left whose posting is not known."""

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
        """Send a file, with a text below it. What is in it is forgotten once it was sent, or never can be."""

    def edit(self, subject: Subject, message: Message, *, key: str) -> None:
        """Replace text and buttons of every message about a subject that still stands; somebody waits for that."""

    def close_poll(self, subject: Subject, *, key: str) -> bool:
        """Stop the poll about a subject; one that was not posted yet never is. False where none stands."""

    def delete(self, subject: Subject, *, key: str) -> None:
        """Delete every message about a subject that still stands."""

    def forget_messages(self, chat: ChatId) -> None:
        """What was posted in a chat can no longer be found by the platform's ids: they mean other messages now."""

    def poll_subject(self, platform_poll: str) -> Subject | None:
        """What a poll is about; `None` for one that nobody here posted."""

    def subject(self, chat: ChatId, message: int) -> Subject | None:
        """What a posted message (the platform's id) is about."""

    def said_at(self, chat: ChatId, message: int) -> datetime | None:
        """When a posted message (the platform's id) was put; `None` for one that nobody here posted."""

    def message_about(self, subject: Subject) -> int | None:
        """The platform's id of the newest message about a subject that still stands."""


class Outbox(Messages, Deliveries, Protocol):
    """Both sides of it."""
