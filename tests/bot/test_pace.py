"""How fast the bot speaks, on a clock that the test moves."""

import asyncio
import random
from math import inf

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


CHANCE = random.Random(7)  # noqa: S311 - it makes delays
ANSWER = 0.02  # seconds that the platform takes


async def sends(wheel, made, place, count, answer=ANSWER):
    """When each of so many messages arrives that go out to a chat one after the other."""
    moments = []
    while len(moments) < count:
        if not made.room(1) or place in made.barred():
            await asyncio.sleep(min(made.opens(), made.pause(), 1.0))
            continue
        await made.begin(place)
        await asyncio.sleep(answer * CHANCE.random())  # on its way
        moments.append(wheel.now)
        await asyncio.sleep(answer * CHANCE.random())  # and back
        made.end(place)
    return moments


async def pushes(wheel, made, count, answer=ANSWER):
    """When each of so many messages arrives that go out to as many groups, as fast as may be."""
    moments, under_way = [], set()

    async def one(place):
        await asyncio.sleep(answer * CHANCE.random())
        moments.append(wheel.now)
        await asyncio.sleep(answer * CHANCE.random())
        made.end(place)

    for place in range(-count, 0):
        while not made.room(1):  # noqa: ASYNC110
            await asyncio.sleep(min(made.pause(), 1.0))
        await made.begin(place)
        task = asyncio.create_task(one(place))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    return sorted(moments)


def most_within(moments, seconds):
    return max(sum(first <= moment < first + seconds for moment in moments) for first in moments)


async def test_a_private_chat_hears_a_burst_and_then_one_a_second(wheel):
    moments = await sends(wheel, Pace(), 7, 15)
    assert moments[pace.BURST - 1] < 2
    assert most_within(moments, pace.BURST_SECONDS) <= pace.BURST
    assert moments[-1] == pytest.approx(10, abs=1.5)


async def test_a_group_hears_no_more_than_twenty_in_any_minute(wheel):
    moments = await sends(wheel, Pace(), -7, 60)
    assert most_within(moments, 60) <= pace.A_MINUTE_IN_A_GROUP
    assert moments[-1] < 180


@pytest.mark.parametrize(("factor", "answer"), [(1, 0.02), (1, 0.5), (10, 0.01), (10, 0.3)])
async def test_no_second_holds_more_than_the_limit_however_long_answers_take(wheel, factor, answer):
    limit = pace.IN_ALL * factor
    moments = await pushes(wheel, Pace(factor), 10 * limit, answer)
    assert most_within(moments, 1) <= limit


@pytest.mark.parametrize(("factor", "count"), [(1, 600), (10, 5000)])
async def test_where_answers_are_quick_the_limit_is_reached(wheel, factor, count):
    moments = await pushes(wheel, Pace(factor), count, answer=0.005)
    assert count / moments[-1] >= 0.97 * pace.IN_ALL * factor


async def test_messages_are_spread_over_the_second_so_that_an_answer_finds_room_soon(wheel):
    moments = await pushes(wheel, Pace(), 300)
    assert most_within(moments, 0.2) <= 2 * pace.IN_ALL * pace.CATCH_UP


async def test_where_answers_do_not_come_nothing_more_goes_out(wheel):
    made = Pace()
    for place in range(-pace.IN_ALL, 0):
        while not made.room(1):  # noqa: ASYNC110
            await asyncio.sleep(made.pause())
        await made.begin(place)
    await asyncio.sleep(100)
    assert (made.room(1), made.pause()) == (0, inf)
    made.end(-1)
    assert (made.room(1), made.pause()) == (0, pytest.approx(1, abs=0.01))


async def test_a_busy_group_is_barred_and_holds_up_no_other_chat(wheel):
    made = Pace()
    await sends(wheel, made, -7, pace.BURST)
    assert made.barred() == {-7}
    assert 0 < made.opens() <= pace.BURST_SECONDS
    assert (await sends(wheel, made, -8, 1))[0] < 1
    assert -8 not in made.barred()


async def test_a_factor_makes_it_faster(wheel):
    assert max(await sends(wheel, Pace(1000), -7, 1000, answer=0)) < 0.1


async def test_chats_that_are_silent_are_forgotten_and_busy_ones_are_not(wheel, monkeypatch):
    monkeypatch.setattr(pace, "FORGET_AFTER", 3)
    made = Pace()
    await sends(wheel, made, -1, pace.BURST)
    for place in (1, 2, 3, 4):
        await sends(wheel, made, place, 1)
    assert -1 in made.barred()
    await asyncio.sleep(70)
    for place in (5, 6, 7):  # twice as many as were busy may be remembered
        await sends(wheel, made, place, 1)
    assert made._chats.keys() == {5, 6, 7}
