"""What comes while something is under way is done together."""

import asyncio

from bot.gathering import Gathering
from storage.database import StoreError


class Doing:
    """Notes what is done together; `at_fault` fails."""

    def __init__(self, at_fault: object = None, error: type[Exception] = ValueError) -> None:
        self.done: list[list[object]] = []
        self._at_fault = at_fault
        self._error = error

    async def __call__(self, things: list[object]) -> None:
        self.done.append(list(things))
        await asyncio.sleep(0)
        if self._at_fault in things:
            raise self._error("no")


async def test_what_waits_is_done_together_in_order_at_most_so_many():
    doing = Doing()
    gathering = Gathering(doing, 3)
    await asyncio.gather(*(gathering.add([number]) for number in range(1, 6)))
    assert doing.done == [[1, 2, 3], [4, 5]]
    await gathering.add([6])
    assert doing.done[-1] == [6]


async def test_one_that_fails_fails_alone():
    gathering = Gathering(Doing(2), 9)
    came_to = await asyncio.gather(*(gathering.add([number]) for number in (1, 2, 3)), return_exceptions=True)
    assert [type(one) for one in came_to] == [type(None), ValueError, type(None)]


async def test_what_the_store_refuses_is_refused_to_all():
    doing = Doing(2, StoreError)
    came_to = await asyncio.gather(*(Gathering(doing, 9).add([1, 2, 3]) for _ in range(1)), return_exceptions=True)
    assert isinstance(came_to[0], StoreError)
    assert doing.done == [[1, 2, 3]]


async def test_stopping_lets_nobody_wait():
    async def hang(_: object) -> None:
        await asyncio.sleep(60)

    gathering = Gathering(hang, 1)
    waiting = [asyncio.create_task(gathering.add([number])) for number in (1, 2)]
    await asyncio.sleep(0)
    await gathering.stop()
    async with asyncio.timeout(5):
        came_to = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(one, asyncio.CancelledError) for one in came_to)
