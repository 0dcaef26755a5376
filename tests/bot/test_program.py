"""A start: one that cannot go well ends in one line and leaves nothing running; what is due comes first."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bot.program import Program
from bot.settings import Settings, WrongSetting
from charts import Certificate
from sandbox import Sandbox


def program(sandbox: Sandbox, folder: Path, **more: Any) -> Program:
    chosen = {"token": "123456:start", "api_url": sandbox.url, "http": "127.0.0.1:0", "cache": folder / "cache"} | more
    return Program(Settings(_env_file=None, database_url=f"sqlite:///{folder / 'jingyi.db'}", **chosen))


async def refusal(starting: Program) -> str:
    with pytest.raises(WrongSetting) as refused:
        await starting.__aenter__()
    return str(refused.value)


async def test_a_cache_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with Sandbox() as sandbox:
        line = await refusal(program(sandbox, tmp_path, cache=tmp_path / "file" / "cache"))
    assert line.startswith("JINGYI_CACHE: the folder cannot be made; for example JINGYI_CACHE=")


async def test_a_webhook_that_the_platform_refuses_is_one_line(tmp_path: Path) -> None:
    words = "Bad Request: bad webhook: HTTPS url must be provided for webhook"
    async with Sandbox() as sandbox:
        sandbox.fault("setWebhook", kind="error", status=400, description=words)
        line = await refusal(program(sandbox, tmp_path, webhook_url="http://127.0.0.1:9/hook"))
    assert line.startswith("JINGYI_WEBHOOK_URL: the platform refuses it (")
    assert "url must be provided" in line
    assert line.endswith("for example JINGYI_WEBHOOK_URL=https://bot.example.org/telegram")


async def test_the_process_that_paints_ends_with_the_program(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        started = program(sandbox, tmp_path)
        async with started:
            picture = Certificate("荣誉证书", "王芳同志", "先锋岗", "工作突出", "第一党支部", "2026-11-25")
            assert (await started._painter.paint(picture)).startswith(b"\x89PNG")
            process = started._painter.pid
            assert process is not None
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


async def test_what_is_due_is_said_before_words_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Sandbox() as sandbox:
        started = program(sandbox, tmp_path)
        said = asyncio.Event()
        monkeypatch.setattr(started.sender, "idle", said.wait)
        async with started:
            await asyncio.sleep(0.1)
            assert started._words._loading is None
            said.set()
            await started.heard()
            assert started._words._loading is not None


async def test_what_cannot_be_said_keeps_words_waiting_for_a_while_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.program.DUE_FIRST", 0.1)
    async with Sandbox() as sandbox:
        started = program(sandbox, tmp_path)
        monkeypatch.setattr(started.sender, "idle", asyncio.Event().wait)
        async with started:
            await started.heard()
            assert started._words._loading is not None
