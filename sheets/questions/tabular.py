"""Questions in a table, XLSX or CSV: a question a row below a heading, which may stand in one of the first 30 rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plain
from sheets import cells
from sheets.questionnaire import words
from sheets.questions import spoken
from sheets.questions.collecting import Collected
from sheets.questions.draft import Draft, Making
from sheets.questions.found import Format, Found, Kind, Loss, Mistake, Place
from sheets.reading import Cell, Reason, Sheet, WrongFile

LOOKED_AT = 30  # rows in which the heading may stand
NEEDED = frozenset({"text", "answer"})
LISTS = ("\n", "|", "｜")  # the first that makes two options of a cell separates them
BESIDE = frozenset({"unused", "counted"})  # columns that hold no part of a question
PARTS = BESIDE | {"options"}  # of these there may be several


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of the heading, from 0, and the columns of each field."""

    row: int
    of: Mapping[str, Sequence[int]]


def fields_in(rows: Sequence[Sequence[Cell]]) -> int:
    """How many headings are known in the best of the first rows: by it a CSV's separator is told."""
    return max((len(_columns(row)) for row in rows[:LOOKED_AT]), default=0)


def find(rows: Sequence[Sequence[Cell]]) -> Heading | None:
    """The heading: the first row that names the question and its answer."""
    for number, row in enumerate(rows[:LOOKED_AT]):
        found = _columns(row)
        if found.keys() >= NEEDED and "others" not in found:  # with those it is a questionnaire
            return Heading(number, found)
    return None


def _columns(row: Sequence[Cell]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        said = plain.line(str(cell)[: words.MAX_CHARS]).lower().strip("*: ") if isinstance(cell, str) else ""
        field = _field(said)
        if field is not None:
            found.setdefault(field, []).append(place)
    return found


def _field(said: str) -> str | None:
    if said in spoken.HEADED:
        return spoken.HEADED[said]
    if spoken.ONE_OPTION.fullmatch(said):
        return "options"
    if said in spoken.COUNTED:
        return "counted"
    if said in spoken.OTHERS:
        return "others"
    return "unused" if said in spoken.UNUSED else None


def read(sheets: Sequence[Sheet]) -> Found:
    """The questions in a table, or all that is wrong with it. Raises WrongFile."""
    found = [(sheet, heading) for sheet in sheets if (heading := find(sheet.rows)) is not None]
    if not found:
        raise WrongFile(Reason.NO_HEADER)
    into = Collected(Format.TABLE)
    for sheet, heading in found:
        Rows(sheet, heading, into, sheet.name if len(found) > 1 else "").read()
    return into.found()


class Rows:
    """Reads one sheet."""

    def __init__(self, sheet: Sheet, heading: Heading, into: Collected, name: str = "") -> None:
        self.sheet = sheet
        self.name = name
        self.usual = spoken.KINDS.get(plain.line(sheet.name).lower())  # where no row says a kind
        self.heading = heading
        self.into = into

    def read(self) -> None:
        """The whole sheet."""
        head = self._place(self.heading.row)
        for field, places in self.heading.of.items():
            if len(places) > 1 and field not in PARTS:
                self.into.blame(head, Mistake.COLUMN_TWICE, self._said(self.heading.row, places[1]))
        for column in self.heading.of.get("unused", ()):
            self.into.lose(head, Loss.SETTING, self._said(self.heading.row, column))
        used = [column for field, places in self.heading.of.items() if field not in BESIDE for column in places]
        for row in range(self.heading.row + 1, len(self.sheet.rows)):
            if any(self._said(row, column) for column in used):
                self._question(row)

    def _place(self, row: int) -> Place:
        return Place(row=row + 1, sheet=self.name)

    def _said(self, row: int, column: int) -> str:
        """The words of a cell."""
        cells_of = self.sheet.rows[row]
        cell = cells_of[column] if column < len(cells_of) else ""
        if isinstance(cell, bool):
            return "true" if cell else "false"
        if not isinstance(cell, str):
            return cells.text(cell)
        return words.lines(cell if self.sheet.typed else cells.GUARDED.sub("", cell, count=1))

    def _field(self, row: int, field: str) -> str:
        places = self.heading.of.get(field)
        return self._said(row, places[0]) if places else ""

    def _question(self, row: int) -> None:
        place = self._place(row)
        kind, known = self._kind(row)
        draft = Draft(
            place, kind=kind, undecided=not known, text=self._field(row, "text"), options=self._options(row),
            answer=self._field(row, "answer"), explanation=self._field(row, "explanation"),
            source=self._field(row, "source"), topic=self._field(row, "topic"), code=self._field(row, "code"),
            tolerance=self._field(row, "tolerance"),
        )  # fmt: skip
        said = self._field(row, "kind")
        if said in spoken.NO_KINDS:
            self.into.lose(place, Loss.KIND, draft.text)
            return
        wrong = self._uncomputed(row, place)
        if kind is None and said and plain.line(said).lower() not in spoken.UNDECIDED:
            self.into.blame(place, Mistake.NOT_A_KIND, said)
            wrong = True
        if kind is Kind.TRUE_FALSE and not any(draft.options):
            draft.options = []
        Making(draft, self.into).add(found_wrong=wrong)

    def _uncomputed(self, row: int, place: Place) -> bool:
        columns = [column for places in self.heading.of.values() for column in places]
        for column in columns:
            said = self._said(row, column)
            if self.sheet.is_uncomputed(row + 1, column + 1) or said in cells.ERRORS:
                self.into.blame(place, Mistake.NOT_COMPUTED, said)
                return True
        return False

    def _kind(self, row: int) -> tuple[Kind | None, bool]:
        """The kind that a row says, and whether it says one exactly."""
        said = plain.line(self._field(row, "kind")).lower()
        return spoken.KINDS.get(said) if said else self.usual, said not in spoken.UNDECIDED

    def _options(self, row: int) -> list[str]:
        """The options: a column each, or all in one."""
        said = [self._said(row, place) for place in self.heading.of.get("options", ())]
        while said and not said[-1]:
            said.pop()
        if len(said) == 1:
            for sign in LISTS:
                parts = [part.strip() for part in said[0].split(sign) if part.strip()]
                if len(parts) > 1:
                    return parts
        return said
