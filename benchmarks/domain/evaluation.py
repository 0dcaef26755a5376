"""The evaluation of four hundred branches of fifty people over a year, by all figures that the store has.

Timed is what `jingyi evaluation simulate` does with the store, on SQLite: every figure of every branch, and the rules.
"""

import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine, event

from benchmarks.ledger import ZONE
from benchmarks.result import Row, Say, WorkNotDone, middle
from benchmarks.year import FIRST, IN_A_BRANCH, enter
from bot.renderer import Renderer
from domain.ids import BranchId
from domain.life.evaluation import simulation
from domain.life.evaluation.indicator import INDICATORS, Indicator, Period
from domain.life.evaluation.reading import read
from domain.life.evaluation.scheme import Scheme
from storage.sqlite import _prepare_writer
from storage.stores import Stores

MAX_SECONDS = 10
YEAR = Period(FIRST, date(FIRST.year, 12, 31), ZONE)
LEFT_OUT = frozenset({"satisfaction"})  # what was counted when a questionnaire was closed is read: nothing to count
GRADE = '[[grade]]\nstars = 5\ntitle = "五星"\nleast = 90\n'


@dataclass(frozen=True, slots=True)
class Size:
    """How many branches, and how often they are evaluated."""

    branches: int = 400
    rounds: int = 3


SHORT = Size(branches=40, rounds=1)


def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark: all figures, and each alone as information. Raises WorkNotDone."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:
        file = Path(folder) / "evaluation.db"
        say(f"entering a year of {size.branches} branches")
        entries = enter(file, size.branches)
        found = []
        for number in range(size.rounds):
            say(f"round {number + 1} of {size.rounds}")
            found.append(_evaluate(file, size.branches, counted()))
        one = _read_one(file)
        each = {str(one.word): round(_evaluate(file, size.branches, [one]), 2) for one in counted()}
    what = f"evaluation of {size.branches} branches with {size.branches * IN_A_BRANCH:,} people"
    note = f"a year of {entries:,} entries"
    return [
        Row("evaluation", what, "all figures", middle(found), "s", most=MAX_SECONDS, figures=each, note=note),
        Row("evaluation", "the figures of one branch of them", "", one, "s", note="as its card shows them"),
    ]


def counted() -> list[Indicator]:
    """The figures that are read."""
    return [one for one in INDICATORS if one.word not in LEFT_OUT]


def scheme(indicators: list[Indicator]) -> Scheme:
    """A scheme of these figures, of about equal weights."""
    weight = 100 // len(indicators)
    weights = [100 - weight * (len(indicators) - 1), *[weight] * (len(indicators) - 1)]
    items = (
        f'[[indicator]]\nname = "{one.word}"\ntitle = "{one.word}"\nweight = {weights[place]}\n'
        f'from = "{one.word}"\nzero = 0\nfull = 100\n'
        for place, one in enumerate(indicators)
    )
    return read('title = "年度"\nkind = "branch"\nlevels = ["branch"]\ntie = ["number"]\n' + "".join(items) + GRADE)


def _read_one(file: Path) -> float:
    """The seconds of all figures of one branch, read for itself."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare_writer)
    with engine.connect() as connection:
        stores = Stores(connection, Renderer(), YEAR.until)
        begun = time.perf_counter()
        for indicator in counted():
            indicator.read(stores, [BranchId(2)], YEAR)
        seconds = time.perf_counter() - begun
    engine.dispose()
    return seconds


def _evaluate(file: Path, branches: int, indicators: list[Indicator]) -> float:
    """The seconds of an evaluation. Raises WorkNotDone unless every branch has every figure."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare_writer)
    with engine.connect() as connection:
        begun = time.perf_counter()
        found = simulation.run(Stores(connection, Renderer(), YEAR.until), scheme=scheme(indicators), period=YEAR)
        seconds = time.perf_counter() - begun
    engine.dispose()
    missing = [one.name for one in found.lines if any(figure.value is None for figure in one.figures.values())]
    if len(found.lines) != branches or missing:
        raise WorkNotDone(f"{len(found.lines)} branches, without figures: {missing[:3]}")
    return seconds
