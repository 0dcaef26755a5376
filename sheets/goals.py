"""A table of goals, XLSX or CSV: a row below the heading is a goal. Read in a child process; written as XLSX or CSV."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import plain
from sheets import cells, reading
from sheets.reader import Progress, Reader
from sheets.reading import OLD_OFFICE, ZIPPED, Cell, Reason, Sheet, WrongFile
from sheets.writing import Column, Table

_SPOKEN: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LANGUAGES = ("zh", "en")
FIELDS: Mapping[str, Mapping[str, str]] = {one: _SPOKEN["fields"][one] for one in LANGUAGES}
NEEDED = frozenset({"title", "due"})
SHARES = frozenset({"measure", "weight"})  # where a spreadsheet keeps 30 % as 0.3
LOOKED_AT = 30  # rows in which the heading may stand
LOOKED_AT_BYTES = 20_000
MAX_ROWS = 5_000
MAX_CELL_CHARS = 500
WIDTHS = {"title": 40, "where": 24, "reason": 30, "measure": 14}
USUAL_WIDTH = 12


def _heading(words: str) -> str:
    """A heading as it is compared."""
    return plain.line(words[:100]).casefold().strip("*: ").replace(" ", "")


HEADED: Mapping[str, str] = {
    **{_heading(name): meant for meant, names in _SPOKEN["fields"]["also"].items() for name in names},
    **{_heading(name): meant for one in LANGUAGES for meant, name in FIELDS[one].items()},
}
LEVELS: Mapping[str, str] = {_heading(name): level for level, names in _SPOKEN["levels"].items() for name in names}


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of the table, by its number in the file; the fields that it has, as texts."""

    row: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column whose heading says nothing here; it is not carried over."""

    name: str


@dataclass(frozen=True, slots=True)
class FoundGoals:
    """All of a file."""

    rows: Sequence[GoalRow]
    unknown: Sequence[UnknownColumn]


def looks_like(data: bytes) -> bool:
    """Whether a file may be a table of goals: a workbook always, a text by its first lines."""
    if data.startswith(ZIPPED):
        return True
    text = data[:LOOKED_AT_BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    rows = (line[:1000].replace("\t", ",").replace(";", ",").split(",") for line in text.splitlines()[:LOOKED_AT])
    return any({HEADED.get(_heading(cell.strip('"'))) for cell in row} >= NEEDED for row in rows)


def level_of(words: str) -> str | None:
    """The level that a word of a table means."""
    return LEVELS.get(_heading(words))


def read(data: bytes) -> FoundGoals:
    """What is in a file. Raises WrongFile."""
    if data.startswith(OLD_OFFICE):
        raise WrongFile(Reason.OLD_OR_PROTECTED)
    for sheet in reading.read(data, _known):
        for number, row in enumerate(sheet.rows[:LOOKED_AT]):
            columns = {place: HEADED.get(_heading(cell)) for place, cell in enumerate(row) if isinstance(cell, str)}
            if set(columns.values()) >= NEEDED:
                return _below(sheet, number, columns)
    raise WrongFile(Reason.NO_HEADER)


def _known(rows: Sequence[Sequence[Cell]]) -> int:
    """How many headings are known in the best of the first rows."""
    found = ({HEADED.get(_heading(one)) for one in row if isinstance(one, str)} - {None} for row in rows[:LOOKED_AT])
    return max(map(len, found), default=0)


def _below(sheet: Sheet, heading: int, columns: Mapping[int, str | None]) -> FoundGoals:
    """Raises WrongFile."""
    named = {place: name for place, name in columns.items() if name is not None}
    head = sheet.rows[heading]
    unknown = [
        UnknownColumn(plain.tidy(str(head[place]))[:60])
        for place, name in columns.items()
        if name is None and str(head[place]).strip()
    ]
    rows = []
    for number in range(heading + 1, len(sheet.rows)):
        said = {name: _said(sheet.rows[number], place, name) for place, name in named.items()}
        fields = {name: words for name, words in said.items() if words}
        if fields:
            rows.append(GoalRow(number + 1, fields))
    if len(rows) > MAX_ROWS:
        raise WrongFile(Reason.TOO_MANY_ROWS)
    return FoundGoals(rows, unknown)


def _said(row: Sequence[Cell], place: int, name: str) -> str:
    cell = row[place] if place < len(row) else ""
    if isinstance(cell, date | datetime):
        return f"{cell:%Y-%m-%d}"
    if name in SHARES and isinstance(cell, float) and 0 < cell < 1:
        return f"{round(cell * 100, 4):g}%"
    return cells.text(cell)[:MAX_CELL_CHARS]


def entry(data: bytes, _: Progress) -> Iterator[GoalRow | UnknownColumn]:
    """What is found in a file. Raises WrongFile."""
    found = read(data)
    yield from found.rows
    yield from found.unknown


def build(items: Sequence[GoalRow | UnknownColumn]) -> FoundGoals:
    """What was told piece by piece."""
    return FoundGoals(
        [one for one in items if isinstance(one, GoalRow)], [one for one in items if isinstance(one, UnknownColumn)]
    )


def table(rows: Sequence[Mapping[str, str | int | date | None]], language: str) -> Table:
    """Goals as a sheet, each by its fields; without any, an empty form."""
    spoken = language if language in LANGUAGES else "en"
    headings = FIELDS[spoken]
    columns = [
        Column(words, WIDTHS.get(name, USUAL_WIDTH), name in ("since", "due")) for name, words in headings.items()
    ]
    return Table(_SPOKEN["sheet"][spoken], columns, [[row.get(name) for name in headings] for row in rows])


GOALS = Reader(f"{__name__}:{entry.__name__}", (GoalRow, UnknownColumn), build)
