"""Tag tables in files: a row is a cue, with its tag and its kind. What the words mean is not this room's business."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sheets import cells, reading
from sheets.columns import MAX_ROWS_ABOVE, plain
from sheets.reader import Reader
from sheets.reading import MAX_LINES, Cell, Reason, Sheet, WrongFile

TABLE = tomllib.loads((Path(__file__).parent / "tags.toml").read_text(encoding="utf-8"))
HEADINGS, KINDS = (
    {word: name for name, some in TABLE[part].items() for word in some} for part in ("headings", "kinds")
)
NEEDED = frozenset({"tag", "kind", "cue"})
STEP = 500  # rows between two words about the progress


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a tag table and its number. `kind` is one of words, phrases, hints, or what stands there."""

    row: int
    tag: str
    english: str
    kind: str
    cue: str


def rows(data: bytes, progress: Callable[[int, int], None]) -> Iterator[Row]:
    """The rows of the tag table in a file, blank ones left out. Raises WrongFile."""
    found = [(sheet, place) for sheet in reading.read(data, _known) if (place := _heading(sheet.rows)) is not None]
    if not found:
        raise WrongFile(Reason.NO_HEADER)
    sheet, top = found[0]
    if len(sheet.rows) - top > MAX_LINES:
        raise WrongFile(Reason.TOO_MANY_ROWS)
    yield from _below(sheet, top, progress)


def _below(sheet: Sheet, top: int, progress: Callable[[int, int], None]) -> Iterator[Row]:
    columns = {HEADINGS[plain(cells.text(cell))]: n for n, cell in enumerate(sheet.rows[top]) if _is_known(cell)}
    count = len(sheet.rows)
    for place in range(top + 1, count):
        if place % STEP == 0:
            progress(place, count)
        row = sheet.rows[place]
        said = {name: cells.text(row[n]) if n < len(row) else "" for name, n in columns.items()}
        if any(said.values()):
            kind = KINDS.get(said["kind"].lower(), said["kind"])
            yield Row(place + 1, said["tag"], said.get("english", ""), kind, said["cue"])


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


TAGS = Reader("sheets.tags:rows", (Row,), lambda found: [one for one in found if isinstance(one, Row)])
