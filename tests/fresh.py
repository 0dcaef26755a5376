"""New SQLite stores get their schema from the first one of a test run: the migrations make the same each time."""

import sqlite3
import threading

from sqlalchemy import Connection

from storage import migrate

IS_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master)"


def share_fresh_schemas() -> None:
    """Run all migrations on the first new store alone, and copy it into those that follow; others are upgraded."""
    run_migrations = migrate._upgrade
    by_version: dict[str, sqlite3.Connection] = {}
    turn = threading.Lock()

    def upgrade(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection) or raw.execute(IS_EMPTY).fetchone() == (0,):
            run_migrations(connection)
            return
        with turn:
            kept = by_version.get(migrate.newest_version())
            if kept is not None:
                kept.backup(raw)
                return
            run_migrations(connection)
            raw.commit()
            kept = by_version[migrate.newest_version()] = sqlite3.connect(":memory:", check_same_thread=False)
            raw.backup(kept)

    migrate._upgrade = upgrade
