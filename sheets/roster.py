"""A roster's sheet becomes lines, one a person, and a list of what is wrong with it, by row and column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sheets import cells, columns, reading
from sheets.cells import Unclear
from sheets.columns import Columns
from sheets.reader import Reader, nothing
from sheets.reading import MAX_LINES, Cell, Reason, Sheet, WrongFile
from sheets.scan import column_letters
from sheets.wire import Garbled

MAX_CHARS = {"number": 32, "name": 60, "role": 100, "branch": 60}  # characters
DEEPEST = 10  # levels
MAX_FAULTS = 200  # after so many it is another file that is needed
SEPARATOR = re.compile(r"[/\\>→»|]")
MAX_HEADING_CHARS = 60
STEP = 500  # rows between two words about the progress


class Mistake(StrEnum):
    """What is wrong with a cell."""

    NO_NAME = "no_name"
    NO_BRANCH = "no_branch"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_DAY = "not_a_day"
    ENDS_BEFORE = "ends_before"
    NO_BEGINNING = "no_beginning"
    NUMBER_TWICE = "number_twice"
    COLUMN_TWICE = "column_twice"
    NOT_COMPUTED = "not_computed"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be used: its row from 1, its column's letters, and what stands in it."""

    row: int
    column: str
    mistake: Mistake
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody as a row has them. `number` is empty where the row has none; `leave_to` is the last day away.

    `bare_number`: the cell holds a number and not a text, so noughts before it may be lost.
    """

    row: int
    number: str
    name: str
    branch: tuple[str, ...]
    role: str = ""
    phone: str = ""
    joined_on: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None
    bare_number: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A roster as its file has it. `told` are the fields that it has columns for; `kinds` what each branch is."""

    sheet: str
    lines: Sequence[Line]
    faults: Sequence[Fault]
    told: frozenset[str]
    unused: Sequence[str]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """A reading without its lines, faults and kinds, as a child tells it."""

    sheet: str
    told: frozenset[str]
    unused: Sequence[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a branch is, told by its name."""

    name: str
    kind: str


Item: TypeAlias = Head | Kind | Line | Fault


def read_roster(data: bytes, progress: Callable[[int, int], None] = nothing) -> Reading:
    """The roster in a file; `progress` is told rows done and rows in all. Raises WrongFile."""
    found = [(sheet, heading) for sheet in reading.read(data) if (heading := columns.find(sheet.rows)) is not None]
    if not found:
        raise WrongFile(Reason.NO_HEADER)
    if len(found) > 1:
        raise WrongFile(Reason.SEVERAL_SHEETS, "、".join(sheet.name for sheet, _ in found))
    sheet, heading = found[0]
    if len(sheet.rows) - heading.row > MAX_LINES:
        raise WrongFile(Reason.TOO_MANY_ROWS)
    return _Reader(sheet, heading).read(progress)


def items(data: bytes, progress: Callable[[int, int], None]) -> Iterator[Item]:
    """What `read_roster` finds, piece by piece. Raises WrongFile."""
    reading = read_roster(data, progress)
    yield Head(reading.sheet, reading.told, [heading[:MAX_HEADING_CHARS] for heading in reading.unused])
    yield from (Kind(name, kind) for name, kind in reading.kinds.items())
    yield from reading.lines
    yield from reading.faults


def build(found: Sequence[Item]) -> Reading:
    """The reading that was told piece by piece. Raises Garbled."""
    head = found[0] if found else None
    if not isinstance(head, Head):
        raise Garbled("no head")
    lines = [one for one in found if isinstance(one, Line)]
    faults = [one for one in found if isinstance(one, Fault)]
    kinds = {one.name: one.kind for one in found if isinstance(one, Kind)}
    return Reading(head.sheet, lines, faults, head.told, head.unused, kinds)


ROSTER = Reader("sheets.roster:items", (Head, Kind, Line, Fault), build)


class _Reader:
    """Reads one sheet; collects what is wrong on the way."""

    def __init__(self, sheet: Sheet, heading: Columns) -> None:
        self.sheet = sheet
        self.heading = heading
        self.faults: list[Fault] = []
        self.lines: list[Line] = []
        self.kinds: dict[str, str] = {}
        self.first_with: dict[str, int] = {}
        self.wanted = sorted(place for places in heading.of.values() for place in places)

    def read(self, progress: Callable[[int, int], None]) -> Reading:
        """The whole sheet."""
        twice = self.heading.twice
        if twice is not None:
            self._blame(self.heading.row, twice[1], Mistake.COLUMN_TWICE, self._heading(twice[1]))
        rows = self.sheet.rows[self.heading.row :]
        for place, row in enumerate(rows):
            if place % STEP == 0:
                progress(place, len(rows))
            if len(self.faults) >= MAX_FAULTS:
                break
            self._take(self.heading.row + 1 + place, row)
        progress(len(rows), len(rows))
        told = frozenset(self.heading.of)
        return Reading(self.sheet.name, self.lines, self.faults, told, self.heading.unused, self.kinds)

    def _take(self, number: int, row: Sequence[Cell]) -> None:
        """Read a row; blank ones, totals and headings that come again are nobody's."""
        before = len(self.faults)
        values: dict[int, Cell] = {place: row[place] if place < len(row) else "" for place in self.wanted}
        if self._is_heading(values) or self._is_total(values):
            return
        for place, value in values.items():
            self._check_computed(number, place, value)
        if len(self.faults) > before or not any(cells.text(value) for value in values.values() if value != ""):
            return
        line = self._line(number, values)
        if len(self.faults) == before:
            self.lines.append(line)

    def _check_computed(self, number: int, place: int, value: Cell) -> None:
        if self.sheet.is_uncomputed(number, place + 1) or (isinstance(value, str) and value in cells.ERRORS):
            self._blame(number, place, Mistake.NOT_COMPUTED, cells.text(value))

    def _is_heading(self, values: Mapping[int, Cell]) -> bool:
        return all(cells.text(value) == self._heading(place) for place, value in values.items())

    def _is_total(self, values: Mapping[int, Cell]) -> bool:
        places = (self.heading.one("number"), self.heading.one("name"))
        return any(place is not None and cells.text(values[place]).lower() in columns.SKIPPED for place in places)

    def _line(self, number: int, values: Mapping[int, Cell]) -> Line:
        def get(field: str, read: Callable[[Cell], Any], mistake: Mistake) -> Any:
            place = self.heading.one(field)
            return None if place is None else self._value(number, place, values[place], read, mistake)

        who = get("number", cells.number, Mistake.NOT_A_NUMBER) or ""
        line = Line(
            row=number,
            number=self._unique(number, self._short(number, "number", who)),
            name=self._short(number, "name", get("name", cells.text, Mistake.NO_NAME) or ""),
            branch=self._branch(number, values),
            role=self._short(number, "role", get("role", cells.text, Mistake.TOO_LONG) or ""),
            phone=get("phone", cells.phone, Mistake.NOT_A_PHONE) or "",
            joined_on=get("joined_on", lambda cell: cells.day(cell, whole=False), Mistake.NOT_A_DAY),
            leave_from=get("leave_from", cells.day, Mistake.NOT_A_DAY),
            leave_to=get("leave_to", cells.day, Mistake.NOT_A_DAY),
            bare_number=self._is_bare(values),
        )
        if not line.name:
            self._blame(number, self.heading.of["name"][0], Mistake.NO_NAME, "")
        self._check_leave(line)
        return line

    def _value(self, number: int, place: int, cell: Cell, read: Callable[[Cell], Any], mistake: Mistake) -> Any:
        try:
            return read(cell)
        except Unclear:
            self._blame(number, place, mistake, cells.text(cell))
            return None

    def _is_bare(self, values: Mapping[int, Cell]) -> bool:
        place = self.heading.one("number")
        return place is not None and cells.is_number(values[place])

    def _short(self, number: int, field: str, value: str) -> str:
        if len(value) > MAX_CHARS[field]:
            self._blame(number, self.heading.of[field][0], Mistake.TOO_LONG, value)
        return value

    def _unique(self, row: int, number: str) -> str:
        first = self.first_with.setdefault(number, row) if number else row
        if first != row:
            self._blame(row, self.heading.of["number"][0], Mistake.NUMBER_TWICE, f"{number} ({first})")
        return number

    def _branch(self, number: int, values: Mapping[int, Cell]) -> tuple[str, ...]:
        """The names from the top down: the Party's columns, or the enterprise's where those are empty."""
        for field in columns.PLACES:
            places = self.heading.of.get(field, ())
            names = [name for place in places for name in split(cells.text(values[place]))]
            path = tuple(name for at, name in enumerate(names) if at == 0 or name != names[at - 1])
            if path:
                self._check_branch(number, places[0], path)
                return path
        places = self.heading.of.get("party") or self.heading.of.get("unit") or (self.heading.of["name"][0],)
        self._blame(number, places[0], Mistake.NO_BRANCH, "")
        return ()

    def _check_branch(self, number: int, place: int, path: tuple[str, ...]) -> None:
        for name in path:
            if name not in self.kinds:
                self.kinds[name] = columns.kind_of(name)
            if len(name) > MAX_CHARS["branch"]:
                self._blame(number, place, Mistake.TOO_LONG, name)
        if len(path) > DEEPEST:
            self._blame(number, place, Mistake.TOO_DEEP, " / ".join(path))

    def _check_leave(self, line: Line) -> None:
        if line.leave_to is None:
            return
        if line.leave_from is None:
            self._blame(line.row, self.heading.of["leave_to"][0], Mistake.NO_BEGINNING, str(line.leave_to))
        elif line.leave_to < line.leave_from:
            self._blame(line.row, self.heading.of["leave_to"][0], Mistake.ENDS_BEFORE, str(line.leave_to))

    def _heading(self, place: int) -> str:
        return cells.text(self.sheet.rows[self.heading.row - 1][place])

    def _blame(self, row: int, place: int, mistake: Mistake, value: str) -> None:
        self.faults.append(Fault(row, column_letters(place + 1), mistake, value[:40]))


def split(words: str) -> list[str]:
    """The names of a branch path from the top down.

    A `、` parts them only where each part is an organisation of the Party by its name: 机关、后勤党支部 is one branch.
    """
    parts = [part for part in map(str.strip, SEPARATOR.split(words)) if part]
    if len(parts) == 1 and "、" in words:
        listed = [part.strip() for part in words.split("、")]
        if all(part and columns.kind_of(part) != "unit" for part in listed):
            return listed
    return parts
