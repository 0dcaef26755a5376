"""A contender: a process of its own, with only the settings that it is given."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

from benchmarks.bot.platform import SECRET, TOKEN
from benchmarks.machine import processor_seconds
from benchmarks.result import WorkNotDone

ROOT = Path(__file__).parents[2]
UNTIL_READY = 120.0  # seconds
TO_STOP = 15.0  # seconds
QUIET = 0.03  # seconds of processor in a second


@asynccontextmanager
async def running(
    module: str, *arguments: str, folder: Path, settings: Mapping[str, str] | None = None, gently: bool = False
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m module` in a folder, where it also writes what it says; ended by SIGKILL, or `gently` by SIGTERM.

    Killed at once after its last answer, a bot has kept only what it kept before it answered.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("JINGYI_")}
    environment = {**own, "PYTHONPATH": str(ROOT), **(settings or {})}
    with (folder / f"{module}.log").open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments, cwd=folder, env=environment, stdout=said, stderr=said
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM if gently else signal.SIGKILL)
            async with asyncio.timeout(TO_STOP):
                await process.wait()


def jingyi_settings(platform: str, database: str, folder: Path, *, port: int) -> dict[str, str]:
    """The program's settings against a server, listening on a port."""
    return {
        "JINGYI_TOKEN": TOKEN,
        "JINGYI_API_URL": platform,
        "JINGYI_DATABASE_URL": database,
        "JINGYI_HTTP": f"127.0.0.1:{port}",
        "JINGYI_CACHE": str(folder / "cache"),
        "JINGYI_WEBHOOK_SECRET": SECRET,
        "JINGYI_AUDIT_KEY": 32 * "k",  # workers share one
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def ready(process: asyncio.subprocess.Process, port: int, *, seconds: float = UNTIL_READY) -> None:
    """Wait until the program says that it is ready. Raises WorkNotDone where it ends instead, or stands by."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), aiohttp.ClientSession() as session:
            while process.returncode is None:
                with suppress(aiohttp.ClientError):
                    async with session.get(f"http://127.0.0.1:{port}/health/ready") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.01)
        raise WorkNotDone("the program ended before it was ready")
    raise WorkNotDone(f"the program was not ready within {seconds:g} seconds")


async def until_quiet(pid: int) -> None:
    """Wait until a process has nothing to do: after it is ready the program loads what messages are read with."""
    used, before = processor_seconds(pid), -1.0
    while used - before > QUIET:
        await asyncio.sleep(1)
        used, before = processor_seconds(pid), used
