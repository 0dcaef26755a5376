"""A procedure in a table, XLSX or CSV: a step a row below a heading; above it its title and where it comes from."""

from collections.abc import Mapping, Sequence

import plain
from sheets import cells
from sheets.procedure import spoken
from sheets.procedure.found import MAX_LINES, Found, Head, Line, Mistake, Place
from sheets.procedure.own import waits_in
from sheets.questionnaire import words
from sheets.reading import Cell, Reason, Sheet, WrongFile
from sheets.scan import column_letters

LOOKED_AT = 30  # rows in which the heading may stand
NEEDED = {"title", "who", "when"}


def fields_in(rows: Sequence[Sequence[Cell]]) -> int:
    """How many headings are known in the best of the first rows: by it a CSV's separator is told."""
    return max((len(_columns(row)) for row in rows[:LOOKED_AT]), default=0)


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        field = spoken.HEADED.get(_name(cell))
        if field is not None:
            found.setdefault(field, place)
    return found


def _name(cell: Cell) -> str:
    return plain.line(cell[: words.MAX_CHARS]).lower().strip("*: ：") if isinstance(cell, str) else ""


def read(sheets: Sequence[Sheet]) -> Found:
    """The procedure in the first sheet with a heading, or all that is wrong with it. Raises WrongFile."""
    for sheet in sheets:
        for row, cells_of in enumerate(sheet.rows[:LOOKED_AT]):
            columns = _columns(cells_of)
            if columns.keys() >= NEEDED:
                return _Reader(sheet, row, columns).read()
    raise WrongFile(Reason.NO_HEADER)


class _Reader:
    """Reads one sheet; collects what is wrong on the way."""

    def __init__(self, sheet: Sheet, heading: int, columns: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.heading = heading
        self.columns = columns
        self.found = Found()

    def read(self) -> Found:
        """The whole sheet."""
        said = self._above()
        self.found.head = Head(said.get("title", ""), said.get("source", ""), said.get("about", ""), _place(0, 0))
        for row in range(self.heading + 1, len(self.sheet.rows)):
            fields = {name: self._said(row, column) for name, column in self.columns.items()}
            if any(fields.values()) and len(self.found.lines) < MAX_LINES:
                self._step(row, fields)
        return self.found

    def _above(self) -> dict[str, str]:
        """What stands beside its names above the heading."""
        found: dict[str, str] = {}
        for row in range(self.heading):
            name = spoken.HEADS.get(_name(self._said(row, 0)))
            if name is not None:
                found[name] = self._said(row, 1)
        return found

    def _said(self, row: int, column: int) -> str:
        """The words of a cell, on one line."""
        cells_of = self.sheet.rows[row]
        cell = cells_of[column] if column < len(cells_of) else ""
        if not isinstance(cell, str):
            return cells.text(cell)
        if self.sheet.is_uncomputed(row + 1, column + 1) or cell in cells.ERRORS:
            self.found.blame(_place(row, column), Mistake.NOT_COMPUTED, cell)
        return words.one_line(cell if self.sheet.typed else cells.GUARDED.sub("", cell, count=1))

    def _step(self, row: int, fields: Mapping[str, str]) -> None:
        anchor, days = self._when(row, fields["when"])
        waits = fields.get("waits", "")
        self.found.lines.append(
            Line(
                _place(row, self.columns["title"]),
                fields.get("key") or self.found.next_key(),
                fields["title"],
                fields["who"],
                anchor,
                days,
                fields.get("outcome", ""),
                fields.get("check", ""),
                fields.get("reviewer", ""),
                waits_in(waits) if waits else self.found.before(),
            )
        )

    def _when(self, row: int, said: str) -> tuple[str, int]:
        meant = spoken.when(said)
        if meant is None:
            mistake = Mistake.WHEN if said else Mistake.MISSING
            self.found.blame(_place(row, self.columns["when"]), mistake, said or "when")
        return meant or ("turn", 0)


def _place(row: int, column: int) -> Place:
    return Place(cell=f"{column_letters(column + 1)}{row + 1}")
