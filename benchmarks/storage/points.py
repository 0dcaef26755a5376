"""What a person's total and a week's top twenty cost in a small ledger and in a large one.

Ledgers grow as an enterprise's does: more people, each with five entries a week for more weeks. The same calls that the
bot makes are timed on a reader's connection, for people and groups taken at random, in turn on every ledger.
"""

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event

from benchmarks.ledger import A_WEEK, IN_A_GROUP, MONDAY, enter_years, morning
from benchmarks.result import Row, Say, WorkNotDone, middle
from bot.renderer import Renderer
from domain.ids import ChatId, MemberId
from domain.points.board import Asked
from domain.points.period import Every, containing
from storage.sqlite import _prepare_reader
from storage.stores import Stores

TOP = 20
SMALLEST = 0


@dataclass(frozen=True, slots=True)
class Size:
    """Ledgers as groups (of a hundred people) and weeks, the smallest first; rounds, and calls of each kind a round."""

    ledgers: Sequence[tuple[int, int]] = ((1, 20), (40, 50), (200, 100))
    rounds: int = 20
    calls: int = 100


SHORT = Size(ledgers=((1, 20), (40, 50)), rounds=10)


@dataclass(slots=True)
class Ledger:
    """One of them, and the seconds that calls of each kind took."""

    groups: int
    weeks: int
    entries: int
    stores: Stores
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def time(self, kind: str, call: Callable[[], Any]) -> Any:
        """Time one call."""
        begun = time.perf_counter()
        given = call()
        self.seconds.setdefault(kind, []).append(time.perf_counter() - begun)
        return given

    def call_all(self, calls: int, chance: random.Random) -> None:
        """So many totals and boards, each of somebody else. Raises WorkNotDone."""
        points, boards = self.stores.points, self.stores.boards
        for _ in range(calls):
            member = MemberId(chance.randrange(self.groups * IN_A_GROUP) + 1)
            total = self.time("a person's total", partial(points.total, member))
            if total < A_WEEK * self.weeks:  # each entry is worth a point or more
                raise WorkNotDone(f"a total of {total} for {A_WEEK * self.weeks} entries")
        for _ in range(calls):
            group = ChatId(chance.randrange(self.groups) + 1)
            week = containing(Every.WEEK, MONDAY - timedelta(weeks=chance.randrange(self.weeks)))
            standings = self.time("a week's top twenty", partial(boards.standings, Asked(group, week), limit=TOP))
            if len(standings) != TOP:
                raise WorkNotDone(f"a board of {len(standings)}")


def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder, ExitStack() as stack:
        ledgers = []
        for groups, weeks in size.ledgers:
            say(f"entering {groups * IN_A_GROUP * weeks * A_WEEK:,} entries")
            ledgers.append(_ledger(Path(folder), groups, weeks, stack))
        chance = random.Random(7)  # noqa: S311 - whom to ask for
        for number in range(size.rounds + 1):
            say(f"round {number} of {size.rounds}")
            for ledger in ledgers:
                ledger.call_all(size.calls, chance)
                if number == 0:  # statements are compiled at their first use
                    ledger.seconds.clear()
        return [_row(ledgers, kind) for kind in ledgers[SMALLEST].seconds]


def _ledger(folder: Path, groups: int, weeks: int, stack: ExitStack) -> Ledger:
    file = folder / f"{groups}.db"
    entries = enter_years(file, groups, weeks)
    connection = stack.enter_context(_reader(file))
    return Ledger(groups, weeks, entries, Stores(connection, Renderer(), morning(MONDAY)))


def _reader(file: Path) -> Connection:
    """A connection as the store's own readers have it."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare_reader)
    return engine.connect()


def _row(ledgers: Sequence[Ledger], kind: str) -> Row:
    costs = {ledger.entries: 1e6 * middle(ledger.seconds[kind]) for ledger in ledgers}
    smallest, largest = min(costs), max(costs)
    return Row(
        "points",
        f"{kind}, {largest:,} entries",
        f"{smallest:,} entries",
        costs[largest] / costs[smallest],
        "×",
        most=1.5,
        figures={"microseconds": {str(entries): round(cost, 1) for entries, cost in costs.items()}},
        note=", ".join(f"{cost:.0f} µs" for cost in costs.values()),
    )
