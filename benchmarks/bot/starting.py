"""From `jingyi run` until `/health/ready` says 200: at the very first start, and at a later one with many people.

The first start makes the store and its library. The tagger loads after that, off the event loop, in both.
"""

import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bot.crowd import Crowd
from benchmarks.bot.platform import Platform
from benchmarks.bot.process import free_port, jingyi_settings, ready, running
from benchmarks.machine import processor_seconds
from benchmarks.result import Row, Say, middle
from bot import clock
from bot.renderer import Renderer
from storage.database import SQLiteDatabase

JINGYI = ("bot", "run")


@dataclass(frozen=True, slots=True)
class Size:
    """How many people the store of a later start holds times three, and how often each start is made."""

    presses: int = 6000
    rounds: int = 7


SHORT = Size(presses=600, rounds=3)


@dataclass(frozen=True, slots=True)
class Start:
    """How long one took, and what of the processor it had used when it was ready, in seconds."""

    seconds: float
    processor: float


async def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark."""
    starts: dict[str, list[Start]] = {"the first start": [], "a later start": []}
    with tempfile.TemporaryDirectory(prefix="jingyi-") as made:
        folder = Path(made)
        kept = folder / "kept.db"
        async with SQLiteDatabase(kept, Renderer(), clock.now) as database:
            await database.write(Crowd.for_presses(size.presses).enter, at=clock.now())
        for number in range(size.rounds):
            say(f"start {number + 1} of {size.rounds}")
            file = folder / f"{number}.db"
            starts["the first start"].append(await _start(folder, file))
            shutil.copy(kept, file)
            starts["a later start"].append(await _start(folder, file))
    return [_row(what, made) for what, made in starts.items()]


async def _start(folder: Path, file: Path) -> Start:
    """Start once, and stop in order, which also leaves the file to itself."""
    async with Platform() as platform:
        port = free_port()
        settings = jingyi_settings(platform.url, f"sqlite:///{file}", folder, port=port)
        begun = time.perf_counter()
        async with running(*JINGYI, folder=folder, settings=settings, gently=True) as process:
            await ready(process, port)
            return Start(time.perf_counter() - begun, processor_seconds(process.pid))


def _row(what: str, starts: Sequence[Start]) -> Row:
    processor = middle([start.processor for start in starts])
    figures = {"seconds": [round(start.seconds, 2) for start in starts], "processor_seconds": round(processor, 2)}
    seconds = middle([start.seconds for start in starts])
    note = f"{processor:.2f} s of processor"
    return Row("starting", f"{what} until ready", "", seconds, "s", most=2.0, figures=figures, note=note)
