"""`python -m benchmarks`: each benchmark alone, all of them, and the report."""

import asyncio
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks import machine
from benchmarks.bot import memory as use_of_memory
from benchmarks.bot import pressing as presses
from benchmarks.bot import sender as pushes
from benchmarks.bot import starting as starts
from benchmarks.charts import pictures as drawing
from benchmarks.domain import answers as questionnaires
from benchmarks.domain import award as awards
from benchmarks.domain import evaluation as evaluations
from benchmarks.domain import follow as digests
from benchmarks.domain import questions as question_files
from benchmarks.domain import roster as rosters
from benchmarks.domain import settlement as settlements
from benchmarks.domain import summary as summaries
from benchmarks.report import write_into
from benchmarks.result import Row, table
from benchmarks.storage import points as totals
from benchmarks.tagging import measure as tags

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
Short = Annotated[bool, typer.Option("--short", help="Less of everything: to look, not to quote.")]
HERE = Path(__file__).parent
LATEST = HERE / "results" / "latest.json"
DOCUMENT = HERE.parent / "docs" / "benchmarks.md"


def _say(words: str) -> None:
    """Progress, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{words}")
        sys.stderr.flush()


def _show(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows. Raises typer.Exit with 1 where one does not reach what it must."""
    _say("")
    print(table(rows))
    if any(row["met"] is False for row in rows):
        raise typer.Exit(1)


