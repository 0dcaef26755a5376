"""Draws pictures in one process of their own, so that the event loop never waits for one."""

import asyncio
import json
import logging
import os
import pickle
import signal
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from charts import worker
from charts.pictures import Picture, Theme

log = logging.getLogger("charts")
WAITING = 50  # pictures that are drawn or wait
SECONDS = 20.0  # for one picture, with the start of the process
MAX_PNG_BYTES = 10 * 1024 * 1024  # what Telegram takes as a photo
ENDING = 2.0  # seconds that the process has to end by itself
ROOT = Path(__file__).resolve().parent.parent
START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from charts.worker import main; main()"
# A picture has no need of threads. Windows starts nothing without its environment.
ENVIRONMENT: dict[str, str] | None = None if sys.platform == "win32" else {"VIPS_CONCURRENCY": "1"}


class Failure(StrEnum):
    """Why there is no picture."""

    BUSY = "busy"
    LATE = "late"
    DIED = "died"
    FAULT = "fault"
    CLOSED = "closed"


class PictureFailed(Exception):  # noqa: N818 - named for what happened
    """There is no picture; whoever wanted it says the same in words. The text says more, for the log."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}" if detail else str(failure))
        self.failure = failure


class Painter:
    """One worker, started for the first picture and kept. Whatever happens to it costs the picture that it draws."""

    def __init__(self, *, waiting: int = WAITING, seconds: float = SECONDS) -> None:
        self._most, self._seconds = waiting, seconds
        self._waiting = 0
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._closed = False

    async def paint(self, picture: Picture, *, theme: Theme = Theme.LIGHT) -> bytes:
        """The picture as a PNG. Raises PictureFailed."""
        if self._waiting >= self._most:
            raise PictureFailed(Failure.BUSY)
        order = worker.framed(pickle.dumps((picture, theme)))
        self._waiting += 1
        try:
            async with self._turn:
                return await self._drawn(order)
        except PictureFailed as failed:
            log.warning("no picture: %s: %s", type(picture).__name__, failed)
            raise
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """End the worker; the pictures that still wait fail."""
        self._closed = True
        process, self._process = self._process, None
        if process is not None:
            await _end(process, patience=ENDING)

    @property
    def pid(self) -> int | None:
        """The worker's, while there is one."""
        return self._process.pid if self._process is not None else None

    async def _drawn(self, order: bytes) -> bytes:
        """Raises PictureFailed."""
        if self._closed:
            raise PictureFailed(Failure.CLOSED)
        is_in_order = False
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._answer(order)
            is_in_order = True
        except TimeoutError as error:
            raise PictureFailed(Failure.LATE, f"{self._seconds:g} s") from error
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            raise PictureFailed(Failure.CLOSED if self._closed else Failure.DIED, await self._how()) from error
        finally:
            if not is_in_order:  # also when whoever asked has gone: its answer would be taken for the next one's
                await self._drop()
        if not answer.startswith(worker.DRAWN):
            raise PictureFailed(Failure.FAULT, answer[1:].decode(errors="replace"))
        return answer[1:]

    async def _answer(self, order: bytes) -> bytes:
        """Raises OSError, IncompleteReadError, ValueError where the worker is gone or out of order."""
        if self._process is None or self._process.returncode is not None:
            self._process = await _started()
        if self._closed:  # while it started
            raise ConnectionAbortedError
        process = self._process
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - they were asked for
        process.stdin.write(order)
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(worker.LENGTH), "big")
        if not 0 < length <= MAX_PNG_BYTES:
            raise ValueError(length)
        return await process.stdout.readexactly(length)

    async def _how(self) -> str:
        """How the worker ended."""
        process = self._process
        if process is None:
            return ""
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDING):
                code = await process.wait()
                with suppress(ValueError):
                    return f"ended by {signal.Signals(-code).name}"
                return f"exit code {code}"
        return "out of order"

    async def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await _end(process, patience=0)


async def _started() -> asyncio.subprocess.Process:
    """A new worker, in a session of its own, so that a Ctrl+C in the terminal is not for it. Raises OSError."""
    return await asyncio.create_subprocess_exec(
        *_command(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd=os.sep,
        start_new_session=sys.platform != "win32",
    )


def _command() -> list[str]:
    """Python without site, environment and current folder; it imports from where this program does."""
    paths = [str(ROOT), *(os.path.abspath(path) for path in sys.path if path)]  # noqa: PTH100 - may name no file
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", START, json.dumps(paths)]


async def _end(process: asyncio.subprocess.Process, *, patience: float) -> None:
    """No worker is left behind: its input ends, and after a while itself."""
    if process.stdin is not None:
        process.stdin.close()
    if process.returncode is None and patience:
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await process.wait()
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
