"""A roster's sheet becomes lines, one a person, and a list of what is wrong with it, by row and column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sheets import cells, columns, people, reading
from sheets.cells import Unclear
from sheets.columns import Columns
from sheets.lines import Fault, Head, Item, Kind, Line, Mistake, Reading, Unused
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


def read_roster(data: bytes, progress: Callable[[int, int], None] = nothing) -> Reading:
    """The roster in a file; `progress` is told rows done and rows in all. Raises WrongFile."""
    sheets = reading.read(data, columns.fields_in)
    found = [(sheet, heading) for sheet in sheets if (heading := columns.find(sheet.rows)) is not None]
    if not found:
        raise WrongFile(Reason.NO_HEADER, _headings(sheets))
    if len(found) > 1:
        raise WrongFile(Reason.SEVERAL_SHEETS, "、".join(sheet.name for sheet, _ in found))
    sheet, heading = found[0]
    if len(sheet.rows) - heading.row > MAX_LINES:
        raise WrongFile(Reason.TOO_MANY_ROWS)
    return _Reader(sheet, heading).read(progress)


def _headings(sheets: Sequence[Sheet]) -> str:
    """The headings that are not known, with the known ones that they look like, where a row looks like a heading."""
    rows = (columns.nearest(sheet.rows) for sheet in sheets)
    found = next((row for row in rows if row is not None), None)
    unknown = () if found is None else _unused(found)[: columns.MAX_GUESSED]
    return "、".join(f"{one.heading}→{one.like}?" if one.like else one.heading for one in unknown)


def _unused(heading: Columns) -> list[Unused]:
    taken = frozenset(heading.of)
    guessed = [
        Unused(words[:MAX_HEADING_CHARS], columns.like(words, taken) if place < columns.MAX_GUESSED else "")
        for place, words in enumerate(heading.unused)
    ]
    return [*(Unused(words[:MAX_HEADING_CHARS], instead=used) for words, used in heading.passed.items()), *guessed]


def items(data: bytes, progress: Callable[[int, int], None]) -> Iterator[Item]:
    """What `read_roster` finds, piece by piece. Raises WrongFile."""
    reading = read_roster(data, progress)
    yield Head(reading.sheet, reading.told)
    yield from reading.unused
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
    unused = [one for one in found if isinstance(one, Unused)]
    return Reading(head.sheet, lines, faults, head.told, unused, kinds)


ROSTER = Reader("sheets.roster:items", (Head, Unused, Kind, Line, Fault), build)


class _Reader:
    """Reads one sheet; collects what is wrong on the way."""

    def __init__(self, sheet: Sheet, heading: Columns) -> None:
        self.sheet = sheet
        self.heading = heading
        self.faults: list[Fault] = []
        self.lines: list[Line] = []
        self.kinds: dict[str, str] = {}
        self.first_with: dict[str, Line] = {}
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
        return Reading(self.sheet.name, self.lines, self.faults, told, _unused(self.heading), self.kinds)

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
        self._check_number(line)
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

        self._check_one_person(number, values)
        gone = bool(get("status", partial(people.is_gone, self._head_of("status")), Mistake.NOT_A_STATUS))
        who = get("number", partial(cells.number, typed=self.sheet.typed), Mistake.NOT_A_NUMBER) or ""
        line = Line(
            row=number,
            number=self._short(number, "number", who),
            name=self._short(number, "name", get("name", cells.text, Mistake.NO_NAME) or ""),
            branch=self._branch(number, values, needed=not gone),
            role=self._short(number, "role", get("role", cells.text, Mistake.TOO_LONG) or ""),
            phone=get("phone", cells.phone, Mistake.NOT_A_PHONE) or "",
            joined_on=get("joined_on", lambda cell: cells.day(cell, whole=False), Mistake.NOT_A_DAY),
            leave_from=get("leave_from", cells.day, Mistake.NOT_A_DAY),
            leave_to=get("leave_to", cells.day, Mistake.NOT_A_DAY),
            bare_number=self._is_bare(values),
            gone=gone,
            left_on=get("left_on", people.left_on, Mistake.NOT_A_DAY),
        )
        if not line.name:
            self._blame(number, self.heading.of["name"][0], Mistake.NO_NAME, "")
        self._check_leave(line)
        return line

    def _head_of(self, field: str) -> str:
        place = self.heading.one(field)
        return "" if place is None else self._heading(place)

    def _check_one_person(self, number: int, values: Mapping[int, Cell]) -> None:
        for field, holds_several in (("name", people.several_names), ("number", people.several_numbers)):
            place = self.heading.one(field)
            if place is not None and holds_several(values[place]):
                self._blame(number, place, Mistake.TWO_PEOPLE, cells.text(values[place]))

    def _value(self, number: int, place: int, cell: Cell, read: Callable[[Cell], Any], mistake: Mistake) -> Any:
        try:
            return read(cell)
        except Unclear:
            self._blame(number, place, mistake, cells.text(cell))
            return None

    def _is_bare(self, values: Mapping[int, Cell]) -> bool:
        place = self.heading.one("number")
        is_bare = cells.is_number if self.sheet.typed else cells.is_bare
        return place is not None and is_bare(values[place])

    def _short(self, number: int, field: str, value: str) -> str:
        if len(value) > MAX_CHARS[field]:
            self._blame(number, self.heading.of[field][0], Mistake.TOO_LONG, value)
        return value

    def _check_number(self, line: Line) -> None:
        """Each number may stand once, in any spelling; somebody who is gone may have a second row for the new place."""
        if not line.number or line.gone or line.left_on is not None:
            return
        first = self.first_with.setdefault(line.number.casefold().lstrip("0"), line)
        place = self.heading.of["number"][0]
        if first is not line and first.number == line.number:
            self._blame(line.row, place, Mistake.NUMBER_TWICE, f"{line.number} ({first.row})")
        elif first is not line and _means_the_same(first, line):
            self._blame(line.row, place, Mistake.NUMBER_ALIKE, f"{line.number} / {first.number} ({first.row})")

    def _branch(self, number: int, values: Mapping[int, Cell], *, needed: bool) -> tuple[str, ...]:
        """The names from the top down: the Party's columns, or the enterprise's where those are empty."""
        for field in columns.PLACES:
            places = self.heading.of.get(field, ())
            names = [name for place in places for name in split(cells.text(values[place]))]
            path = tuple(name for at, name in enumerate(names) if at == 0 or name != names[at - 1])
            if path:
                self._check_branch(number, places[0], path)
                return path
        if not needed:
            return ()
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


def _means_the_same(one: Line, other: Line) -> bool:
    """Whether two numbers that differ in noughts before them, or in small and large letters, are one number."""
    return (
        one.bare_number
        or other.bare_number
        or one.name == other.name
        or one.number.lstrip("0") != other.number.lstrip("0")
    )


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
