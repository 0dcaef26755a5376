"""Telegram is away, overloaded, or does not answer: nothing is lost, nothing comes twice, and the program lives on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.office import Office, opened

STORM = 12  # calls in a row that go wrong
PAUSE = 3000.0  # seconds; after an hour without Telegram the clock is no longer trusted: see test_clock


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """A running program that has greeted its groups, whose clock can be moved."""
    async with opened(tmp_path) as office:
        office.let_clock_move()
        await office.start()
        await office.idle()
        yield office


def busy(office: Office, deeds: int = 16) -> None:
    for _ in range(deeds):
        office.crowd.act()


async def test_most_of_an_hour_without_telegram_delays_everything_and_loses_nothing(office: Office) -> None:
    await office.make_due_in(PAUSE / 2)
    await office.telegram_leaves()
    busy(office)  # they write all the same; the bot hears of it when Telegram is back
    office.move_clock(PAUSE)
    await office.until(lambda: office.count_due() == 0, "the clock's work is done without Telegram")
    assert office.worker.runs
    await office.telegram_comes_back()
    await office.has_pushed()
    office.untroubled()
    await office.all_right()


async def test_a_start_waits_for_telegram(office: Office) -> None:
    await office.worker.stop()
    await office.telegram_leaves()
    await office.worker.start()
    await office.logs("the platform does not answer")
    await office.telegram_comes_back()
    office.address = (await office.worker.ready())["http"]
    busy(office)
    office.untroubled()
    await office.all_right()


async def test_a_storm_of_429_is_waited_out(office: Office) -> None:
    office.sandbox.fault("sendMessage", kind="flood", retry_after=1, times=STORM)
    await office.make_due_in(0)
    busy(office)
    await office.has_pushed()
    assert await office.metric("jingyi_sends_total", outcome="flood") == STORM
    office.untroubled()
    await office.all_right()


async def test_a_storm_of_502_is_waited_out(office: Office) -> None:
    office.sandbox.fault("sendMessage", kind="error", status=502, times=STORM)
    office.sandbox.fault("getUpdates", kind="error", status=500, times=2)
    await office.make_due_in(0)
    busy(office)
    await office.has_pushed()
    office.untroubled()
    await office.all_right()


async def test_answers_lost_after_the_effect_are_marked_and_no_more_than_those_are_doubled(office: Office) -> None:
    office.sandbox.fault("sendMessage", kind="timeout_after", times=3)
    await office.make_due_in(0)
    busy(office, 8)
    await office.until(lambda: not office.sandbox.faults.all(), "three calls get no answer")
    await office.telegram_leaves()  # hangs up on those that wait
    await office.telegram_comes_back()
    await office.has_pushed()
    office.untroubled()
    found = await office.report()
    assert found.right, str(found)
    assert found.unknown >= 3, str(found)
    assert found.arrived == found.left, str(found)


async def test_connections_that_are_cut_are_marked_and_no_more_than_those_are_doubled(office: Office) -> None:
    office.sandbox.fault("sendMessage", kind="refuse", times=4)
    busy(office)
    office.untroubled()
    found = await office.report()
    assert found.right, str(found)
    assert (found.doubled_messages, found.arrived) == (0, 0), str(found)
