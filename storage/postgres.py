"""The store on PostgreSQL: every unit its own transaction, on one of a few connections."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, Generic

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import migrate
from storage.dialects import address
from storage.outbox import Words
from storage.transactions import P, Store, StoreError, T, told

WRITERS = 2  # connections; of more, units meet and run again more often than they gain (measured, decision 9)
READERS = 4  # connections
CONNECT_TIMEOUT = 10  # seconds
# How often a unit runs again after a serialization failure, a deadlock, and where a key was taken: perhaps by a
# transaction that it could not see yet, and will.
PATIENCE = {"40001": 12, "40P01": 12, "23505": 2}
FIRST_PAUSE, LONGEST_PAUSE = 0.002, 0.5  # seconds; each twice as long as the one before, and less by chance


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a unit came to. An error is carried as a value: some must not be raised where they would end a loop."""

    result: T | None = None
    error: BaseException | None = None


class PostgresStore(Store):
    """A store on a server, which several programs may share.

    Transactions are SERIALIZABLE: together they do what they would do one after the other, as on SQLite. Where the
    server finds that two could not have been so, one of them runs again.
    """

    def __init__(self, url: str, words: Words, now: Callable[[], datetime]) -> None:
        """`url` is the server's and the database's: `postgresql://user:password@host/database`."""
        super().__init__(words, now)
        self._url = url
        self._open = False
        self._under_way: set[asyncio.Task[Any]] = set()
        self._writers = self._engine(WRITERS, isolation_level="SERIALIZABLE")
        self._readers = self._engine(READERS, isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _engine(self, size: int, **options: Any) -> AsyncEngine:
        return create_async_engine(
            address(self._url),
            pool_size=size,
            max_overflow=0,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT, "options": "-c timezone=UTC"},
            execution_options=options,
        )

    async def open(self) -> None:
        """Bring the schema up to date and connect. Raises migrate.NewerSchema, StoreError."""
        await asyncio.to_thread(migrate.upgrade, self._url)
        self._open = True

    async def close(self) -> None:
        """Finish what has been handed in, and hang up."""
        self._open = False
        if self._under_way:
            await asyncio.wait(self._under_way)
        await self._writers.dispose()
        await self._readers.dispose()

    async def write(self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a use case in a transaction of its own: all of it is kept, or none.

        Raises what the use case raises; StoreError where the store cannot take it. A connection that is lost while the
        server commits leaves open whether the unit was kept.
        """

        def unit(connection: Connection) -> T:
            return use_case(self._stores(connection), *args, **arguments)

        return await self._finish(self._run_until_kept(unit))

    async def read(self, query: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a query on a snapshot; it can change nothing. Raises what the query raises, StoreError."""

        def unit(connection: Connection) -> T:
            return query(self._stores(connection), *args, **arguments)

        return await self._finish(_run(self._readers, unit))

    async def _finish(self, running: Coroutine[Any, Any, Outcome[T]]) -> T:
        """Run a unit to its end, also when its caller goes away meanwhile."""
        if not self._open:
            running.close()
            raise StoreError("the store is closed")
        task = asyncio.create_task(running)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        outcome = await asyncio.shield(task)
        if outcome.error is not None:
            raise _in_words(outcome.error)
        return outcome.result  # type: ignore[return-value]  # without an error it is the use case's

    async def _run_until_kept(self, unit: Callable[[Connection], T]) -> Outcome[T]:
        tries = 0
        while True:
            outcome = await _run(self._writers, unit)
            if tries >= PATIENCE.get(_sqlstate(outcome.error), 0):
                return outcome
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**tries)
            await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - only that two do not meet again
            tries += 1


async def _run(engine: AsyncEngine, unit: Callable[[Connection], T]) -> Outcome[T]:
    """Run a unit in a transaction, which is kept where the unit does not fail."""

    def run(connection: Connection) -> Outcome[T]:
        try:
            return Outcome(unit(connection))
        except BaseException as error:
            return Outcome(error=error)

    try:
        async with engine.connect() as connection:
            outcome = await connection.run_sync(run)
            await _end(connection, outcome)
            return outcome
    except (DBAPIError, NoConnectionFree) as error:
        return Outcome(error=error)


async def _end(connection: AsyncConnection, outcome: Outcome[Any]) -> None:
    if outcome.error is None:
        await connection.commit()
    else:
        await connection.rollback()


def _sqlstate(error: BaseException | None) -> str:
    """The server's name for an error, where it has one."""
    return getattr(error.orig, "sqlstate", None) or "" if isinstance(error, DBAPIError) else ""


def _in_words(error: BaseException) -> BaseException:
    """What the store itself cannot do is a StoreError; what a use case did wrong stays as it is."""
    if isinstance(error, NoConnectionFree):
        refused = StoreError("no connection became free in time")
    elif isinstance(error, OperationalError | InternalError | InterfaceError):
        refused = StoreError(told(error))
    else:
        return error
    refused.__cause__ = error
    return refused
