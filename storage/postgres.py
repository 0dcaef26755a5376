"""The store on PostgreSQL: one writer thread with group commit, as on SQLite; writers of all programs take turns."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, Concatenate

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from domain.admin.enterprise import DEFAULT, Enterprise
from domain.messaging.composing import Renderer
from storage import migrate
from storage.dialects import GIVE_UP, address
from storage.ending import Ending
from storage.libpq import Libpq, Waiting
from storage.prepared import libpq_of
from storage.transactions import Database, OutcomeOpen, P, StoreError, StoresOf, T, told
from storage.writer import Lost, Transaction, UseCase, refresh_asked

MAX_UNITS = 50  # in one commit: the server keeps up to 64 savepoints of a transaction where they cost nothing
READERS = 4  # connections
CONNECT_TIMEOUT = 10  # seconds
# What hangs in a transaction keeps every other writer waiting, so the server ends it after ten seconds; no statement of
# a use case, and no wait for one's turn, takes half a minute.
SESSION = "-c timezone=UTC -c client_connection_check_interval=2s"
WRITER = f"{SESSION} -c idle_in_transaction_session_timeout=10s -c statement_timeout=30s"
BEGIN = b"""BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT pg_advisory_xact_lock(hashtext('jingyi writer'));
SAVEPOINT unit"""
BEGIN_READING = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# Writers of this program cannot meet; somebody's hand on the database can.
MEETINGS = ("40001", "40P01")  # serialization failure, deadlock
MAX_TRIES = 4


class PostgresDatabase(Database):
    """A store on a server, which several programs may share.

    Units of all programs come one after the other, as on SQLite: a transaction begins by waiting for its turn, and
    then each of its statements sees everything that was committed before.
    """

    def __init__(
        self, url: str, renderer: Renderer, now: Callable[[], datetime], enterprise: Enterprise = DEFAULT
    ) -> None:
        """`url` is the server's and the database's: `postgresql://user:password@host/database`."""
        self._url = url
        self._open = False
        self._engine = _engine(url, 1, WRITER)
        super().__init__(renderer, now, enterprise)
        self._readers = _engine(url, READERS, SESSION)
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")

    def _transaction(self) -> Transaction:
        return PostgresTransaction(self._engine, self._writing, self._ending)

    async def open(self) -> None:
        """Bring the schema up to date and connect. Raises migrate.NewerSchema, StoreError."""
        await asyncio.to_thread(migrate.upgrade, self._url)
        self._writer.start()
        self._open = True

    async def close(self) -> None:
        """Finish what has been handed in, and hang up."""
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
        """On a snapshot, in a thread for reading."""
        with _in_words():
            connection, server = self._snapshot()
            with connection:
                try:
                    return query(connection)
                finally:
                    try:
                        server.command(b"ROLLBACK")
                    except psycopg.Error:  # what the query met is the error to tell
                        connection.invalidate()

    def _snapshot(self) -> tuple[Connection, Libpq]:
        """A connection on which reading has begun; one that broke since the last time is made anew."""
        for _ in range(READERS + 1):  # all that there are may have broken
            connection = self._readers.connect()
            server = libpq_of(connection)
            try:
                server.command(BEGIN_READING)
            except psycopg.Error:
                connection.invalidate()
                connection.close()
            else:
                return connection, server
        raise StoreError("the server ends every connection")


def _engine(url: str, size: int, session: str) -> Engine:
    engine = create_engine(
        address(url),
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",  # transactions begin and end by statements of ours: fewer round trips
        connect_args=GIVE_UP | {"connect_timeout": CONNECT_TIMEOUT, "options": session, "prepare_threshold": 1},
    )
    event.listen(engine, "before_cursor_execute", _keep_order)
    return engine


def _keep_order(connection: Connection, *_: object) -> None:
    """What SQLAlchemy runs itself comes after what waits to be sent."""
    libpq_of(connection).flush()


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)  # noqa: S101 - what this engine is made of
    return raw


OF_THE_STORE = (psycopg.OperationalError, psycopg.InternalError, psycopg.InterfaceError)


class PostgresTransaction(Transaction):
    """The program's one writing connection; a new one where the server has ended it."""

    most_units = MAX_UNITS

    def __init__(self, engine: Engine, stores: StoresOf, ending: Ending) -> None:
        self._engine = engine
        self._stores = stores
        self._ending = ending
        self._connection: Connection | None = None
        self._marked = False
        self._mark: Waiting | None = None  # that of the unit, where it was not part of the beginning

    def begin(self) -> None:
        """Begin when no other program writes. A connection that broke since the last time is made anew."""
        self._ending.begin()
        fresh = self._connection is None
        try:
            self._connected().command(BEGIN)
        except (DBAPIError, psycopg.Error) as error:
            broken = self._connection is None or _driver(self._connection).closed
            self.close()
            if fresh or not broken:
                raise Lost(StoreError(_words(error))) from error
            self.begin()
        self._marked, self._mark = True, None

    def _connected(self) -> Libpq:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._raw = _driver(self._connection)
            self._server = libpq_of(self._connection)
        return self._server

    def mark(self) -> None:
        """Begin a unit, in the same breath as the one before ends; the server hears of it with the first statement."""
        if not self._marked:
            with self._or_lost():
                self._server.send(b"RELEASE unit")
                self._mark = self._server.send(b"SAVEPOINT unit")
        self._marked = True

    def run(self, call: UseCase) -> Any:
        """Call a use case. Raises what it raises, StoreError, Lost."""
        assert self._connection is not None  # noqa: S101 - it has begun
        try:
            with _in_words():
                result = call(self._stores(self._connection))
                self._server.flush()
                return result
        except BaseException as error:
            if self._raw.closed or (self._mark is not None and self._mark.has_failed):
                self.close()
                raise Lost(StoreError(str(error))) from error
            raise

    def keep(self) -> None:
        """The unit is well."""
        self._ending.keep()
        self._marked = False

    def undo(self) -> None:
        """Undo the unit; its mark stands for the next."""
        self._ending.undo()
        self._marked = self._mark not in self._server.forget()
        if self._marked:
            with self._or_lost():
                self._server.command(b"ROLLBACK TO unit")

    def commit(self) -> None:
        """Refresh cards, sign what was written, and make all durable.

        Where the connection breaks then, nobody knows whether it is.
        """
        assert self._connection is not None  # noqa: S101 - it has begun
        with _in_words():
            self.has_refreshed = refresh_asked(self._stores(self._connection))
            self._ending.sealing.commit(self._connection)
        try:
            ended = self._server.command(b"COMMIT")
        except psycopg.Error as error:
            broken = self._raw.closed
            self.close()
            raise Lost(OutcomeOpen(_words(error)) if broken else StoreError(_words(error))) from error
        if ended != b"COMMIT":  # a use case went on after a statement that failed
            raise Lost(StoreError("the server undid the transaction"))
        self._ending.keyring.committed()

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

    def run_again(self, error: BaseException, tries: int) -> bool:
        """What met somebody else's transaction may do better now that it has let go."""
        return _sqlstate(error.__cause__) in MEETINGS and tries < MAX_TRIES

    @contextmanager
    def _or_lost(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            self.close()
            raise Lost(StoreError(_words(error))) from error


def _words(error: Exception) -> str:
    """The server's own words, without statements and values."""
    if isinstance(error, DBAPIError):
        return told(error)
    primary = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return primary or str(error).partition("\n")[0]


def _sqlstate(error: BaseException | None) -> str:
    """The server's name for an error, where it has one."""
    told_by_server = error.orig if isinstance(error, DBAPIError) else error
    return getattr(told_by_server, "sqlstate", None) or ""


@contextmanager
def _in_words() -> Iterator[None]:
    """What the store itself cannot do is a StoreError; what a use case did wrong stays as it is."""
    try:
        yield
    except (*OF_THE_STORE, OperationalError, InternalError, InterfaceError) as error:
        raise StoreError(_words(error)) from error
