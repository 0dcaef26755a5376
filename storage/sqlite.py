"""The store on SQLite: one writer thread with group commit, readers beside it."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as NoReaderFree
from sqlalchemy.ext.asyncio import create_async_engine

from domain.stores import Stores
from storage import migrate
from storage.outbox import Words
from storage.transactions import P, Store, StoreError, T

MOST_UNITS = 256  # in one commit
BUSY_TIMEOUT = 5  # seconds to wait for another process that holds the file


@dataclass(frozen=True, slots=True)
class Unit:
    """A use case that waits for its transaction, and who waits for it."""

    call: Callable[[Stores], Any]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]

    def resolve(self, result: Any, error: BaseException | None) -> None:
        """Answer the caller in its own loop, unless either has gone."""
        with suppress(RuntimeError):  # the loop is closed
            self.loop.call_soon_threadsafe(_resolve, self.answer, result, error)


def _resolve(answer: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if answer.done():
        return
    if isinstance(error, StopIteration):  # the one error that no future takes
        answer.set_exception(RuntimeError("a use case raised StopIteration"))
    elif error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(result)


class SQLiteStore(Store):
    """A store in one file.

    Units are handed to one thread, which owns the writing connection and commits whatever has queued up in one go, each
    unit in a savepoint of its own: a unit that fails undoes only itself. A caller is answered after the commit.
    """

    def __init__(self, file: Path, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__(words, now)
        self._file = file
        self._units: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._open = False
        self._thread = threading.Thread(target=self._write_all, name="store-writer", daemon=True)
        self._writer = create_engine(f"sqlite:///{file}", isolation_level="AUTOCOMMIT", hide_parameters=True)
        event.listen(self._writer, "connect", _prepare_writer)
        self._readers = create_async_engine(
            f"sqlite+aiosqlite:///{file}", pool_size=4, max_overflow=0, hide_parameters=True
        )
        event.listen(self._readers.sync_engine, "connect", _prepare_reader)
        event.listen(self._readers.sync_engine, "begin", _begin)

    async def open(self) -> None:
        """Bring the schema up to date and start the writer. Raises migrate.NewerSchema, StoreError."""
        await asyncio.to_thread(self._prepare)
        self._thread.start()
        self._open = True

    def _prepare(self) -> None:
        with _in_words():
            migrate.upgrade(f"sqlite:///{self._file}")
            self._writer.connect().close()  # what is wrong with the file is said here, not by the thread

    async def close(self) -> None:
        """Finish what has been handed in, and let go of the file."""
        if self._open:
            self._open = False
            self._units.put(None)
            await asyncio.to_thread(self._thread.join)
        self._writer.dispose()
        await self._readers.dispose()

    async def write(self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a use case in a transaction of its own: all of it is kept, or none.

        Raises what the use case raises; StoreError where the store cannot take it.
        """
        if not self._open:
            raise StoreError("the store is closed")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._units.put(Unit(lambda stores: use_case(stores, *args, **arguments), loop, answer))
        return await answer

    async def read(self, query: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a query on a snapshot; it can change nothing. Raises what the query raises, StoreError."""

        def run(connection: Connection) -> T:
            return query(self._stores(connection), *args, **arguments)

        with _in_words():
            async with self._readers.connect() as connection:
                return await connection.run_sync(run)

    def _write_all(self) -> None:
        with self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - what this engine is made of
            while units := self._next_units():
                self._commit(units, connection, raw)

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
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    raw.execute("ROLLBACK")
            refused = StoreError(str(error))
            done = [(unit, None, refused) for unit in units]
        for unit, result, error_of_unit in done:
            unit.resolve(result, error_of_unit)

    def _run(self, unit: Unit, connection: Connection, raw: sqlite3.Connection) -> tuple[Any, BaseException | None]:
        """One unit in its savepoint. Raises sqlite3.Error where the whole transaction is lost with it."""
        raw.execute("SAVEPOINT unit")
        try:
            with _in_words():
                result = unit.call(self._stores(connection))
        except BaseException as error:
            if not raw.in_transaction:
                raise sqlite3.OperationalError(str(error)) from error
            raw.execute("ROLLBACK TO unit")
            raw.execute("RELEASE unit")
            return None, error
        raw.execute("RELEASE unit")
        return result, None


@contextmanager
def _in_words() -> Iterator[None]:
    """What the store itself cannot do is a StoreError; what a use case did wrong stays as it is.

    Only the engine's own words are told: SQLAlchemy's hold statement and values, which are people's.
    """
    try:
        yield
    except DatabaseError as error:
        if isinstance(error, OperationalError) or type(error) is DatabaseError:
            raise StoreError(str(error.orig)) from error
        raise
    except sqlite3.OperationalError as error:
        raise StoreError(str(error)) from error
    except NoReaderFree as error:
        raise StoreError("no reader became free in time") from error


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