def _dicts(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [row.as_dict() for row in rows]


def _pressing(short: bool) -> list[Row]:
    return asyncio.run(presses.measure(presses.SHORT if short else presses.Size(), _say))


def _sender(short: bool) -> list[Row]:
    return asyncio.run(pushes.measure(pushes.SHORT if short else pushes.Size(), _say))


def _points(short: bool) -> list[Row]:
    return totals.measure(totals.SHORT if short else totals.Size(), _say)


def _summary(short: bool) -> list[Row]:
    return summaries.measure(summaries.SHORT if short else summaries.Size(), _say)


def _starting(short: bool) -> list[Row]:
    return asyncio.run(starts.measure(starts.SHORT if short else starts.Size(), _say))


def _memory(short: bool) -> list[Row]:
    return asyncio.run(use_of_memory.measure(use_of_memory.SHORT if short else use_of_memory.Size(), _say))


def _roster(short: bool) -> list[Row]:
    return rosters.measure(rosters.SHORT if short else rosters.Size(), _say)


def _pictures(short: bool) -> list[Row]:
    return asyncio.run(drawing.measure(drawing.SHORT if short else drawing.Size(), _say))


def _settlement(short: bool) -> list[Row]:
    return settlements.measure(settlements.SHORT if short else settlements.Size(), _say)


def _award(short: bool) -> list[Row]:
    return awards.measure(awards.SHORT if short else awards.Size(), _say)


def _answers(short: bool) -> list[Row]:
    return asyncio.run(questionnaires.measure(questionnaires.SHORT if short else questionnaires.Size(), _say))


def _questions(short: bool) -> list[Row]:
    return question_files.measure(question_files.SHORT if short else question_files.Size(), _say)


def _follow(short: bool) -> list[Row]:
    return digests.measure(digests.SHORT if short else digests.Size(), _say)


def _evaluation(short: bool) -> list[Row]:
    return evaluations.measure(evaluations.SHORT if short else evaluations.Size(), _say)


def _tagging(_: bool) -> list[Row]:
    return tags.measure(_say)


BENCHMARKS: dict[str, Callable[[bool], list[Row]]] = {
    "pressing": _pressing,
    "sender": _sender,
    "points": _points,
    "summary": _summary,
    "roster": _roster,
    "pictures": _pictures,
    "settlement": _settlement,
    "award": _award,
    "answers": _answers,
    "questions": _questions,
    "follow": _follow,
    "evaluation": _evaluation,
    "tagging": _tagging,
    "starting": _starting,
    "memory": _memory,
}


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
        _show(_dicts(asyncio.run(presses.measure(size, _say, only or presses.CONTENDERS))))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "profile.txt"
        size = presses.Size(size.warm_up, size.updates, 1)
        rows = asyncio.run(presses.measure(size, _say, (only or ["sqlite"])[:1], file))
        print(file.read_text(encoding="utf-8"))
        _show(_dicts(rows))


@app.command()
def sender(*, short: Short = False) -> None:
    """Pushes to five thousand groups under enforced limits."""
    _show(_dicts(_sender(short)))


@app.command()
def points(*, short: Short = False) -> None:
    """A person's total and a week's top twenty in ledgers of 10 thousand, 1 million and 10 million entries."""
    _show(_dicts(_points(short)))


@app.command()
def summary(*, short: Short = False) -> None:
    """The weekly summaries of a thousand groups against plain SQL."""
    _show(_dicts(_summary(short)))


@app.command()
def roster(*, short: Short = False) -> None:
    """The import of a roster of twenty thousand people."""
    _show(_dicts(_roster(short)))


@app.command()
def pictures(*, short: Short = False) -> None:
    """The processor time of pictures, and the memory of the process that draws them."""
    _show(_dicts(_pictures(short)))


@app.command()
def settlement(*, short: Short = False) -> None:
    """The settlement of a month for twenty thousand people."""
    _show(_dicts(_settlement(short)))


@app.command()
def tagging(*, short: Short = False) -> None:
    """How well suggestions get their tags, and how fast; beside jieba's TF-IDF alone."""
    _show(_dicts(_tagging(short)))


@app.command()
def award(*, short: Short = False) -> None:
    """The processor time of an award under the default rules."""
    _show(_dicts(_award(short)))


@app.command()
def answers(*, short: Short = False) -> None:
    """A questionnaire that two thousand people answer at once."""
    _show(_dicts(_answers(short)))


@app.command()
def questions(*, short: Short = False) -> None:
    """Files of five thousand questions, in each format."""
    _show(_dicts(_questions(short)))


@app.command()
def follow(*, short: Short = False) -> None:
    """The morning's digests of four hundred branches with fifty open tasks each."""
    _show(_dicts(_follow(short)))


@app.command()
def evaluation(*, short: Short = False) -> None:
    """The evaluation of four hundred branches of fifty people over a year."""
    _show(_dicts(_evaluation(short)))


@app.command()
def starting(*, short: Short = False) -> None:
    """From `jingyi run` until it is ready."""
    _show(_dicts(_starting(short)))


@app.command()
def memory(*, short: Short = False) -> None:
    """Resident memory at rest, under load, and over two hundred thousand updates."""
    _show(_dicts(_memory(short)))


@app.command(name="all")
def run_all(
    *,
    short: Short = False,
    results: Annotated[Path, typer.Option(help="Where the results are written.", dir_okay=False)] = LATEST,
) -> None:
    """Every benchmark, one after the other; the results also as JSON."""
    begun, rows = time.monotonic(), []
    for name, measure in BENCHMARKS.items():
        try:
            rows += measure(short)
        except Exception as error:  # the others are measured all the same, and this one's row says why it is not
            rows.append(Row(name, name, "", None, "", least=0, note=f"{type(error).__name__}: {error}"))
    told: dict[str, Any] = {
        "machine": machine.facts(),
        "short": short,
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "rows": _dicts(rows),
    }
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _show(told["rows"])


@app.command()
def report(
    *,
    results: Annotated[Path, typer.Option(help="Results in JSON.", exists=True, dir_okay=False)] = LATEST,
    document: Annotated[Path, typer.Option(help="The page they go into.", exists=True, dir_okay=False)] = DOCUMENT,
) -> None:
    """Write the newest results into docs/benchmarks.md."""
    write_into(document, json.loads(results.read_text(encoding="utf-8")))


if __name__ == "__main__":
    # SIGTERM ends it in order too, so that a benchmark's own processes and files go with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    app()
