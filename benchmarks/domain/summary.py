"""The weekly summaries of a thousand groups of a hundred people, against plain SQL that reads the same rows.

Timed are the facts of the week (`summary.week`, on a reader's connection), without rendering, for every group in
turn; against the same facts by hand-written queries on bare sqlite3, group by group, with no dataclass made of them.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event

from benchmarks.domain import plain
from benchmarks.ledger import MONDAY, microseconds, morning
from benchmarks.result import Row, Say, WorkNotDone, middle
from benchmarks.weeks import enter_weeks
from bot.renderer import Renderer
from domain.messaging.chat import Chat
from domain.report import summary
from domain.report.summary import Summary
from storage.sqlite import _prepare_reader
from storage.stores import Stores


@dataclass(frozen=True, slots=True)
class Size:
    """How many groups, and how often each side sums them up."""

    groups: int = 1000
    rounds: int = 5


SHORT = Size(groups=100)


@dataclass(slots=True)
class Sides:
    """What each side took, round by round, in seconds."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def time(self, name: str, sum_up: Callable[[], Any]) -> Any:
        """Let one side sum up all groups."""
        begun = time.perf_counter()
        found = sum_up()
        self.seconds.setdefault(name, []).append(time.perf_counter() - begun)
        return found

    def ratio(self, name: str, other: str) -> float:
        """How much longer one side takes than the other, in the middle round."""
        return middle([one / two for one, two in zip(self.seconds[name], self.seconds[other], strict=True)])


def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:
        file = Path(folder) / "weeks.db"
        say(f"entering two weeks of {size.groups} groups")
        enter_weeks(file, size.groups)
        sides = _sum_up(file, size, say)
    costs = {name: 1000 * middle(seconds) / size.groups for name, seconds in sides.seconds.items()}
    figures = {"ms_a_group": {name: round(cost, 3) for name, cost in costs.items()}}
    note = f"{costs['program']:.2f} ms a group, {{:.2f}} ms"
    what = f"summaries of {size.groups:,} groups of 100 people"
    return [
        Row(
            "summary",
            what,
            "plain SQL, group by group",
            sides.ratio("program", "each"),
            "×",
            most=3.0,
            figures=figures,
            note=note.format(costs["each"]),
        ),
        Row(
            "summary",
            what,
            "plain SQL, all groups in each query",
            sides.ratio("program", "at once"),
            "×",
            note=note.format(costs["at once"]),
        ),
    ]


def _sum_up(file: Path, size: Size, say: Say) -> Sides:
    sides = Sides()
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare_reader)
    with engine.connect() as connection, closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as bare:
        stores = Stores(connection, Renderer(), morning(MONDAY))
        groups = stores.chats.groups()
        for number in range(size.rounds):
            say(f"round {number + 1} of {size.rounds}")
            facts = sides.time("each", lambda: [plain.each(bare, g.id, _span(g)) for g in groups])
            sums = sides.time("program", lambda: [summary.week(stores, g, MONDAY, _end(g)) for g in groups])
            sides.time("at once", lambda: plain.at_once(bare, _span(groups[0])))
            _check(sums, facts)
    engine.dispose()
    return sides


def _end(group: Chat) -> Any:
    return group.start_of(MONDAY + timedelta(weeks=1))


def _span(group: Chat) -> dict[str, Any]:
    since, until = group.start_of(MONDAY), _end(group)
    return {"since": microseconds(since), "until": microseconds(until), "monday": MONDAY.isoformat()}


def _check(sums: Sequence[Summary], facts: Sequence[plain.Facts]) -> None:
    """Whether both sides have found the same. Raises WorkNotDone."""
    for ours, theirs in zip(sums, facts, strict=True):
        told: dict[str, Any] = {part.text: part.values for part in ours.parts}
        study, task = told["study.summary"], told["task.summary"]
        survey, suggestion = told["survey.summary"], told["suggestion.summary"]
        own: plain.Facts = {
            "active": [(told["points.summary"]["active"],)],
            "items": [(study["items"],)],
            "read": [(study["read"],)],
            "answers": [(study["answered"], study["right"])],
            "done": [(task["on_time"], task["late"])],
            "open": [(task["open"], task["overdue"])],
            "surveys": [(survey["published"], survey["voters"])],
            "suggestions": [(suggestion["made"],)],
            "topics": [(topic.name, topic.count) for topic in suggestion["topics"]],
            "board": [(s.rank, s.member.name, s.points) for s in ours.board.standings],
            "ranked": [(len(ours.board.standings) + ours.board.others,)],
        }
        theirs["board"] = [line for line in theirs["board"] if line[0] <= 10]
        for name, found in own.items():
            if found != theirs[name]:
                raise WorkNotDone(f"{name}: the program has {found}, plain SQL has {theirs[name]}")
