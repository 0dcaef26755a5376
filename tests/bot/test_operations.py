"""What a running program tells of itself over HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.metrics import Metrics
from bot.pace import Pace
from bot.program import Program
from bot.reading import WANTED
from bot.request import Request
from bot.settings import Settings
from domain.messaging.delivery import Call
from language.tags import Tagger
from sandbox import Sandbox
from sandbox.faults import Fault, Kind
from storage.database import StoreError
from tests.patience import PATIENCE

TOKEN = "123456:operations"
LINE = re.compile(r"(\w+)(?:\{(.*)\})? (\S+)")
SECRET_WORDS = ("李伟", "食堂", "第一党支部", "operations")


@dataclass
class Running:
    """A program on a local Telegram, and a browser beside it."""

    sandbox: Sandbox
    program: Program
    browser: aiohttp.ClientSession

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.browser.get(self.program.http + path) as answer:
            return answer.status, await answer.json()

    async def page(self) -> str:
        async with self.browser.get(f"{self.program.http}/metrics") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith("text/plain")
            return await answer.text()

    async def figures(self) -> dict[str, float]:
        """The program's own figures, by name and labels."""
        found = (LINE.fullmatch(line) for line in (await self.page()).splitlines())
        return {f"{m[1]} {m[2] or ''}".strip(): float(m[3]) for m in found if m and m[1].startswith("jingyi")}


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    tagger = Tagger(tmp_path_factory.mktemp("cache"))
    tagger.load()
    return tagger


@pytest.fixture
async def running(tmp_path: Path, tagger: Tagger) -> AsyncIterator[Running]:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as browser:
        sandbox.add_bot(TOKEN, username="jingyi_bot", can_read_all_group_messages=True)
        settings = Settings(
            _env_file=None,
            token=TOKEN,
            api_url=sandbox.url,
            database_url=f"sqlite:///{tmp_path / 'jingyi.db'}",
            http="127.0.0.1:0",
            cache=tmp_path,
        )
        async with Program(settings, now=sandbox.clock.now, pace=Pace(1000), tagger=tagger) as program:
            yield Running(sandbox, program, browser)


async def test_a_running_program_lives_and_is_ready(running):
    for path in ("/health", "/health/live"):
        assert await running.get(path) == (200, {"live": True})
    assert await running.get("/health/ready") == (200, {"ready": True, "missing": []})


async def test_a_program_whose_intake_has_ended_is_not_ready(running):
    await running.program.intake.stop()
    assert await running.get("/health/ready") == (503, {"ready": False, "missing": ["intake"]})
    assert await running.get("/health/live") == (200, {"live": True})


async def test_a_program_whose_store_refuses_is_not_ready_and_still_tells_what_it_counted(running, monkeypatch):
    async def refuse(*_: Any, **__: Any) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(running.program.database, "write", refuse)
    monkeypatch.setattr(running.program.database, "read", refuse)
    assert await running.get("/health/ready") == (503, {"ready": False, "missing": ["store"]})
    assert "jingyi_inbox_open NaN" in await running.page()


async def test_a_platform_that_is_silent_is_asked_and_missed(running, monkeypatch):
    monkeypatch.setattr(Request, "silence", 61.0)
    assert await running.get("/health/ready") == (200, {"ready": True, "missing": []})
    running.sandbox.faults.add(Fault("getMe", Kind.ERROR))
    assert await running.get("/health/ready") == (503, {"ready": False, "missing": ["platform"]})


async def test_what_was_done_is_counted_and_nothing_personal_is_told(running):
    li = running.sandbox.add_person("李伟", username="li")
    group = running.sandbox.add_group("第一党支部", by=li, bots=[123456])
    running.sandbox.say(group, li, "/suggest 食堂晚班加个热菜")
    async with asyncio.timeout(PATIENCE):
        while (await running.figures()).get('jingyi_updates_total kind="message",outcome="done"', 0) < 1:
            await running.program.idle()
    running.sandbox.clock.move_by(timedelta(days=1))
    await running.program.scheduler.tick()
    await running.program.idle()
    figures = await running.figures()
    assert figures['jingyi_sends_total action="say",outcome="sent"'] >= 1
    assert figures["jingyi_handling_seconds_count"] >= 1
    assert figures["jingyi_inbox_open"] == figures["jingyi_outbox_queued"] == 0
    assert any(name.startswith("jingyi_jobs_total") for name in figures)
    page = await running.page()
    assert [word for word in SECRET_WORDS if word in page] == []


async def test_the_lag_is_that_of_the_oldest_thing_due(running):
    assert (await running.figures())["jingyi_lag_seconds"] < 60
    await running.program.scheduler.stop()
    long_ago = int((running.sandbox.clock.now().timestamp() - 3600) * 1_000_000)
    change = text("UPDATE schedules SET next_at = :at WHERE id = (SELECT min(id) FROM schedules)")
    await running.program.database.write(lambda stores: stores.connection.execute(change, {"at": long_ago}))
    assert (await running.figures())["jingyi_lag_seconds"] == pytest.approx(3600, abs=30)


def test_two_programs_count_for_themselves():
    one, other = Metrics(), Metrics()
    one.sent(Call.SEND, "sent")
    assert b'jingyi_sends_total{action="say",outcome="sent"} 1.0' in one.page(None)
    assert b"jingyi_sends_total{" not in other.page(None)


def test_labels_are_from_closed_lists():
    metrics = Metrics()
    for kind in (*WANTED, "other"):
        metrics.handled(kind, "done", 0.01)
    assert metrics.page(None).count(b"jingyi_updates_total{") == len(WANTED) + 1
