"""Lists of responsibilities: a row is what a role does in which rhythm. What words mean is not this room's business.

The sample lists are a file beside this one, in the same fields.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sheets import cells, reading
from sheets.columns import MAX_ROWS_ABOVE, plain
from sheets.reader import Reader
from sheets.reading import Cell, Reason, Sheet, WrongFile

FOLDER = Path(__file__).parent
TABLE = tomllib.loads((FOLDER / "responsibility.toml").read_text(encoding="utf-8"))
HEADINGS = {plain(word): name for name, words in TABLE["headings"].items() for word in words}
FIELDS = ("role", "what", "rhythm", "outcome", "standard", "basis")
NEEDED = frozenset({"role", "what", "rhythm"})
MAX_ROWS = 2_000  # below the heading
STEP = 200  # rows between two words about the progress


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list and its number, 0 in a sample list."""

    row: int
    role: str
    what: str
    rhythm: str
    outcome: str = ""
    standard: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A list that ships with the program, and where it comes from."""

    name: str
    english: str
    source: str
    rows: tuple[Row, ...]


@cache
def samples() -> tuple[Sample, ...]:
    """The sample lists; the first is the usual one."""
    kept = tomllib.loads((FOLDER / "responsibility_lists.toml").read_text(encoding="utf-8"))
    return tuple(
        Sample(one["name"], one["english"], one["source"], tuple(Row(0, **entry) for entry in one["entry"]))
        for one in kept["list"]
    )


def rows(data: bytes, progress: Callable[[int, int], None]) -> Iterator[Row]:
    """The rows of the list in a file, blank ones left out; a merged role stands in each row. Raises WrongFile."""
    found = [(sheet, top) for sheet in reading.read(data, _known) if (top := _heading(sheet.rows)) is not None]
    if not found:
        raise WrongFile(Reason.NO_HEADER)
    for sheet, top in found:
        if len(sheet.rows) - top > MAX_ROWS:
            raise WrongFile(Reason.TOO_MANY_ROWS)
        yield from _below(sheet, top, progress)


def _below(sheet: Sheet, top: int, progress: Callable[[int, int], None]) -> Iterator[Row]:
    columns = {HEADINGS[plain(cells.text(cell))]: n for n, cell in enumerate(sheet.rows[top]) if _is_known(cell)}
    count = len(sheet.rows)
    for place in range(top + 1, count):
        if place % STEP == 0:
            progress(place, count)
        row = sheet.rows[place]
        said = {name: cells.text(row[n]).strip() if n < len(row) else "" for name, n in columns.items()}
        if any(said.values()):
            yield Row(place + 1, **said)


def _known(rows: Sequence[Sequence[Cell]]) -> int:
    return max((sum(map(_is_known, row)) for row in rows), default=0)


def _is_known(cell: Cell) -> bool:
    return plain(cells.text(cell)) in HEADINGS


def _heading(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The place of the row that names all columns that are needed."""
    for place, row in enumerate(rows[:MAX_ROWS_ABOVE]):
        if {HEADINGS[plain(cells.text(cell))] for cell in row if _is_known(cell)} >= NEEDED:
            return place
    return None


LIST = Reader("sheets.responsibility:rows", (Row,), lambda found: [one for one in found if isinstance(one, Row)])
