"""Files from outside are read in a child process, so that no file can take the program with it.

A child has limits of memory, time and output (`sheets.child.Limits`), no environment, and nothing open but its pipes.
On Windows there is only the limit of time by the clock, and the environment is passed on; macOS does not enforce the
limit of memory.
"""

import asyncio
import json
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sheets import child, wire
from sheets.child import LIMITS, Limits
from sheets.reader import Progress, Reader, nothing
from sheets.reading import MAX_FILE_BYTES, Reason, WrongFile

T = TypeVar("T")
log = logging.getLogger("sheets")
AT_ONCE = 2  # children
EACH = 2  # files of one person that are read or wait
IN_ALL = 20  # files that are read or wait
MAX_LINE = 1024 * 1024  # bytes; `wire.LINE` and one more item are far fewer
CHUNK = 256 * 1024  # bytes
MAX_CAUSE_CHARS = 200
ROOT = Path(__file__).resolve().parent.parent
START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from sheets.child import main; main()"
ENVIRONMENT: dict[str, str] | None = None if sys.platform == "win32" else {}  # Windows starts nothing without one


class Busy(Exception):  # noqa: N818 - named for what it is
    """So many files wait already that this one cannot."""


class Died(Exception):  # noqa: N818 - named for what happened
    """A child ended without a result that can be used; the text says how, for the log."""


class Failed(Died):
    """The reader has a fault; the child told of it and ends by itself."""


class Files:
    """Reads files in children, a few at a time."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._room = asyncio.Semaphore(AT_ONCE)
        self._waiting: Counter[Hashable] = Counter()

    async def read(self, reader: Reader[T], data: bytes, *, owner: Hashable = None, progress: Progress = nothing) -> T:
        """What is in a file that `owner` sent. Raises WrongFile, Busy."""
        if len(data) > MAX_FILE_BYTES:
            raise WrongFile(Reason.TOO_LARGE)
        with self._place(owner):
            async with self._room:
                try:
                    return reader.build(await _read(reader, data, self._limits, progress))
                except (Died, wire.Garbled) as died:
                    log.warning("a file was not read to its end: %s: %s", reader.entry, died)
                    raise WrongFile(Reason.TOO_COSTLY) from died

    @contextmanager
    def _place(self, owner: Hashable) -> Iterator[None]:
        """A place among those that wait. Raises Busy."""
        if self._waiting[owner] >= EACH or self._waiting.total() >= IN_ALL:
            raise Busy
        self._waiting[owner] += 1
        try:
            yield
        finally:
            self._waiting[owner] -= 1
            if not self._waiting[owner]:
                del self._waiting[owner]


async def _read(reader: Reader[Any], data: bytes, limits: Limits, progress: Progress) -> list[object]:
    """Run one child. Raises Died, Garbled, WrongFile."""
    process = await asyncio.create_subprocess_exec(
        *_command(reader.entry, limits),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd=os.sep,
        start_new_session=sys.platform != "win32",
        limit=MAX_LINE,
    )
    feeding = asyncio.create_task(_feed(process, data), name="feed a child")
    try:
        async with asyncio.timeout(limits.seconds):
            try:
                items = await _collect(process, reader, limits, progress)
            except (WrongFile, Failed):
                await process.wait()
                raise
            await process.wait()
    except TimeoutError as error:
        raise Died("out of time") from error
    finally:
        feeding.cancel()
        await _end(process)
    return items


def _command(entry: str, limits: Limits) -> list[str]:
    """Python without site, environment and current folder; it imports from where this program does."""
    paths = [str(ROOT), *(os.path.abspath(path) for path in sys.path if path)]  # noqa: PTH100 - may name no file
    flags = ("-I", "-S", "-B", "-X", "utf8")
    return [sys.executable, *flags, "-c", START, json.dumps(paths), entry, json.dumps(limits)]


async def _feed(process: asyncio.subprocess.Process, data: bytes) -> None:
    """Hand the file over; a child that is gone takes no more of it."""
    assert process.stdin is not None  # noqa: S101 - it was asked for
    with suppress(ConnectionError):
        for start in range(0, len(data), CHUNK):
            process.stdin.write(data[start : start + CHUNK])
            await process.stdin.drain()
        process.stdin.close()


async def _collect(
    process: asyncio.subprocess.Process, reader: Reader[Any], limits: Limits, progress: Progress
) -> list[object]:
    """The items that a child tells. Raises Died, WrongFile, Garbled."""
    decode = wire.decoder(reader.kinds)
    items: list[object] = []
    async for line in _lines(process, limits):
        if not line.startswith(b'["'):
            items += decode(line)
            continue
        match _words(line):
            case [child.END]:
                return items
            case [child.PROGRESS, int(done), int(of)]:
                progress(done, of)
            case [child.WRONG, str(reason), str(detail)] if reason in list(Reason):
                raise WrongFile(Reason(reason), detail)
            case [child.FAULT, str(name), str(place)]:
                raise Failed(f"{name} at {place}"[:MAX_CAUSE_CHARS])
            case _:
                raise wire.Garbled("an unknown word")
    raise Died(_how_it_ended(await process.wait()))


def _words(line: bytes) -> list[Any]:
    """A line that is no item. Raises Garbled."""
    try:
        return list(json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        raise wire.Garbled(type(error).__name__) from error


async def _lines(process: asyncio.subprocess.Process, limits: Limits) -> AsyncIterator[bytes]:
    """What a child writes. Raises Died where it is too much; the loop has a pause after each line."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    size = 0
    while True:
        try:
            line = await process.stdout.readline()
        except ValueError as error:
            raise Died("a line without end") from error
        size += len(line)
        if size > limits.output:
            raise Died("too much output")
        if not line.endswith(b"\n"):
            return
        yield line
        await asyncio.sleep(0)


def _how_it_ended(code: int) -> str:
    with suppress(ValueError):
        return f"ended by {signal.Signals(-code).name}"
    return f"exit code {code}"


async def _end(process: asyncio.subprocess.Process) -> None:
    """No child is left behind, whether it came to its end or not."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
