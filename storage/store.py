"""The store on SQLite: one writer thread with group commit, readers beside it."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.ext.asyncio import create_async_engine

from domain.stores import Stores as AnyStores
from storage import migrate
from storage.outbox import Words
from storage.stores import Stores

P = ParamSpec("P")
T = TypeVar("T")
MOST_UNITS = 256  # in one commit
BUSY_TIMEOUT = 5  # seconds to wait for another process that holds the file


class StoreError(Exception):
    """The store cannot take a unit: the disk is full, the file is locked or damaged. Nothing of the unit is kept."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A use case that waits for its transaction, and who waits for it."""

    call: Callable[[AnyStores], Any]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]

    def resolve(self, result: Any, error: BaseException | None) -> None:
        """Answer the caller in its own loop, unless it has gone."""
        self.loop.call_soon_threadsafe(_resolve, self.answer, result, error)


def _resolve(answer: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(result)


class SQLiteStore:
    """A store in one file.

    Units are handed to one thread, which owns the writing connection and commits whatever has queued up in one go, each
    unit in a savepoint of its own: a unit that fails undoes only itself. A caller is answered after the commit.
    """

    def __init__(self, file: Path, words: Words, now: Callable[[], datetime]) -> None:
        self._file = file
        self._words = words
        self._now = now
        self._units: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="store-writer", daemon=True)
        self._readers = create_async_engine(f"sqlite+aiosqlite:///{file}", pool_size=4, max_overflow=0)
        event.listen(self._readers.sync_engine, "connect", _prepare_reader)
        event.listen(self._readers.sync_engine, "begin", _begin)

    async def open(self) -> None:
        """Bring the schema up to date and start the writer. Raises migrate.NewerSchema, StoreError."""
        await asyncio.to_thread(self._prepare)
        self._thread.start()

    def _prepare(self) -> None:
        try:
            migrate.upgrade(f"sqlite:///{self._file}")
        except sqlite3.DatabaseError as error:
            raise StoreError(str(error)) from error

    async def close(self) -> None:
        """Finish what has been handed in, and let go of the file."""
        if self._thread.is_alive():
            self._units.put(None)
            await asyncio.to_thread(self._thread.join)
        await self._readers.dispose()

    async def write(self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a use case in a transaction of its own: all of it is kept, or none.

        Raises what the use case raises; StoreError where the store cannot take it.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._units.put(Unit(lambda stores: use_case(stores, *args, **arguments), loop, answer))
        return await answer

    async def read(self, query: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a query on a snapshot; it can change nothing."""

        def run(connection: Connection) -> T:
            return query(self._stores(connection), *args, **arguments)

        async with self._readers.connect() as connection:
            return await connection.run_sync(run)

    def _stores(self, connection: Connection) -> Stores:
        return Stores(connection, self._words, self._now())

    def _write_all(self) -> None:
        engine = create_engine(f"sqlite:///{self._file}", isolation_level="AUTOCOMMIT")
        event.listen(engine, "connect", _prepare_writer)
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - what this engine is made of
            while units := self._next_units():
                self._commit(units, connection, raw)
        engine.dispose()

    def _next_units(self) -> list[Unit]:
        """What has queued up, at least one; nothing once the store is closed."""
        first = self._units.get()
        units = [first] if first else []
        while units and len(units) < MOST_UNITS and not self._units.empty():
            unit = self._units.get()
            if unit is None:
                self._units.put(None)  # closing: after these
                break
            units.append(unit)
        return units

    def _commit(self, units: list[Unit], connection: Connection, raw: sqlite3.Connection) -> None:
        """Run units in one transaction and answer each once it is durable."""
        done: list[tuple[Unit, Any, BaseException | None]] = []
        try:
            raw.execute("BEGIN IMMEDIATE")
            for unit in units:
                done.append((unit, *self._run(unit, connection, raw)))
            raw.execute("COMMIT")
        except sqlite3.Error as error:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            refused = StoreError(str(error))
            done = [(unit, None, refused) for unit in units]
        for unit, result, error_of_unit in done:
            unit.resolve(result, error_of_unit)

    def _run(self, unit: Unit, connection: Connection, raw: sqlite3.Connection) -> tuple[Any, BaseException | None]:
        """One unit in its savepoint. Raises sqlite3.Error where the whole transaction is lost with it."""
        raw.execute("SAVEPOINT unit")
        try:
            result = unit.call(self._stores(connection))
        except BaseException as error:
            if not raw.in_transaction:
                raise sqlite3.OperationalError(str(error)) from error
            raw.execute("ROLLBACK TO unit")
            raw.execute("RELEASE unit")
            return None, error
        raw.execute("RELEASE unit")
        return result, None


def _prepare_writer(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000}")


def _prepare_reader(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, not at the first change
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
