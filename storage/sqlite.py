"""The store on SQLite: one writer thread with group commit, readers beside it."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from domain.admin.enterprise import DEFAULT, Enterprise
from domain.messaging.composing import Renderer
from storage import migrate
from storage.admin.backlog import TOUCH
from storage.ending import Ending
from storage.transactions import Database, P, StoreError, StoresOf, T
from storage.writer import Lost, Transaction, UseCase, refresh_asked

MAX_UNITS = 256  # in one commit
READERS = 4  # connections, and threads
BUSY_TIMEOUT = 5  # seconds to wait for another process that holds the file


class SQLiteDatabase(Database):
    """A store in one file."""

    def __init__(
        self, file: Path, renderer: Renderer, now: Callable[[], datetime], enterprise: Enterprise = DEFAULT
    ) -> None:
        self._file = file
        self._open = False
        self._engine = _engine(file, 1, _prepare_writer)
        super().__init__(renderer, now, enterprise)
        self._readers = _engine(file, READERS, _prepare_reader)
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")

    def _transaction(self) -> Transaction:
        return SQLiteTransaction(self._engine, self._writing, self._ending)

    async def open(self) -> None:
        """Bring the schema up to date and start the writer. Raises migrate.NewerSchema, StoreError."""
        await asyncio.to_thread(self._prepare)
        self._writer.start()
        self._open = True

    def _prepare(self) -> None:
        with _in_words():
            migrate.upgrade(f"sqlite:///{self._file}")
            with self._engine.connect() as connection:
                connection.execute(TOUCH)  # what is wrong with the file is said here: that it may only be read, say

    async def close(self) -> None:
        """Finish what has been handed in, and let go of the file."""
        self._open = False
        await self._writer.close()
        await asyncio.to_thread(self._reading.shutdown)
        self._engine.dispose()
        self._readers.dispose()

    async def read(self, query: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a query on a snapshot; it can change nothing. Raises what the query raises, StoreError."""
        if not self._open:
            raise StoreError("the store is closed")

        def run() -> T:
            return self._read(lambda connection: query(self._stores(connection), *args, **arguments))

        return await asyncio.get_running_loop().run_in_executor(self._reading, run)

    def _read(self, query: Callable[[Connection], T]) -> T:
        """On a snapshot, in a thread for reading: a thread that only runs statements costs a change for each."""
        with _in_words(), self._readers.connect() as connection:
            raw = _driver(connection)
            raw.execute("BEGIN")
            try:
                return query(connection)
            finally:
                raw.rollback()


def _engine(file: Path, size: int, prepare: Callable[[Any, Any], None]) -> Engine:
    # Transactions begin and end by statements of ours, straight to the driver.
    made = create_engine(
        f"sqlite:///{file}", pool_size=size, max_overflow=0, hide_parameters=True, isolation_level="AUTOCOMMIT"
    )
    event.listen(made, "connect", prepare)
    return made


def _driver(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - what this engine is made of
    return raw


class SQLiteTransaction(Transaction):
    """The file's one writing connection. A unit's savepoint goes straight to the driver (3 µs, `begin_nested` 90)."""

    most_units = MAX_UNITS

    def __init__(self, engine: Engine, stores: StoresOf, ending: Ending) -> None:
        self._engine = engine
        self._stores = stores
        self._ending = ending
        self._to_tidy = False
        self._connection: Connection | None = None

    def begin(self) -> None:
        """Begin, as the only writer."""
        self._ending.begin()
        if self._connection is None:
            try:
                self._connection = self._engine.connect()
            except DatabaseError as error:
                raise Lost(StoreError(str(error.orig))) from error
            self._raw = _driver(self._connection)
        self._tell("BEGIN IMMEDIATE")

    def mark(self) -> None:
        """Begin a unit."""
        self._tell("SAVEPOINT unit")

    def run(self, call: UseCase) -> Any:
        """Call a use case. Raises what it raises, StoreError, Lost."""
        assert self._connection is not None  # noqa: S101 - it has begun
        try:
            with _in_words():
                return call(self._stores(self._connection))
        except BaseException as error:
            if not self._raw.in_transaction:
                raise Lost(StoreError(str(error))) from error
            raise

    def keep(self) -> None:
        """The unit is well."""
        self._tell("RELEASE unit")
        self._ending.keep()

    def undo(self) -> None:
        """Undo the unit."""
        self._ending.undo()
        self._tell("ROLLBACK TO unit")
        self._tell("RELEASE unit")

    def commit(self) -> None:
        """Refresh cards, sign what was written, and make all of it durable."""
        assert self._connection is not None  # noqa: S101 - it has begun
        with _in_words():
            self.has_refreshed = refresh_asked(self._stores(self._connection))
            self._ending.sealing.commit(self._connection)
        self._tell("COMMIT")
        self._to_tidy |= self._ending.keyring.committed()
        if self._to_tidy:
            self._tidy()

    def _tidy(self) -> None:
        """Something confidential is over: empty the log of changes, now or, where somebody reads it, a commit later."""
        with suppress(sqlite3.Error):
            self._raw.execute("PRAGMA busy_timeout = 0")
            ((is_busy, *_),) = self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._to_tidy = bool(is_busy)
            self._raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000}")

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _tell(self, statement: str) -> None:
        try:
            self._raw.execute(statement)
        except sqlite3.Error as error:
            if self._raw.in_transaction:
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    self._raw.execute("ROLLBACK")
            raise Lost(StoreError(str(error))) from error


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
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
            raise StoreError(str(error)) from error
        raise


def _prepare_writer(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, also in pages that become free
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000}")


def _prepare_reader(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000}")
