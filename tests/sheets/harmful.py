"""Readers that do harm in their child; `tests/sheets/test_process.py` names them."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sheets.reader import Progress, Reader
from sheets.reading import Reason, WrongFile


@dataclass(frozen=True, slots=True)
class Found:
    """What a good reader finds."""

    words: str
    day: date | None = None
    numbers: tuple[int, ...] = ()


def good(data: bytes, progress: Progress) -> Iterator[Found]:
    progress(1, 2)
    print("not for the parent")
    yield Found(data.decode(), date(2026, 11, 28), (1, 2))
    yield Found(" ".join(os.environ) + str(len([*Path("/proc/self/fd").iterdir()])))


def hangs(_: bytes, __: Progress) -> Iterator[Found]:
    time.sleep(1000)
    yield Found("")


def spins(_: bytes, __: Progress) -> Iterator[Found]:
    while True:
        pass


def allocates(_: bytes, __: Progress) -> Iterator[Found]:
    held = [bytearray(1 << 20) for _ in range(4096)]
    yield Found(str(len(held)))


def reserves(_: bytes, __: Progress) -> Iterator[Found]:
    yield Found(str(len(bytearray(550 * 1000**3))))


def killed(_: bytes, __: Progress) -> Iterator[Found]:
    yield Found("some")
    os.kill(os.getpid(), signal.SIGKILL)


def leaves(_: bytes, __: Progress) -> Iterator[Found]:
    os._exit(0)
    yield Found("")


def fails(data: bytes, _: Progress) -> Iterator[Found]:
    raise KeyError(data.decode())
    yield Found("")


def recurses(data: bytes, progress: Progress) -> Iterator[Found]:
    yield from recurses(data, progress)


def refuses(_: bytes, __: Progress) -> Iterator[Found]:
    raise WrongFile(Reason.BROKEN, "x" * 5_000_000)
    yield Found("")


def tells_without_end(_: bytes, __: Progress) -> Iterator[Found]:
    while True:
        yield Found("x" * 1000)


def says(data: bytes, _: Progress) -> Iterator[Found]:
    """Write the file itself past the protocol."""
    for number in range(3, 20):
        try:
            os.write(number, data)
        except OSError:
            continue
        break
    sys.stdout.flush()
    os._exit(0)
    yield Found("")


def writes(_: bytes, __: Progress) -> Iterator[Found]:
    Path("/tmp/jingyi-child-wrote").write_bytes(b"x")  # noqa: S108
    yield Found("")


def children() -> set[str]:
    """The processes that this one has started, also those that are dead and not yet waited for."""
    found: set[str] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # the thread has ended since it was listed
            found.update((task / "children").read_text().split())
    return found


def reader(name: str) -> Reader[list[Found]]:
    return Reader(f"tests.sheets.harmful:{name}", (Found,), list)
