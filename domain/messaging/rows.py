"""The rows of the outbox as the store keeps them: calls to be made, and messages that stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from domain.messaging.delivery import Deliveries, IfUnknown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from domain.ids import ChatId
    from domain.messaging.composing import Turn
    from domain.messaging.delivery import Call, State
    from domain.messaging.encryption import KeyId
    from domain.messaging.message import Subject


@dataclass(frozen=True, slots=True)
class Row:
    """A call to be made, ready for the store; `target` is the row whose message it changes.

    `under` is the key that it is kept under, if any.
    """

    key: str
    chat: ChatId
    call: Call
    body: Mapping[str, Any]
    turn: Turn
    subject: Subject | None = None
    target: int | None = None
    urgent: bool = False
    if_unknown: IfUnknown = IfUnknown.LEAVE
    under: KeyId | None = None


@dataclass(frozen=True, slots=True)
class LastEdit:
    """The newest edit of a message: its row, and when it was made or, while it waits, put."""

    id: int
    state: State
    at: datetime
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in a chat, or is about to: its row, and the key that it is kept under, if any."""

    id: int
    chat: ChatId
    state: State
    body: Mapping[str, Any]
    edit: LastEdit | None
    under: KeyId | None = None


class Rows(Deliveries, Protocol):
    """The outbox's rows in the store."""

    def put(self, row: Row) -> bool:
        """Add a row; false where its key was there before, and it is not added again."""

    def attach(self, key: str, content: bytes) -> None:
        """Keep what is in a file, until the row with the key was sent."""

    def standing(self, subject: Subject) -> Sequence[Standing]:
        """Every message about a subject that still stands or waits."""

    def standing_about(self, subjects: Collection[Subject]) -> Sequence[tuple[Subject, Standing]]:
        """The same for several subjects, each message with its own."""

    def withdraw(self, chat: ChatId) -> None:
        """Nothing that a chat was still to hear is said."""

    def drop_waiting_edits(self, target: int) -> None:
        """Edits of a row's message that wait for their moment are not made."""

    def replace_body(self, row: int, body: Mapping[str, Any], under: KeyId | None) -> None:
        """Let a row that waits say something else, kept under a key, if any."""

    def hurry(self, row: int) -> None:
        """Somebody waits for a row now."""

    def mark_gone(self, row: int) -> None:
        """A message stands no more."""

    def adopt(self, chat: ChatId, message: int, subject: Subject) -> None:
        """Know a message that somebody else has written (the platform's id), so that it can be deleted."""

    def rename(self, old: Subject, new: Subject) -> None:
        """Let all messages about a subject be about another one."""

    def forget(self, subject: Subject) -> None:
        """Remove the rows of all messages about a subject whose calls have ended."""

    def forget_messages(self, chat: ChatId) -> None:
        """What was posted in a chat can no longer be found by the platform's ids: they mean other messages now."""

    def poll_subject(self, platform_poll: str) -> Subject | None:
        """What a poll is about; `None` for one that nobody here posted."""

    def poll_chat(self, platform_poll: str) -> ChatId | None:
        """Where a poll was posted; `None` for one that nobody here posted."""

    def subject(self, chat: ChatId, message: int) -> Subject | None:
        """What a posted message (the platform's id) is about."""

    def said_at(self, chat: ChatId, message: int) -> datetime | None:
        """When a posted message (the platform's id) was put; `None` for one that nobody here posted."""

    def message_about(self, subject: Subject) -> int | None:
        """The platform's id of the newest message about a subject that still stands."""
