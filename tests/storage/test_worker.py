"""Programs that share a database: who lives, who leads, and what they tell each other. A real server."""

import asyncio
import signal
import sys
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import create_engine, text

from domain.messaging.inbox import ALONE
from storage.dialects import address
from storage.errors import StoreError
from storage.messaging import postgres_worker as workers
from storage.messaging.postgres_worker import PostgresWorker
from storage.messaging.worker import Word, worker_on
from tests.patience import PATIENCE

PROGRAM = """
import asyncio, sys
from storage.messaging.worker import worker_on

async def work():
    worker = worker_on(sys.argv[1])
    await worker.join(lambda word: None, lambda: None)
    print(worker.id, flush=True)
    await worker.lead()
    print("leads", flush=True)
    await asyncio.Event().wait()

asyncio.run(work())
"""


class Heard(list):
    """What a worker was told."""

    def lost(self) -> None:
        self.append("lost")

    async def until(self, word: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while word not in self:  # noqa: ASYNC110 - a word comes from outside
                await asyncio.sleep(0.01)


@asynccontextmanager
async def working(url):
    worker, heard = PostgresWorker(url), Heard()
    await worker.join(heard.append, heard.lost)
    try:
        yield worker, heard
    finally:
        await worker.leave()


async def start(url):
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, url, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )


async def end(program):
    if program.returncode is None:
        program.kill()
    await program.communicate()


async def test_another_leads_within_ten_seconds_after_a_leader_is_killed(postgresql_url):
    first = await start(postgresql_url)
    second = None
    try:
        async with asyncio.timeout(PATIENCE):
            await first.stdout.readline()
            assert await first.stdout.readline() == b"leads\n"
            second = await start(postgresql_url)
            await second.stdout.readline()
            reading = asyncio.create_task(second.stdout.readline())
            await asyncio.wait([reading], timeout=2 * workers.LOOK_AGAIN)
            assert not reading.done(), "there is a leader already"
        first.send_signal(signal.SIGKILL)
        async with asyncio.timeout(10):
            assert await reading == b"leads\n"
    finally:
        for program in filter(None, (first, second)):
            await end(program)


async def test_whoever_is_killed_is_no_longer_among_the_living(postgresql_url):
    program = await start(postgresql_url)
    try:
        async with working(postgresql_url) as (worker, _):
            other = int(await program.stdout.readline())
            assert await worker.living() == {worker.id, other}
            program.send_signal(signal.SIGKILL)
            async with asyncio.timeout(PATIENCE):
                while await worker.living() != {worker.id}:  # noqa: ASYNC110 - the server notices
                    await asyncio.sleep(0.05)
    finally:
        await end(program)


async def test_of_workers_that_begin_together_one_leads_and_each_has_its_number(postgresql_url):
    async with (
        working(postgresql_url) as (one, _),
        working(postgresql_url) as (two, _),
        working(postgresql_url) as (three, _),
    ):
        assert [worker.leads for worker in (one, two, three)] == [True, False, False]
        assert await two.living() == {one.id, two.id, three.id}
        assert len({one.id, two.id, three.id, ALONE}) == 4


async def test_a_leader_that_ends_makes_room(postgresql_url):
    async with working(postgresql_url) as (first, _), working(postgresql_url) as (second, _):
        await first.leave()
        async with asyncio.timeout(PATIENCE):
            await second.lead()


async def test_workers_of_another_database_are_strangers(postgresql_url, postgres):
    with postgres.database() as elsewhere:
        async with working(postgresql_url) as (one, _), working(elsewhere) as (other, _):
            assert one.leads
            assert other.leads
            assert await one.living() == {one.id}


async def test_what_one_tells_the_others_hear(postgresql_url):
    async with working(postgresql_url) as (one, _), working(postgresql_url) as (two, heard):
        one.tell(Word.SEND)
        one.tell(two.id)
        await heard.until(Word.SEND)
        await heard.until(str(two.id))
        one.tell(Word.LEFT)
        await one.leave()
        await heard.until(Word.LEFT)


async def test_a_worker_hears_that_its_connection_broke(postgresql_url):
    async with working(postgresql_url) as (_, heard):
        end_connections(postgresql_url, "locktype = 'advisory' AND granted")
        await heard.until("lost")


async def test_who_tells_finds_another_connection_where_one_broke(postgresql_url):
    async with working(postgresql_url) as (one, _), working(postgresql_url) as (_, heard):
        await one.living()
        pid = one._asked.info.backend_pid
        end_connections(postgresql_url, f"pid = {pid}", of="pg_stat_activity")
        with pytest.raises(StoreError):
            await one.living()
        one.tell(Word.SEND)
        await heard.until(Word.SEND)


def end_connections(url, whom, of="pg_locks"):
    server = create_engine(address(url))
    with server.begin() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid, 60000) FROM {of} WHERE {whom}"))  # noqa: S608 - our own words
    server.dispose()


async def test_on_a_file_there_is_nobody_else(sqlite_url):
    worker = worker_on(sqlite_url)
    await worker.join(no_one_calls, no_one_calls)
    assert (worker.leads, worker.id, await worker.living()) == (True, ALONE, {ALONE})
    await worker.lead()
    worker.tell(Word.SEND)
    await worker.leave()


def no_one_calls(*_):
    pytest.fail("there is nobody")
