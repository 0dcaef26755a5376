"""`python -m benchmarks`: each benchmark alone, all of them, and the report."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.bot import memory as use_of_memory
from benchmarks.bot import pressing as presses
from benchmarks.bot import sender as pushes
from benchmarks.bot import starting as starts
from benchmarks.domain import summary as summaries
from benchmarks.result import Row, table
from benchmarks.storage import points as totals

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
Short = Annotated[bool, typer.Option("--short", help="Less of everything: to look, not to quote.")]


def _say(words: str) -> None:
    """Progress, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{words}")
        sys.stderr.flush()


def _show(rows: list[Row]) -> None:
    _say("")
    print(table([row.as_dict() for row in rows]))
    if any(row.met is False for row in rows):
        raise typer.Exit(1)


@app.command()
def pressing(
    *,
    short: Short = False,
    only: Annotated[list[str] | None, typer.Option(help=f"Who takes part: {', '.join(presses.CONTENDERS)}.")] = None,
    rounds: Annotated[int | None, typer.Option(min=1, help="How many rounds.")] = None,
    profile: Annotated[bool, typer.Option("--profile", help="Print where the program's time goes (SQLite).")] = False,
) -> None:
    """Handled updates a second against bare echo bots."""
    size = presses.SHORT if short else presses.Size()
    if rounds:
        size = presses.Size(size.warm_up, size.updates, rounds)
    if not set(only or ()) <= set(presses.CONTENDERS):
        raise typer.BadParameter(f"one of {', '.join(presses.CONTENDERS)}", param_hint="--only")
    if not profile:
        _show(asyncio.run(presses.measure(size, _say, only or presses.CONTENDERS)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile.txt"
        size = presses.Size(size.warm_up, size.updates, 1)
        rows = asyncio.run(presses.measure(size, _say, (only or ["sqlite"])[:1], file))
        print(file.read_text(encoding="utf-8"))
        _show(rows)


@app.command()
def points(*, short: Short = False) -> None:
    """A person's total and a week's top twenty in ledgers of 10 thousand, 1 million and 10 million entries."""
    _show(totals.measure(totals.SHORT if short else totals.Size(), _say))


@app.command()
def summary(*, short: Short = False) -> None:
    """The weekly summaries of a thousand groups against plain SQL."""
    _show(summaries.measure(summaries.SHORT if short else summaries.Size(), _say))


@app.command()
def sender(*, short: Short = False) -> None:
    """Pushes to five thousand groups under enforced limits."""
    _show(asyncio.run(pushes.measure(pushes.SHORT if short else pushes.Size(), _say)))


@app.command()
def starting(*, short: Short = False) -> None:
    """From `jingyi run` until it is ready."""
    _show(asyncio.run(starts.measure(starts.SHORT if short else starts.Size(), _say)))


@app.command()
def memory(*, short: Short = False) -> None:
    """Resident memory at rest, under load, and over two hundred thousand updates."""
    _show(asyncio.run(use_of_memory.measure(use_of_memory.SHORT if short else use_of_memory.Size(), _say)))


if __name__ == "__main__":
    app()
