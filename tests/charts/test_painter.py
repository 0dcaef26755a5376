"""The worker that draws: whatever happens to it costs one picture, and it is never left behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio

from charts import Board, Failure, Painter, PictureFailed, Ranked, Theme
from tests.architecture.source import ROOT
from tests.charts.samples import BOARD, CERTIFICATE, WEEKLY
from tests.patience import PATIENCE

SIGNATURE = b"\x89PNG\r\n\x1a\n"
pytestmark = pytest.mark.asyncio(loop_scope="module")  # the painter belongs to one loop
WRONG = Board("榜", (Ranked(1, "甲", float("nan"), ""),))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def painter() -> AsyncIterator[Painter]:
    """One for all: a worker takes a second to start."""
    one = Painter(seconds=PATIENCE)
    yield one
    await one.close()


def is_there(pid: int | None) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text(encoding="ascii")


async def until_gone(pid: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while is_there(pid):  # noqa: ASYNC110 - a process that is not ours tells nobody
            await asyncio.sleep(0.02)


async def failing(painter: Painter, picture=CERTIFICATE) -> Failure:
    with pytest.raises(PictureFailed) as failed:
        await painter.paint(picture)
    return failed.value.failure


async def test_pictures_come_from_one_worker_each_to_whom_it_is_for(painter: Painter) -> None:
    alone = {picture: await painter.paint(picture) for picture in (BOARD, CERTIFICATE, WEEKLY)}
    pid = painter.pid
    together = await asyncio.gather(*map(painter.paint, (WEEKLY, CERTIFICATE, BOARD)))
    assert together == [alone[WEEKLY], alone[CERTIFICATE], alone[BOARD]]
    assert await painter.paint(BOARD, theme=Theme.DARK) != alone[BOARD]
    assert painter.pid == pid


async def test_a_picture_that_cannot_be_drawn_costs_itself_alone(painter: Painter) -> None:
    await painter.paint(CERTIFICATE)
    pid = painter.pid
    assert await failing(painter, WRONG) is Failure.FAULT
    assert (await painter.paint(CERTIFICATE)).startswith(SIGNATURE)
    assert painter.pid == pid


async def test_a_worker_that_was_killed_costs_one_picture(painter: Painter) -> None:
    await painter.paint(CERTIFICATE)
    os.kill(painter.pid, signal.SIGSTOP)
    waiting = asyncio.create_task(failing(painter))
    await asyncio.sleep(0)
    os.kill(painter.pid, signal.SIGKILL)
    assert await waiting is Failure.DIED
    assert (await painter.paint(CERTIFICATE)).startswith(SIGNATURE)


async def test_a_worker_that_died_between_two_pictures_costs_at_most_one(painter: Painter) -> None:
    await painter.paint(CERTIFICATE)
    pid = painter.pid
    os.kill(pid, signal.SIGKILL)
    await until_gone(pid)
    with suppress(PictureFailed):  # the loop may not know yet
        await painter.paint(CERTIFICATE)
    assert (await painter.paint(CERTIFICATE)).startswith(SIGNATURE)


async def test_a_worker_that_hangs_is_ended(painter: Painter) -> None:
    await painter.paint(CERTIFICATE)
    pid = painter.pid
    os.kill(pid, signal.SIGSTOP)
    painter._seconds = 0.2
    try:
        assert await failing(painter) is Failure.LATE
    finally:
        painter._seconds = PATIENCE
    assert not is_there(pid)
    assert (await painter.paint(CERTIFICATE)).startswith(SIGNATURE)


async def test_who_no_longer_waits_does_not_leave_the_next_one_the_wrong_picture(painter: Painter) -> None:
    right = await painter.paint(CERTIFICATE)
    os.kill(painter.pid, signal.SIGSTOP)
    gone = asyncio.create_task(painter.paint(WEEKLY))
    await asyncio.sleep(0)  # their order is with the worker by then
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await painter.paint(CERTIFICATE) == right


async def test_more_than_can_wait_are_refused_at_once() -> None:
    painter = Painter(waiting=2, seconds=PATIENCE)
    try:
        done = await asyncio.gather(*(painter.paint(CERTIFICATE) for _ in range(4)), return_exceptions=True)
        assert [isinstance(one, bytes) for one in done] == [True, True, False, False]
        assert {one.failure for one in done if isinstance(one, PictureFailed)} == {Failure.BUSY}
        assert (await painter.paint(CERTIFICATE)).startswith(SIGNATURE)
    finally:
        await painter.close()


async def test_closing_ends_the_worker_and_those_who_wait() -> None:
    painter = Painter(seconds=PATIENCE)
    await painter.paint(CERTIFICATE)
    pid = painter.pid
    os.kill(pid, signal.SIGSTOP)
    waiting = [asyncio.create_task(failing(painter)) for _ in range(2)]
    await asyncio.sleep(0)  # their order is with the worker by then
    await painter.close()
    assert set(await asyncio.gather(*waiting)) == {Failure.CLOSED}
    assert not is_there(pid)
    assert await failing(painter) is Failure.CLOSED
    await painter.close()


async def test_closing_while_a_worker_starts_leaves_none_behind() -> None:
    painter = Painter(seconds=PATIENCE)
    assert painter.pid is None
    waiting = asyncio.create_task(failing(painter))
    await asyncio.sleep(0)
    await painter.close()
    assert await waiting in (Failure.CLOSED, Failure.DIED)
    assert painter.pid is None


async def test_ctrl_c_in_the_terminal_is_not_for_the_worker(painter: Painter) -> None:
    await painter.paint(CERTIFICATE)
    assert os.getpgid(painter.pid) != os.getpgid(0)


PARENT = """
import asyncio, sys
from charts import Painter
from tests.charts.samples import CERTIFICATE

async def main():
    painter = Painter()
    await painter.paint(CERTIFICATE)
    print(painter.pid, flush=True)
    print(sorted({"quickjs", "uharfbuzz", "pyvips"} & set(sys.modules)), flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_the_worker_ends_with_its_parent_and_the_parent_loads_nothing_of_it() -> None:
    command = (sys.executable, "-c", PARENT)
    parent = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert (await parent.stdout.readline()).strip() == b"[]"
    parent.kill()
    await parent.wait()
    await until_gone(pid)
