"""Order within a lane, lanes side by side, not more than so much at once, and a place for everybody."""

import asyncio
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lanes import Lanes
from tests.patience import PATIENCE


class Work:
    """Pieces of work that end when they are let go."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.ended: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    def piece(self, name: str):
        self.gates[name] = asyncio.Event()

        async def work() -> None:
            self.began.append(name)
            await self.gates[name].wait()
            self.ended.append(name)

        return work

    def finish(self, *names: str) -> None:
        for name in names:
            self.gates[name].set()


async def turn() -> None:
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_lane_keeps_its_order_and_holds_up_no_other():
    lanes, work = Lanes(10), Work()
    for lane, name in (("a", "a1"), ("a", "a2"), ("b", "b1"), ("a", "a3")):
        lanes.put(lane, work.piece(name))
    await turn()
    assert work.began == ["a1", "b1"]
    work.finish("a3", "a2")
    await turn()
    assert work.began == ["a1", "b1"]
    work.finish("a1", "b1")
    await lanes.drain()
    assert [name for name in work.ended if name.startswith("a")] == ["a1", "a2", "a3"]
    assert lanes.empty


async def test_what_waits_in_a_lane_takes_no_place_of_others():
    lanes, work = Lanes(2), Work()
    for number in range(500):
        lanes.put("a", work.piece(f"a{number}"))
    lanes.put("b", work.piece("b"))
    await turn()
    assert work.began == ["a0", "b"]
    assert lanes.waiting("a") == 499
    await lanes.drain(0)


async def test_what_comes_once_all_places_are_taken_waits_for_one():
    lanes, work = Lanes(2), Work()
    for lane in ("a", "b", "c"):
        lanes.put(lane, work.piece(lane))
    await turn()
    assert work.began == ["a", "b"]
    work.finish("a")
    await turn()
    assert work.began == ["a", "b", "c"]
    work.finish("b", "c")
    await lanes.drain()


async def test_one_person_in_many_lanes_leaves_places_to_others():
    lanes, work = Lanes(4, most_of_person=3), Work()
    for number in range(50):
        lanes.put(f"group {number}", work.piece(f"li {number}"), "li")
    lanes.put("another group", work.piece("wang"), "wang")
    await turn()
    assert work.began == ["li 0", "li 1", "li 2", "wang"]
    work.finish("li 1")
    await turn()
    assert work.began[-1] == "li 3"
    await lanes.drain(0)
    assert not lanes._persons


async def test_a_lane_can_be_used_again_after_it_ran_empty():
    lanes, work = Lanes(5), Work()
    for name in ("one", "two"):
        lanes.put("a", work.piece(name))
        work.finish(name)
        await lanes.drain()
    assert work.ended == ["one", "two"]


async def test_a_bounded_drain_ends_what_takes_too_long():
    lanes, work = Lanes(5), Work()
    lanes.put("a", work.piece("quick"))
    lanes.put("b", work.piece("stuck"))
    work.finish("quick")
    async with asyncio.timeout(PATIENCE):
        await lanes.drain(0.05)
    assert work.ended == ["quick"]
    assert lanes.empty


async def test_a_lane_whose_work_was_ended_takes_new_work():
    lanes, work = Lanes(2), Work()
    lanes.put("a", work.piece("stuck"))
    lanes.put("a", work.piece("behind"))
    await lanes.drain(0.05)
    async with asyncio.timeout(PATIENCE):
        lanes.put("a", work.piece("new"))
        work.finish("new")
        await lanes.drain()
    assert work.ended == ["new"]


@pytest.mark.parametrize("most", [1, 7])
async def test_never_more_at_once_than_allowed(most):
    lanes, running, peak = Lanes(most), 0, 0

    async def work():
        nonlocal running, peak
        running += 1
        peak = max(peak, running)
        await asyncio.sleep(0)
        running -= 1

    for number in range(100):
        lanes.put(number % 13, work)
    await lanes.drain()
    assert peak <= most
    assert running == 0


PIECES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["li", "wang", None]), st.integers(0, 3)), max_size=60)


@settings(deadline=None)
@given(pieces=PIECES, most=st.integers(1, 4), most_of_person=st.integers(1, 3))
def test_order_holds_limits_hold_and_all_is_done(pieces, most, most_of_person):
    asyncio.run(_run(pieces, most, most_of_person))


async def _run(pieces, most, most_of_person):
    lanes = Lanes(most, most_of_person)
    put, ended = defaultdict(list), defaultdict(list)
    running = defaultdict(int)

    def work(number, lane, person, turns):
        async def piece():
            running["all"] += 1
            running[person] += 1
            assert running["all"] <= most
            assert person is None or running[person] <= most_of_person
            for _ in range(turns):
                await asyncio.sleep(0)
            running["all"] -= 1
            running[person] -= 1
            ended[lane].append(number)

        return piece

    for number, (lane, person, turns) in enumerate(pieces):
        put[lane].append(number)
        lanes.put(lane, work(number, lane, person, turns), person)
    async with asyncio.timeout(PATIENCE):
        await lanes.drain()
    assert ended == put
    assert lanes.empty


@settings(deadline=None)
@given(backlogs=st.lists(st.integers(1, 40), min_size=1, max_size=8), most=st.integers(1, 4))
def test_no_lane_starves(backlogs, most):
    asyncio.run(_take_turns(backlogs, most))


async def _take_turns(backlogs, most):
    """While a lane has work left, it has its turn before any other has had two more than it."""
    lanes, begun = Lanes(most), [0] * len(backlogs)

    def work(lane):
        async def piece():
            begun[lane] += 1
            waiting = [count for count, all_of_it in zip(begun, backlogs, strict=True) if count < all_of_it]
            assert begun[lane] - min(waiting, default=begun[lane]) <= 2
            await asyncio.sleep(0)

        return piece

    for lane, backlog in enumerate(backlogs):
        for _ in range(backlog):
            lanes.put(lane, work(lane))
    await lanes.drain()
    assert begun == backlogs
