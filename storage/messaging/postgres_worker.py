"""A program among several on one PostgreSQL database: the server holds its number, and the lead of whoever leads."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

from domain.ids import WorkerId
from domain.messaging.inbox import ALONE
from storage.dialects import GIVE_UP, address
from storage.errors import StoreError
from storage.messaging.worker import Word, Worker

LEADER = "hashtext('jingyi leader')"
TAKE_LEADERSHIP = f"SELECT pg_try_advisory_lock({LEADER})"
CLASS = "hashtext('jingyi worker')"
TAKE_NUMBER = f"SELECT pg_try_advisory_lock({CLASS}, %s)"
LIVING = f"""
SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
AND classid = {CLASS}::int8::bit(32)::int8::oid
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 - a constant
CHANNEL = "jingyi"  # shared by all; a worker's own channel ends in its number, so that only that worker is woken
LISTEN = f"LISTEN {CHANNEL}; LISTEN {CHANNEL}_{{own}}"
TELL = (
    f"SELECT pg_notify(concat_ws('_', '{CHANNEL}', substring(word from '^\\d+$')), word) FROM unnest(%s::text[]) word"  # noqa: S608 - a constant
)
MAX_WORKERS = 1 << 31
LOOK_AGAIN = 1.0  # seconds
PATIENCE = 3.0  # seconds
PAUSE = 0.1  # seconds between two times of telling: much that happens at once is told once
# The server gives up a worker whose machine is gone after six seconds instead of two hours; words need not be durable.
SESSION = "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c synchronous_commit=off"
CONNECT_TIMEOUT = 10  # seconds
Asynchronous = psycopg.AsyncConnection[tuple[Any, ...]]


class PostgresWorker(Worker):
    """One of several. It lives, and leads, as long as the server holds its connection: no clock has to be right."""

    def __init__(self, url: str) -> None:
        """`url` is the database's."""
        self._url = url
        self._led = asyncio.Event()
        self._words: set[str] = set()
        self._to_tell = asyncio.Event()
        self._asking = asyncio.Lock()
        self._asked: Asynchronous | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def join(self, heard: Callable[[str], None], lost: Callable[[], None]) -> None:
        """Take a number, and lead where nobody does. Raises StoreError."""
        try:
            self._connection = await self._connect()
            self.id = await self._take_number()
            await self._connection.execute(LISTEN.format(own=self.id))
            await self._try_to_lead()
        except psycopg.Error as error:
            raise StoreError(_words(error)) from error
        self._tasks = [
            asyncio.create_task(self._watch(heard, lost), name="worker"),
            asyncio.create_task(self._tell_all(), name="worker's words"),
        ]

    async def leave(self) -> None:
        """Say what is still to be said, and hang up: with the connection go number and leadership."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(StoreError):
            await self._say()
        for connection in (self._connection, self._asked):
            if connection is not None:
                await connection.close()
        self.leads = False

    async def lead(self) -> None:
        """Wait until nobody else leads; from then on this one does."""
        await self._led.wait()

    def tell(self, word: Word | WorkerId) -> None:
        """Tell the others, soon."""
        self._words.add(str(word))
        self._to_tell.set()

    async def living(self) -> frozenset[WorkerId]:
        """Whose number the server holds. Raises StoreError."""
        return frozenset(WorkerId(number) for (number,) in await self._ask(LIVING))

    async def _connect(self) -> Asynchronous:
        url = address(self._url)
        arguments = dict(url.get_dialect()().create_connect_args(url)[1])
        arguments |= GIVE_UP | {"connect_timeout": CONNECT_TIMEOUT, "options": SESSION}
        return await psycopg.AsyncConnection.connect(**arguments, autocommit=True)

    async def _take_number(self) -> WorkerId:
        while True:
            number = WorkerId(ALONE + 1 + secrets.randbelow(MAX_WORKERS - ALONE - 1))
            if await self._holds(TAKE_NUMBER, number):
                return number

    async def _try_to_lead(self) -> None:
        if await self._holds(TAKE_LEADERSHIP):
            self.leads = True
            self._led.set()

    async def _holds(self, lock: str, *values: Any) -> bool:
        row = await (await self._connection.execute(lock, values)).fetchone()
        return row is not None and bool(row[0])

    async def _watch(self, heard: Callable[[str], None], lost: Callable[[], None]) -> None:
        """Hear the others, and take the leader's place; notice when the connection breaks."""
        try:
            while True:
                async for said in self._connection.notifies(timeout=LOOK_AGAIN):
                    heard(said.payload)
                async with asyncio.timeout(PATIENCE):
                    await (self._connection.execute("SELECT 1") if self.leads else self._try_to_lead())
        except (psycopg.Error, TimeoutError):
            lost()

    async def _tell_all(self) -> None:
        while True:
            await self._to_tell.wait()
            with suppress(StoreError):  # who waits for a word looks by itself before long
                await self._say()
            await asyncio.sleep(PAUSE)

    async def _say(self) -> None:
        self._to_tell.clear()
        words, self._words = sorted(self._words), set()
        if not words:
            return
        try:
            await self._ask(TELL, words)
        except BaseException:  # cut off by `leave`, too, which says it then
            self._words.update(words)
            raise

    async def _ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """On a connection beside the one that listens; one that broke is made anew the next time. Raises StoreError."""
        async with self._asking:
            try:
                async with asyncio.timeout(PATIENCE):
                    if self._asked is None or self._asked.closed:
                        self._asked = await self._connect()
                    return await (await self._asked.execute(statement, values)).fetchall()
            except (psycopg.Error, TimeoutError) as error:
                if self._asked is not None:
                    await self._asked.close()
                raise StoreError(_words(error)) from error


def _words(error: Exception) -> str:
    return str(error).partition("\n")[0]
