"""Tables of trainings that were done, XLSX or CSV: a row is a person, a training and a day."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sheets import cells
from sheets.columns import plain
from sheets.headed import Headed
from sheets.reader import Reader

MAX_ROWS = 500  # of a file
HEADINGS = {
    plain(word): name
    for name, some in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["headings"].items()
    for word in some
}
TABLES = Headed(HEADINGS, frozenset({"name", "training", "day"}), MAX_ROWS, step=100)
MAX_CELL_CHARS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its number, with its cells as texts; `day` as `2026-03-01`, empty where it cannot be one."""

    row: int
    number: str
    name: str
    training: str
    day: str
    score: str


def rows(data: bytes, progress: Callable[[int, int], None]) -> Iterator[Row]:
    """The rows of the table in a file, blank ones left out. Raises WrongFile."""
    sheet, top = TABLES.find(data)[0]
    for number, said in TABLES.below(sheet, top, progress):
        words = {name: said.get(name, "")[:MAX_CELL_CHARS] for name in ("number", "name", "training", "score")}
        found = _day(said["day"])
        yield Row(number, day="" if found is None else found.isoformat(), **words)


def _day(words: str) -> date | None:
    try:
        return cells.day(words)
    except cells.Unclear:
        return None


PAST = Reader("sheets.trainings:rows", (Row,), lambda found: [one for one in found if isinstance(one, Row)])
