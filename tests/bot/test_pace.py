"""How fast the bot speaks, on a clock that the test moves."""

import asyncio

import pytest

from bot import pace
from bot.pace import Pace


@pytest.fixture
async def wheel(monkeypatch):
    """The loop's time, which goes on only when everything waits."""

    class Wheel:
        now = 0.0

    loop = asyncio.get_running_loop()
    wheel = Wheel()
    monkeypatch.setattr(loop, "time", lambda: wheel.now)
    select = loop._selector.select

    def hurry(timeout=None):
        ready = select(0)
        if not ready and timeout is not None:
            wheel.now += max(timeout, 1e-6)  # time never stands quite still: limiters count on it
        return ready

    monkeypatch.setattr(loop._selector, "select", hurry)
    return wheel


async def sends(wheel, made, place, count):
    """When each of so many messages goes out to a chat."""
    moments = []
    for _ in range(count):
        await made.wait(place)
        moments.append(wheel.now)
    return moments


def most_within(moments, seconds):
    return max(sum(first <= moment < first + seconds for moment in moments) for first in moments)


async def test_a_private_chat_hears_a_burst_and_then_one_a_second(wheel):
    moments = await sends(wheel, Pace(), 7, 13)
    assert moments[pace.BURST - 1] == pytest.approx(0, abs=0.01)
    assert moments[-1] == pytest.approx(10, abs=0.5)


async def test_a_group_hears_no_more_than_twenty_a_minute_in_the_long_run(wheel):
    moments = await sends(wheel, Pace(), -7, 60)
    assert most_within(moments, 60) <= 2 * pace.A_MINUTE_IN_A_GROUP
    assert moments[-1] >= 60 * (60 - pace.A_MINUTE_IN_A_GROUP) / pace.A_MINUTE_IN_A_GROUP - 3


async def test_all_chats_together_hear_thirty_a_second(wheel):
    made, moments = Pace(), []

    async def one(place):
        await made.wait(place)
        moments.append(wheel.now)

    await asyncio.gather(*(one(place) for place in range(1, 151)))
    assert sorted(moments)[pace.IN_ALL - 1] == pytest.approx(0, abs=0.01)
    assert max(moments) == pytest.approx((150 - pace.IN_ALL) / pace.IN_ALL, abs=0.3)


async def test_a_busy_group_holds_up_no_other_chat(wheel):
    made = Pace()
    busy = asyncio.create_task(sends(wheel, made, -7, 40))
    await asyncio.sleep(0)
    assert (await sends(wheel, made, -8, 1))[0] < 1
    busy.cancel()


async def test_a_factor_makes_it_faster(wheel):
    assert max(await sends(wheel, Pace(1000), -7, 1000)) < 0.1
