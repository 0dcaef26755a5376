"""Resident memory with the tagger loaded: at rest, under load, and whether it grows over 200,000 updates.

Of ten updates eight are presses that bring a point, one asks for `/points`, and one makes a suggestion, which the
tagger reads. Memory is looked at after every few thousand; then the ledger must hold what was pressed.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine

from benchmarks.bot.crowd import Crowd, Press, check_ledger, message
from benchmarks.bot.platform import Platform
from benchmarks.bot.pressing import NO_LIMITS, PROGRAM
from benchmarks.bot.process import free_port, jingyi_settings, ready, running, until_quiet
from benchmarks.machine import resident
from benchmarks.result import Row, Say, middle
from bot import clock
from bot.renderer import Renderer
from storage.database import SQLiteDatabase

WORDS = "建议：三号皮带机旁边加一个急停按钮，第{}次巡检时说过"


@dataclass(frozen=True, slots=True)
class Size:
    """How many updates, and after how many of them memory is looked at."""

    updates: int = 200_000
    step: int = 5_000


SHORT = Size(updates=20_000, step=1_000)


async def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as made:
        folder = Path(made)
        file = folder / "jingyi.db"
        crowd = Crowd.for_presses(size.updates * 8 // 10)
        say("entering groups and people")
        async with SQLiteDatabase(file, Renderer(), clock.now) as database:
            crowd = await database.write(crowd.enter, at=clock.now())
        presses = crowd.presses(size.updates * 8 // 10)
        rest, samples = await _run(size, file, _updates(presses, crowd), say)
        engine = create_engine(f"sqlite:///{file}")
        with engine.connect() as connection:
            check_ledger(connection, presses)
        engine.dispose()
    return _rows(size, rest, samples)


def _updates(presses: Sequence[Press], crowd: Crowd) -> list[bytes]:
    """The presses, and after each eight of them somebody who asks and somebody who suggests."""
    updates: list[bytes] = []
    for number, press in enumerate(presses):
        updates.append(press.update(number))
        if number % 8 == 7:
            updates.append(message(number, "/points", crowd.people))
            updates.append(message(number + 1, WORDS.format(number), crowd.people))
    return updates


async def _run(size: Size, file: Path, updates: Sequence[bytes], say: Say) -> tuple[float, list[float]]:
    """Memory in MB at rest, and after each step."""
    async with Platform() as platform:
        port = free_port()
        settings = jingyi_settings(platform.url, f"sqlite:///{file}", file.parent, port=port)
        async with running(PROGRAM, NO_LIMITS, folder=file.parent, settings=settings) as process:
            await ready(process, port)
            await until_quiet(process.pid)
            rest, samples = resident(process.pid), []
            for first in range(0, len(updates), size.step):
                say(f"{first:,} of {len(updates):,} updates")
                await platform.deliver(updates[first : first + size.step])
                samples.append(resident(process.pid))
            return rest, samples


def _rows(size: Size, rest: float, samples: Sequence[float]) -> list[Row]:
    """Growth is what the last fifth has above the second one: the first fills caches that are bounded."""
    fifth = max(1, len(samples) // 5)
    growth = middle(samples[-fifth:]) - middle(samples[fifth : 2 * fifth] or samples)
    figures = {"mb": [round(sample, 1) for sample in samples]}
    updates = f"{size.updates:,} updates"
    return [
        Row("memory", "memory at rest, jieba loaded", "", rest, "MB", most=300),
        Row("memory", f"memory under load, the most over {updates}", "", max(samples), "MB", most=300, figures=figures),
        Row("memory", f"growth over {updates}", "the second fifth of them", growth, "MB", most=5),
    ]
