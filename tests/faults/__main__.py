"""`make soak`: many kills on each engine, with their progress and a table at the end."""

import argparse
import asyncio
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import serving
from tests.faults.kills import Plan, carry_out, new_seed
from tests.faults.run_report import RunReport

KILLS = 500
GROUPS = 400  # so many that the platform's limits for each are not what is tried here
TO_SETTLE = 900  # seconds: what was not said between so many kills waits for Telegram's limits
WORKERS = {"sqlite": 1, "postgresql": 3}
HEAD = (
    "engine",
    "workers",
    "kills",
    "updates",
    "lost",
    "doubled effects",
    "doubled messages",
    "unknown",
    "left",
    "arrived",
)
Row = tuple[str, ...]


def main() -> int:
    """Run; the exit code is 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help=f"on each engine (default {KILLS})")
    parser.add_argument("--engine", choices=[*WORKERS, "both"], default="both")
    parser.add_argument("--seed", type=int, default=None, help="what a failure named, to do the same again")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    engines = list(WORKERS) if given.engine == "both" else [given.engine]
    seed = new_seed() if given.seed is None else given.seed
    rows, right = [HEAD], True
    for engine in engines:
        found = soak(engine, given.kills, seed)
        rows.append(row(engine, given.kills, found))
        right = right and found.right
    print(table(rows))
    return 0 if right else 1


def soak(engine: str, kills: int, seed: int) -> RunReport:
    """One engine's run, with what it came to in words."""
    print(f"{engine}: seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="jingyi-soak-") as folder, database(engine, Path(folder)) as url:
        plan = Plan(url, Path(folder), kills, seed, WORKERS[engine], GROUPS, TO_SETTLE, progress(kills))
        found = asyncio.run(carry_out(plan))
    print(f"\n{engine}: {found}", flush=True)
    return found


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """The address of a new store."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'jingyi.db'}"
        return
    with serving() as server, server.database() as url:
        yield url


def progress(of: int) -> Callable[[int], None]:
    """Tells on one line of a terminal, and in every fiftieth line elsewhere, how far it is."""
    begun, terminal = time.monotonic(), sys.stderr.isatty()

    def show(kills: int) -> None:
        if terminal or kills % 50 == 0 or kills == of:
            line = f"{kills} of {of} kills, {time.monotonic() - begun:.0f} s"
            print(f"\r{line}" if terminal else line, end="" if terminal else "\n", file=sys.stderr, flush=True)

    return show


def row(engine: str, kills: int, found: RunReport) -> Row:
    """A line of the table."""
    figures = (found.updates, len(found.lost), len(found.doubled), found.doubled_messages, found.unknown, found.left)
    return (engine, *(str(figure) for figure in (WORKERS[engine], kills, *figures, found.arrived)))


def table(rows: list[Row]) -> str:
    """Columns in line."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.rjust(width) for cell, width in zip(one, widths, strict=True)) for one in rows)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
