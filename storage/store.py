"""The store: which engine it is on is decided by its address."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from storage.messaging.outbox import Words
from storage.sqlite import SQLiteStore
from storage.transactions import OutcomeOpen, Store, StoreError

__all__ = ["OutcomeOpen", "SQLiteStore", "Store", "StoreError", "connect"]
SQLITE = "sqlite:///"


def connect(url: str, words: Words, now: Callable[[], datetime]) -> Store:
    """Make the store at an address, not open yet; it opens and closes as a context."""
    if not url.startswith(SQLITE):
        from storage.postgres import PostgresStore  # noqa: PLC0415 - its driver takes a tenth of a second to import

        return PostgresStore(url, words, now)
    return SQLiteStore(Path(url.removeprefix(SQLITE)), words, now)
