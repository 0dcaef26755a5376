"""The store: which engine it is on is decided by its address."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from domain.admin.enterprise import DEFAULT, Enterprise
from domain.messaging.composing import Renderer
from storage.sqlite import SQLiteDatabase
from storage.transactions import Database, OutcomeOpen, StoreError

__all__ = ["Database", "OutcomeOpen", "SQLiteDatabase", "StoreError", "connect"]
SQLITE = "sqlite:///"


def connect(url: str, renderer: Renderer, now: Callable[[], datetime], enterprise: Enterprise = DEFAULT) -> Database:
    """Make the store at an address, not open yet; it opens and closes as a context."""
    if not url.startswith(SQLITE):
        from storage.postgres import PostgresDatabase  # noqa: PLC0415 - its driver takes a tenth of a second to import

        return PostgresDatabase(url, renderer, now, enterprise)
    return SQLiteDatabase(Path(url.removeprefix(SQLITE)), renderer, now, enterprise)
