"""Tables whose rows stand below a heading of known words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets import cells, reading
from sheets.columns import MAX_ROWS_ABOVE, plain
from sheets.reading import Cell, Reason, Sheet, WrongFile


@dataclass(frozen=True, slots=True)
class Headed:
    """A kind of table. `headings` are the words of its columns, folded by `columns.plain`, with what each means.

    A table has all columns that are `needed`, and at most `most` rows below them; after so many rows as `step` says
    somebody is told how far it is.
    """

    headings: Mapping[str, str]
    needed: frozenset[str]
    most: int
    step: int

    def find(self, data: bytes) -> list[tuple[Sheet, int]]:
        """The sheets of a file that are such a table, each with the place of its heading. Raises WrongFile."""
        found = [
            (sheet, top) for sheet in reading.read(data, self._known) if (top := self._top(sheet.rows)) is not None
        ]
        if not found:
            raise WrongFile(Reason.NO_HEADER)
        return found

    def below(
        self, sheet: Sheet, top: int, progress: Callable[[int, int], None]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """The number of each row and what it says by column, blank rows left out. Raises WrongFile."""
        if len(sheet.rows) - top > self.most:
            raise WrongFile(Reason.TOO_MANY_ROWS)
        columns = {self.headings[plain(cells.text(one))]: n for n, one in enumerate(sheet.rows[top]) if self._has(one)}
        count = len(sheet.rows)
        for place in range(top + 1, count):
            if place % self.step == 0:
                progress(place, count)
            row = sheet.rows[place]
            said = {name: cells.text(row[n]) if n < len(row) else "" for name, n in columns.items()}
            if any(said.values()):
                yield place + 1, said

    def _known(self, rows: Sequence[Sequence[Cell]]) -> int:
        return max((sum(map(self._has, row)) for row in rows), default=0)

    def _has(self, cell: Cell) -> bool:
        return plain(cells.text(cell)) in self.headings

    def _top(self, rows: Sequence[Sequence[Cell]]) -> int | None:
        """The place of the row that names all columns that are needed."""
        for place, row in enumerate(rows[:MAX_ROWS_ABOVE]):
            if {self.headings[plain(cells.text(cell))] for cell in row if self._has(cell)} >= self.needed:
                return place
        return None
