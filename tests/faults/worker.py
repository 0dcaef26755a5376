"""The program as a real process: started, killed, stopped, and read."""

import asyncio
import atexit
import functools
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.forked import Forked, parent

HERE = Path(__file__).parents[2]
TOKEN = "123456:faults"
SECRET = "the-secret-of-a-webhook"
PATIENCE = 300  # seconds in which a process has to do what it must, on a machine that has much else to do
LOOK_AGAIN = 0.01  # seconds
FROM_OUTSIDE = ("PATH", "HOME", "LANG", "LC_ALL", "VIRTUAL_ENV", "SYSTEMROOT")
RUN = ("-m", "bot", "run")
FORKED = ("bot", "tests.faults.poisoned")  # which change nothing that a module asks for once, when it is imported
# Root may write anywhere; without this right (CAP_DAC_OVERRIDE) it is bound by a file's mode as everybody is.
BOUND_BY_MODES = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])
"""


@dataclass
class Worker:
    """`python -m bot run` on settings; everything that it prints goes to `log`, run after run.

    `command` is another program with the same settings, or the same one in other circumstances.
    """

    folder: Path
    settings: Mapping[str, str]
    name: str = "worker"
    command: tuple[str, ...] = RUN
    process: asyncio.subprocess.Process | Forked | None = None
    _begins: int = field(default=0)

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the process, and of this one only what every program needs."""
        return outside() | {f"JINGYI_{name.upper()}": value for name, value in self.settings.items()}

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        """Start, without waiting for anything."""
        self.log.touch()
        self._begins = self.log.stat().st_size
        module, *arguments = self.command[1:]
        if self.command[0] == "-m" and module in FORKED:
            made, told = parent(HERE, *outside().items()), (arguments, self.folder, self.environment, self.log)
            self.process = await asyncio.to_thread(made.start, module, *told)
            return
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *self.command, cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )

    async def ready(self) -> dict[str, Any]:
        """Wait until it works: the line that says so. Raises AssertionError where it ends before, or never does."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    for line in self.events():
                        if line.get("event") == "ready":
                            return line
                    assert self.runs, f"it ended by itself:\n{self.printed()}"
                    await asyncio.sleep(LOOK_AGAIN)
        except TimeoutError:
            raise AssertionError(f"it does not become ready:\n{self.printed()}") from None

    async def kill(self) -> None:
        """SIGKILL: no last word."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM, as a service manager does; the exit code."""
        return await self._end(signal.SIGTERM)

    async def ends(self) -> int:
        """Wait until it ends by itself; the exit code. Raises AssertionError with where it stands if it does not."""
        assert self.process is not None
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.process.wait()
        except TimeoutError:
            self.process.send_signal(signal.SIGABRT)  # which lets it tell where each thread stands
            await self.process.wait()
            raise AssertionError(f"it does not end:\n{self.printed()}") from None

    async def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        if self.process.returncode is None:
            self.process.send_signal(how)
        return await self.ends()

    def printed(self) -> str:
        """What this run has printed."""
        with self.log.open("rb") as log:
            log.seek(self._begins)
            return log.read().decode(errors="replace")

    def events(self) -> list[dict[str, Any]]:
        """The lines of this run's log, as far as they are whole."""
        found = []
        for line in self.printed().splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                found.append(said)
        return found


def outside() -> dict[str, str]:
    """What every program needs of the environment."""
    mine = {name: os.environ[name] for name in FROM_OUTSIDE if name in os.environ}
    return mine | {"PYTHONPATH": str(HERE), "PYTHONWARNINGS": "ignore", "PYTHONFAULTHANDLER": "1"}


def settings(url: str, database: str, **more: str) -> dict[str, str]:
    """Settings of a program whose Telegram is at `url`, with its log as JSON."""
    return {
        "token": TOKEN,
        "audit_key": 32 * "k",
        "api_url": url,
        "database_url": database,
        "http": "127.0.0.1:0",
        "cache": cache(),
        "log": "json",
        **more,
    }


@functools.cache
def cache() -> str:
    """One folder for the dictionary that every process reads, built by the first."""
    folder = tempfile.mkdtemp(prefix="jingyi-cache-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
