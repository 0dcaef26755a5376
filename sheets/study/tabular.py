"""The library as a table, XLSX or CSV: a row below a heading is an item, a course or a campaign.

Several values in a cell stand on lines of their own, or with a sign between them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import plain
from sheets import cells
from sheets.reading import Cell, Reason, Sheet, WrongFile
from sheets.scan import column_letters
from sheets.study.found import FIELDS, LISTS, NUMBERS, Found, Kind, Mistake, Place, Record
from sheets.study.spoken import HEADED, ONE_OPTION, all_meant, heading

LOOKED_AT = 30  # rows in which the heading may stand
SIGNS = re.compile(r"[,，;；、]")
ON_LINES = frozenset({"options", "pairs", "distractors"})  # these may have signs in them
NEEDED: Mapping[Kind, frozenset[str]] = {
    Kind.CAMPAIGN: frozenset({"title", "from", "until"}),
    Kind.ITEM: frozenset({"title", "text", "source"}),
    Kind.COURSE: frozenset({"title", "items"}),
}


@dataclass(frozen=True, slots=True)
class _Heading:
    """The row of a heading, from 0, what its sheet holds, and the fields of its columns."""

    row: int
    kind: Kind
    of: Mapping[int, str]
    unknown: Mapping[int, str]


def fields_in(rows: Sequence[Sequence[Cell]]) -> int:
    """How many headings are known in the best of the first rows: by it a CSV's separator is told."""
    return max((len(_columns(row)[0]) for row in rows[:LOOKED_AT]), default=0)


def _columns(row: Sequence[Cell]) -> tuple[dict[int, str], dict[int, str]]:
    known: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for place, cell in enumerate(row):
        if isinstance(cell, str) and cell.strip():
            field = field_of(cell)
            (known if field else unknown)[place] = field or plain.tidy(cell)[:60]
    return known, unknown


def field_of(cell: str) -> str | None:
    """What a heading means."""
    words = heading(cell[:100])
    return "options" if ONE_OPTION.fullmatch(words) else HEADED.get(words)


def _find(rows: Sequence[Sequence[Cell]]) -> _Heading | None:
    for number, row in enumerate(rows[:LOOKED_AT]):
        known, unknown = _columns(row)
        for kind, needed in NEEDED.items():
            if needed <= set(known.values()):
                return _Heading(number, kind, known, unknown)
    return None


def read(sheets: Sequence[Sheet]) -> Found:
    """What is in the sheets that have a heading. Raises WrongFile, NotRead."""
    headed = [(sheet, head) for sheet in sheets if (head := _find(sheet.rows)) is not None]
    if not headed:
        raise WrongFile(Reason.NO_HEADER)
    found = Found()
    for sheet, head in headed:
        _Reader(found, sheet, head).read()
    if not found.records and not found.wrong:
        found.blame(Place(), Mistake.NOTHING)
    return found


class _Reader:
    """Reads one sheet."""

    def __init__(self, found: Found, sheet: Sheet, head: _Heading) -> None:
        self.found = found
        self.sheet = sheet
        self.head = head

    def read(self) -> None:
        """All its rows. Raises NotRead."""
        seen: set[str] = set()
        for column, field in self.head.of.items():
            if field in seen and field != "options":
                self.found.blame(_place(self.head.row, column), Mistake.TWICE, field=field)
            seen.add(field)
            if field not in FIELDS[self.head.kind]:
                self.found.lose(_place(self.head.row, column), "", field)
        for column, name in self.head.unknown.items():
            self.found.lose(_place(self.head.row, column), "", name)
        for row in range(self.head.row + 1, len(self.sheet.rows)):
            record = self._record(row)
            if record is not None:
                self.found.add(record)

    def _record(self, row: int) -> Record | None:
        fields: dict[str, tuple[str, ...]] = {}
        places: dict[str, Place] = {}
        for column, field in self.head.of.items():
            said = self._said(row, column, field)
            if not said.strip() or field not in FIELDS[self.head.kind]:
                continue
            several = field == "options" and list(self.head.of.values()).count("options") > 1
            values = (said.strip(),) if several or field not in LISTS else tuple(parted(field, said))
            fields[field] = (*fields.get(field, ()), *values)
            places.setdefault(field, _place(row, column))
        return Record(self.head.kind, _place(row, 0), all_meant(fields), places) if fields else None

    def _said(self, row: int, column: int, field: str) -> str:
        line = self.sheet.rows[row]
        cell = line[column] if column < len(line) else ""
        if isinstance(cell, date | datetime):
            return f"{cell:%Y-%m-%d}"
        if not isinstance(cell, str):
            return cells.text(cell)
        if self.sheet.is_uncomputed(row + 1, column + 1) or cell in cells.ERRORS:
            self.found.blame(_place(row, column), Mistake.NOT_COMPUTED, field=field, detail=cell)
        said = cell if self.sheet.typed else cells.GUARDED.sub("", cell, count=1)
        return said.rstrip("%％") if field in NUMBERS else said


def parted(field: str, said: str) -> Iterator[str]:
    """The values in a cell."""
    on_lines = "\n" in said or field in ON_LINES or field == "answer"
    parts = said.splitlines() if on_lines else SIGNS.split(said)
    yield from (part.strip() for part in parts if part.strip())


def together(field: str, values: Sequence[str]) -> str:
    """Values as a cell that `parted` reads as the same."""
    cell = "\n".join(values)
    alone = len(values) == 1 and field not in ON_LINES and field != "answer"
    return f"{cell}\n" if alone and SIGNS.search(cell) else cell


def _place(row: int, column: int) -> Place:
    return Place(cell=f"{column_letters(column + 1)}{row + 1}")
