"""One program leads, another takes over: real processes on a real server."""

import asyncio
import signal
import sys

import pytest
from sqlalchemy import create_engine, text

from storage import leadership
from storage.dialects import address
from storage.leadership import leading

PROGRAM = """
import asyncio, sys
from storage.leadership import leading

async def lead():
    async with leading(sys.argv[1], lambda: print("lost", flush=True)):
        print("leads", flush=True)
        await asyncio.Event().wait()

asyncio.run(lead())
"""


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
        async with asyncio.timeout(20):
            assert await first.stdout.readline() == b"leads\n"
            second = await start(postgresql_url)
            reading = asyncio.create_task(second.stdout.readline())
            await asyncio.wait([reading], timeout=leadership.LOOK_AGAIN)
            assert not reading.done(), "there is a leader already"
        first.send_signal(signal.SIGKILL)
        async with asyncio.timeout(10):
            assert await reading == b"leads\n"
    finally:
        for program in filter(None, (first, second)):
            await end(program)


async def test_a_leader_that_ends_makes_room(postgresql_url):
    async with leading(postgresql_url, lost=no_one_calls):
        pass
    async with asyncio.timeout(leadership.TRY_AGAIN), leading(postgresql_url, lost=no_one_calls):
        pass


async def test_a_leader_hears_that_its_connection_broke(postgresql_url, monkeypatch):
    monkeypatch.setattr(leadership, "LOOK_AGAIN", 0.01)
    heard = asyncio.Event()
    server = create_engine(address(postgresql_url))
    async with asyncio.timeout(10), leading(postgresql_url, lost=heard.set):
        with server.begin() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            )
        await heard.wait()
    server.dispose()


async def test_on_a_file_there_is_nobody_else(sqlite_url):
    async with leading(sqlite_url, lost=no_one_calls):
        pass


def no_one_calls():
    pytest.fail("nothing was lost")
