"""A stage for two programs that know nothing of the sandbox: people, chats, and the program as a process."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio

from sandbox import Bot, Chat, Sandbox, User

HERE = Path(__file__).parent
TOKEN = "123456:test"
PATIENCE = 120.0
"""Seconds that anything may take on a busy machine; hardly anything takes one."""

PROGRAMS = {
    f"{program}, {mode}": (f"{program}_program.py", mode)
    for program in ("ptb", "aiogram")
    for mode in ("polling", "webhook")
}


@dataclass
class Stage:
    """A running program, and people who talk to it in a group and alone."""

    sandbox: Sandbox
    bot: Bot
    wang: User
    li: User
    group: Chat
    seen: int = 0
    private: Chat = field(init=False)

    def __post_init__(self) -> None:
        self.private = self.sandbox.open_private(self.wang, self.bot)

    async def ask(self, chat: Chat, text: str = "", **content: Any) -> dict[str, Any]:
        """The program's first answer to what 王 writes."""
        return await self.answer(chat, self.sandbox.say(chat, self.wang, text, **content))

    async def answer(self, chat: Chat, after: dict[str, Any]) -> dict[str, Any]:
        """The program's first message after another one."""
        return await self.sandbox.wait_for_message(chat, after=after, within=PATIENCE)

    async def until(self, holds: Callable[[], Any]) -> Any:
        """Wait until something holds, and give what it gave."""
        async with asyncio.timeout(PATIENCE):
            while not (found := holds()):  # noqa: ASYNC110 -- a call of the program is no event that could be awaited
                await asyncio.sleep(0.01)
        return found

    def message(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message as it is now."""
        chat = self.group if message["chat"]["id"] == self.group.id else self.private
        return next(each for each in self.sandbox.messages(chat) if each["message_id"] == message["message_id"])

    def called(self, method: str) -> list[Any]:
        """The calls of a method so far."""
        return [call for call in self.sandbox.calls if call.method == method]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=PROGRAMS.values(), ids=PROGRAMS)
async def stage(request: Any) -> AsyncIterator[Stage]:
    program, mode = request.param
    async with Sandbox(pause=0.05) as sandbox:
        bot = sandbox.add_bot(TOKEN, username="bare_bot", first_name="Bare")
        wang = sandbox.add_person("王", last_name="芳", username="wangfang")
        li = sandbox.add_person("李<四>")
        group = sandbox.add_group("第一党支部", by=wang, members=[li], bots=[bot])
        stage = Stage(sandbox, bot, wang, li, group)
        arguments = [TOKEN, sandbox.url, mode, str(free_port())]
        process = await asyncio.create_subprocess_exec(sys.executable, HERE / program, *arguments, env=quiet())
        try:
            first = "getUpdates" if mode == "polling" else "setWebhook"
            await stage.until(lambda: process.returncode is not None or stage.called(first))
            assert process.returncode is None
            yield stage
        finally:
            await stop(process)


async def stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise


def quiet() -> dict[str, str]:
    """The environment without the settings of this test run."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHONWARNINGS"))}


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
