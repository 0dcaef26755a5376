"""A roster of twenty thousand people in four hundred branches, by the command that an office uses.

Timed is `jingyi import roster FILE --yes` from its start to its end, as a process of its own, on a new SQLite store,
and then once more, when nothing has changed. Its peak memory is what the kernel tells of that process.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import sheets
from benchmarks.result import Row, Say, WorkNotDone
from sheets import Column, Table

MAX_SECONDS, MAX_MEGABYTES = 30, 300
HEADINGS = ("姓名", "工号", "所在党组织", "职务", "手机", "入党日期")
KILOBYTES = 1024
LOOK = 0.02  # seconds between two looks at its memory


@dataclass(frozen=True, slots=True)
class Size:
    """How many people, in how many branches, and how many of those make a general branch."""

    people: int = 20_000
    branches: int = 400
    together: int = 10


SHORT = Size(people=2000, branches=40)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command took."""

    seconds: float
    megabytes: float


def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark. Raises WorkNotDone."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:
        say(f"writing a roster of {size.people:,}")
        file = write(Path(folder), size)
        say("importing it")
        first = _import(Path(folder), file)
        _check(Path(folder), size)
        say("importing it again")
        again = _import(Path(folder), file)
        _check(Path(folder), size)
    what = f"a roster of {size.people:,} people in {size.branches} branches"
    return [
        Row("roster", what, "its first import", first.seconds, "s", most=MAX_SECONDS),
        Row("roster", what, "the same again", again.seconds, "s", most=MAX_SECONDS),
        Row("roster", what, "memory at most", max(first.megabytes, again.megabytes), "MB", most=MAX_MEGABYTES),
    ]


def write(folder: Path, size: Size) -> Path:
    """The roster as an XLSX."""
    rows = [_row(number, size) for number in range(size.people)]
    columns = [Column(heading, 16) for heading in HEADINGS]
    file = folder / "roster.xlsx"
    file.write_bytes(sheets.write([Table("名册", columns, rows)], as_csv=False))
    return file


def _row(number: int, size: Size) -> list[str | date | None]:
    branch = number % size.branches
    path = f"集团党委/第{branch // size.together + 1}党总支/第{branch + 1}党支部"
    role = "支部书记" if number < size.branches else ""
    joined = date(2000, 1, 1) + timedelta(days=number % 9000)
    return [f"张{number}", f"{number:06}", path, role, f"139{number:08}", joined]


def _import(folder: Path, file: Path) -> Run:
    """Raises WorkNotDone."""
    begun, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", "import", "roster", str(file), "--yes"],
        cwd=folder,
        env=os.environ | {"JINGYI_DATABASE_URL": "sqlite:///roster.db", "PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        time.sleep(LOOK)
    if process.returncode:
        raise WorkNotDone(f"the command ended with {process.returncode}")
    return Run(time.perf_counter() - begun, peak)


def _peak(pid: int) -> float:
    """The most memory that a process ever had, in MB; what `wait` tells of it holds its parent's, too."""
    with suppress(OSError):  # it may just have ended
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / KILOBYTES
    return 0.0


def _check(folder: Path, size: Size) -> None:
    """Raises WorkNotDone unless everybody is there, once."""
    with closing(sqlite3.connect(folder / "roster.db")) as database:
        (people,) = database.execute("SELECT count(*) FROM people WHERE left_on IS NULL").fetchone()
        (branches,) = database.execute("SELECT count(*) FROM branches").fetchone()
    if (people, branches) != (size.people, size.branches + size.branches // size.together + 1):
        raise WorkNotDone(f"{people} people in {branches} branches")
