"""The benchmarks of pushes, of the start and of memory do what they say."""

import pytest

from benchmarks.bot import memory, sender, starting
from benchmarks.result import WorkNotDone
from sandbox import Sandbox
from storage import migrate

TINY = sender.Size(groups=20, rounds=1)


def quiet(_: str) -> None:
    """Say nothing."""


async def test_a_push_reaches_every_group():
    used, refused = await sender.measure(TINY, quiet)
    assert (used.against, refused.value) == ("the limit of 300 a second", 0)
    assert used.value


async def test_a_group_that_was_left_out_is_noticed(tmp_path):
    file = tmp_path / "jingyi.db"
    migrate.upgrade(f"sqlite:///{file}")
    async with Sandbox() as sandbox:
        with pytest.raises(WorkNotDone, match="0 of 2 groups got 0 messages"):
            sender._check(file, sandbox, [-1, -2])


async def test_the_program_gets_ready_the_first_time_and_later():
    rows = await starting.measure(starting.Size(presses=150, rounds=1), quiet)
    assert [(row.what, row.most) for row in rows] == [
        ("the first start until ready", 2.0),
        ("a later start until ready", 2.0),
    ]


async def test_memory_is_looked_at_at_rest_and_under_load():
    rest, load, growth = await memory.measure(memory.Size(updates=100, step=20), quiet)
    assert rest.value and load.value and rest.value > 100
    assert len(load.figures["mb"]) == 5
    assert growth.most == 5
