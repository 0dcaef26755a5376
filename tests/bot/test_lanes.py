"""Order within a lane, lanes side by side, and not more than so much at once."""

import asyncio

import pytest

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
        await lanes.put(lane, work.piece(name))
    await turn()
    assert work.began == ["a1", "b1"]
    work.finish("a3", "a2")
    await turn()
    assert work.began == ["a1", "b1"]
    work.finish("a1", "b1")
    await lanes.drain()
    assert [name for name in work.ended if name.startswith("a")] == ["a1", "a2", "a3"]
    assert lanes.empty


async def test_what_comes_once_there_is_too_much_waits_for_room():
    lanes, work = Lanes(2), Work()
    await lanes.put("a", work.piece("a1"))
    await lanes.put("a", work.piece("a2"))
    third = asyncio.create_task(lanes.put("b", work.piece("b1")))
    await turn()
    assert not third.done()
    work.finish("a1")
    await third
    await turn()
    assert work.began == ["a1", "a2", "b1"]
    work.finish("a2", "b1")
    await lanes.drain()


async def test_a_lane_can_be_used_again_after_it_ran_empty():
    lanes, work = Lanes(5), Work()
    for name in ("one", "two"):
        await lanes.put("a", work.piece(name))
        work.finish(name)
        await lanes.drain()
    assert work.ended == ["one", "two"]


async def test_a_bounded_drain_ends_what_takes_too_long():
    lanes, work = Lanes(5), Work()
    await lanes.put("a", work.piece("quick"))
    await lanes.put("b", work.piece("stuck"))
    work.finish("quick")
    async with asyncio.timeout(PATIENCE):
        await lanes.drain(0.05)
    assert work.ended == ["quick"]
    assert lanes.empty


async def test_a_lane_whose_work_was_ended_takes_new_work():
    lanes, work = Lanes(2), Work()
    await lanes.put("a", work.piece("stuck"))
    await lanes.put("a", work.piece("behind"))
    await lanes.drain(0.05)
    async with asyncio.timeout(PATIENCE):
        await lanes.put("a", work.piece("new"))
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
        await lanes.put(number % 13, work)
    await lanes.drain()
    assert peak <= most
    assert running == 0
