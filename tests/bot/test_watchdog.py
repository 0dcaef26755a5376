"""What the watchdog takes for a blocked loop: work of its own, or a wait that is longer than a busy machine's."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import pytest_asyncio

from bot.watchdog import BEATS, BLOCKED_AFTER, BUSY, GRACE, Watchdog

LIMIT = BLOCKED_AFTER
SOME = BEATS + 1  # beats missed, after which it is asked for the first time


def burn(seconds: float) -> None:
    """Use processor time in this thread."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@pytest_asyncio.fixture
async def dog(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watchdog]:
    """A watchdog that was started, but ends nothing."""
    monkeypatch.setattr("bot.watchdog.faulthandler.dump_traceback_later", lambda *_, **__: None)
    one = Watchdog(LIMIT, lambda *_: None)
    one.start()
    one._stopped.set()
    yield one
    one.stop()


def after(dog: Watchdog, *, beats: int, used: float) -> bool:
    """Whether a loop is taken for blocked that has missed some beats and has used some processor time meanwhile."""
    dog._missed = beats
    dog._processor_time = lambda: dog._used + used
    return dog._is_blocked()


async def test_a_loop_that_only_waits_for_its_turn_is_not_blocked(dog: Watchdog) -> None:
    assert not after(dog, beats=SOME, used=0.0)
    assert not after(dog, beats=SOME, used=BUSY * LIMIT - 0.01)


async def test_a_loop_at_work_is_blocked(dog: Watchdog) -> None:
    assert after(dog, beats=SOME, used=BUSY * LIMIT + 0.01)


async def test_a_loop_that_uses_nothing_is_blocked_after_longer(dog: Watchdog) -> None:
    longest = (LIMIT + GRACE / 2) / (LIMIT / BEATS)
    assert not after(dog, beats=int(longest), used=0.0)
    assert after(dog, beats=int(longest) + 1, used=0.0)


async def test_what_is_counted_is_the_time_of_the_loops_thread_since_its_last_beat(dog: Watchdog) -> None:
    with ThreadPoolExecutor(1) as others:
        await asyncio.wrap_future(others.submit(burn, 0.1))
        before = dog._processor_time()
        burn(0.05)
        used = await asyncio.wrap_future(others.submit(lambda: dog._processor_time() - before))
    assert used >= 0.05
    assert dog._processor_time() == pytest.approx(time.thread_time(), abs=0.05)
    dog._missed = SOME
    dog._next.cancel()
    dog._beat()
    assert dog._missed == 0
    assert dog._used == pytest.approx(time.thread_time(), abs=0.05)


async def test_it_ends_nothing_before_the_limit_nor_while_the_loop_only_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    ended = threading.Event()
    monkeypatch.setattr("bot.watchdog.faulthandler.dump_traceback_later", lambda *_, **__: None)
    dog = Watchdog(0.01, lambda *_: None)

    def is_blocked() -> bool:
        asked.append(dog._missed)
        return len(asked) > 1

    def end() -> None:
        ended.set()
        dog._stopped.set()

    monkeypatch.setattr(dog, "_is_blocked", is_blocked)
    monkeypatch.setattr(dog, "_end", end)
    monkeypatch.setattr(dog, "_beat", lambda: None)
    dog._next = asyncio.get_running_loop().call_later(0, lambda: None)
    dog.start()
    assert await asyncio.to_thread(ended.wait, 60)
    dog.stop()
    assert asked == [BEATS + 1, BEATS + 2]
