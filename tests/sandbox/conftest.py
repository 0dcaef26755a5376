from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox import Sandbox
from tests.patience import PATIENCE
from tests.sandbox.cast import TOKEN, People, Program, Scene


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(pause=0.02) as running:
        yield running


@pytest.fixture
async def scene(sandbox: Sandbox) -> AsyncIterator[Scene]:
    bot = sandbox.add_bot(TOKEN, username="jingyi_bot", first_name="精益")
    wang = sandbox.add_person("王", last_name="芳", username="wangfang")
    li = sandbox.add_person("李四")
    group = sandbox.add_group("第一党支部", by=wang, members=[li], bots=[bot])
    async with Program(sandbox.url) as program:
        await program.call("getUpdates", offset=-1)
        await program.updates()
        yield Scene(sandbox, bot, wang, li, group, program)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> float:
    """The sandbox waits long for calls under way when it stops; seconds in which it has stopped if there are none."""
    monkeypatch.setattr("sandbox.server.LAST_CALLS", 10 * PATIENCE)
    return PATIENCE


@pytest.fixture
async def people(sandbox: Sandbox) -> AsyncIterator[People]:
    async with aiohttp.ClientSession() as http:
        yield People(sandbox.url, http)


@pytest.fixture
async def program(scene: Scene) -> Program:
    return scene.program
