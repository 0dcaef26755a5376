"""What statements about the outbox have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from domain.messaging.message import Subject
from storage.cipher import Cipher
from storage.messaging.tables import outbox

row = outbox.c
# As the partial index says it: SQLite uses one only where the statement has the index's own condition.
IN_QUEUE = text("outbox.state IN ('queued', 'sending')")
ABOUT = "outbox"  # what is encrypted is for


def to_subject(about: str | None) -> Subject | None:
    """What a row is about."""
    return None if about is None else Subject.read(about)


@dataclass(frozen=True, slots=True)
class OutboxPart:
    """A part of the outbox's store, in one transaction, at one moment."""

    connection: Connection
    at: datetime
    cipher: Cipher
    used: Callable[[], object]  # is told that there may be something to send
