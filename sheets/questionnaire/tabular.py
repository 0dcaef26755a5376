"""A questionnaire in a table, XLSX or CSV: a question a row below a heading; above it title and introduction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plain
from sheets import cells
from sheets.questionnaire import words
from sheets.questionnaire.found import (
    MAX_DETAIL_CHARS,
    MAX_QUESTIONS,
    MAX_WRONG,
    Asked,
    Choice,
    Format,
    Found,
    Head,
    Kind,
    Mistake,
    Place,
    When,
    Wrong,
)
from sheets.questionnaire.own import KEY, keys_of
from sheets.questionnaire.spoken import HEADED, INTRODUCTIONS, KINDS, NUMBERED, ONE_OPTION, TITLES, TRUTHS, UNNAMED
from sheets.reading import Cell, Reason, Sheet, WrongFile
from sheets.scan import column_letters

LOOKED_AT = 30  # rows in which the heading may stand
PARTS = ("\n", "|", "｜", "；", ";", "、", "，", ",")  # the first that makes two options of a cell separates them
NUMBER = re.compile(r"[+-]?\d{1,9}")
EQUAL = re.compile(r"[=＝:：]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of the heading, from 0, and the columns of each field."""

    row: int
    of: Mapping[str, Sequence[int]]


def fields_in(rows: Sequence[Sequence[Cell]]) -> int:
    """How many headings are known in the best of the first rows: by it a CSV's separator is told."""
    return max((len(_columns(row)) for row in rows[:LOOKED_AT]), default=0)


def find(rows: Sequence[Sequence[Cell]]) -> Heading | None:
    """The heading: the first row that names questions and their kinds."""
    for number, row in enumerate(rows[:LOOKED_AT]):
        found = _columns(row)
        if {"text", "kind"} <= found.keys():
            return Heading(number, found)
    return None


def _columns(row: Sequence[Cell]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        said = plain.line(str(cell)[: words.MAX_CHARS]).lower().strip("*: ") if isinstance(cell, str) else ""
        field = "options" if ONE_OPTION.fullmatch(said) else HEADED.get(said)
        if field is not None:
            found.setdefault(field, []).append(place)
    return found


def read(sheets: Sequence[Sheet]) -> Found:
    """The questionnaire in a table, or all that is wrong with it. Raises WrongFile."""
    found = [(sheet, heading) for sheet in sheets if (heading := find(sheet.rows)) is not None]
    if not found:
        raise WrongFile(Reason.NO_HEADER)
    if len(found) > 1:
        raise WrongFile(Reason.SEVERAL_SHEETS, "、".join(sheet.name for sheet, _ in found))
    return _Reader(*found[0]).read()


def parted(cell: str) -> list[str]:
    """The options in a cell."""
    for sign in PARTS:
        parts = [part for part in map(words.one_line, cell.split(sign)) if part]
        if len(parts) > 1:
            return parts
    return [one for one in (words.one_line(cell),) if one]


class _Reader:
    """Reads one sheet; collects what is wrong on the way."""

    def __init__(self, sheet: Sheet, heading: Heading) -> None:
        self.sheet = sheet
        self.heading = heading
        self.wrong: list[Wrong] = []
        self.questions: list[Asked] = []

    def blame(self, row: int, column: int, mistake: Mistake, detail: str = "") -> None:
        """Something is wrong in a cell; row and column from 0."""
        if len(self.wrong) < MAX_WRONG:
            self.wrong.append(Wrong(_place(row, column), mistake, detail[:MAX_DETAIL_CHARS]))

    def read(self) -> Found:
        """The whole sheet."""
        for field, places in self.heading.of.items():
            if len(places) > 1 and field != "options":
                self.blame(self.heading.row, places[1], Mistake.TWICE, self._said(self.heading.row, places[1]))
        head = self._head()
        for row in range(self.heading.row + 1, len(self.sheet.rows)):
            if len(self.questions) < MAX_QUESTIONS and self._has_words(row):
                self._question(row)
        if not self.questions and not self.wrong:
            self.blame(self.heading.row + 1, self.heading.of["text"][0], Mistake.NO_QUESTIONS)
        return Found(head, tuple(self.questions), wrong=tuple(self.wrong))

    def _head(self) -> Head:
        title, title_at = self._above(TITLES)
        introduction, introduction_at = self._above(INTRODUCTIONS)
        if not title and not UNNAMED.fullmatch(self.sheet.name):
            title = self.sheet.name
        if not words.one_line(title):
            self.wrong.append(Wrong(title_at, Mistake.MISSING, "title"))
        return Head(Format.TABLE, words.one_line(title), words.lines(introduction), title_at, introduction_at)

    def _above(self, names: frozenset[str]) -> tuple[str, Place]:
        """What stands beside one of these names above the heading, and where."""
        for number, row in enumerate(self.sheet.rows[: self.heading.row]):
            for column in range(min(len(row), len(HEADED)) - 1):
                if plain.line(self._said(number, column)).lower().strip("*: ") in names:
                    return self._said(number, column + 1), _place(number, column + 1)
        return "", _place(0, 0)

    def _has_words(self, row: int) -> bool:
        return any(self._said(row, place) for places in self.heading.of.values() for place in places)

    def _said(self, row: int, column: int) -> str:
        """The words of a cell."""
        cells_of = self.sheet.rows[row]
        cell = cells_of[column] if column < len(cells_of) else ""
        if not isinstance(cell, str):
            return cells.text(cell)
        return words.lines(cell if self.sheet.typed else cells.GUARDED.sub("", cell, count=1))

    def _field(self, row: int, field: str) -> tuple[str, int]:
        """The words of a field, and its column."""
        places = self.heading.of.get(field)
        if not places:
            return "", 0
        said = self._said(row, places[0])
        if self.sheet.is_uncomputed(row + 1, places[0] + 1) or said in cells.ERRORS:
            self.blame(row, places[0], Mistake.NOT_COMPUTED, said)
        return said, places[0]

    def _question(self, row: int) -> None:
        text, column = self._field(row, "text")
        if not text:
            self.blame(row, column, Mistake.MISSING, "text")
        made = Asked(
            place=_place(row, column),
            key=self._key(row),
            kind=self._kind(row),
            text=text,
            options=self._options(row),
            required=self._truth(row, "required", usual=True),
            shuffled=self._truth(row, "shuffled", usual=False),
            most=self._number(row, "most"),
            low=self._number(row, "low"),
            high=self._number(row, "high"),
            when=self._when(row),
        )
        self.questions.append(made)

    def _key(self, row: int) -> str:
        key, column = self._field(row, "key")
        if key and not KEY.fullmatch(key):
            self.blame(row, column, Mistake.RULE, "key")
        elif key in [one.key for one in self.questions]:
            self.blame(row, column, Mistake.TWICE, key)
        return key or f"q{len(self.questions) + 1}"

    def _kind(self, row: int) -> Kind:
        said, column = self._field(row, "kind")
        kind = KINDS.get(plain.line(said).lower())
        if kind is None:
            self.blame(row, column, Mistake.NOT_A_KIND if said else Mistake.MISSING, said or "kind")
        return kind or Kind.TEXT

    def _options(self, row: int) -> tuple[Choice, ...]:
        places = self.heading.of.get("options", ())
        said = [self._said(row, place) for place in places]
        found = parted(said[0]) if len(places) == 1 else [one for one in map(words.one_line, said) if one]
        return tuple(Choice(str(number), one) for number, one in enumerate(found, start=1))

    def _truth(self, row: int, field: str, *, usual: bool) -> bool:
        said, column = self._field(row, field)
        value = plain.line(said).lower()
        if said and value not in TRUTHS:
            self.blame(row, column, Mistake.NOT_A_TRUTH, said)
        return TRUTHS.get(value, usual)

    def _number(self, row: int, field: str) -> int | None:
        said, column = self._field(row, field)
        value = plain.line(said)
        if not said:
            return None
        if not NUMBER.fullmatch(value):
            self.blame(row, column, Mistake.NOT_A_NUMBER, said)
            return None
        return int(value)

    def _when(self, row: int) -> When | None:
        """`2=满意；一般`: a question by its key or its number from 1, and options by their texts."""
        said, column = self._field(row, "when")
        if not said:
            return None
        named, *rest = (part.strip() for part in EQUAL.split(said, maxsplit=1))
        asked = self._asked(named)
        if asked is None or not rest:
            self.blame(row, column, Mistake.NO_SUCH_QUESTION, said)
            return None
        keys = keys_of(asked, by_text=True)
        wanted = [rest[0]] if rest[0] in keys else parted(rest[0])
        missing = next((one for one in wanted if one not in keys), None)
        if missing is not None or not wanted:
            self.blame(row, column, Mistake.NO_SUCH_OPTION, missing or said)
            return None
        return When(asked.key, tuple(sorted({keys[one] for one in wanted})))

    def _asked(self, named: str) -> Asked | None:
        known = {one.key: one for one in self.questions}
        if named in known:
            return known[named]
        number = NUMBERED.fullmatch(plain.line(named))
        place = int(number[1]) if number else 0
        return self.questions[place - 1] if 1 <= place <= len(self.questions) else None


def _place(row: int, column: int) -> Place:
    return Place(cell=f"{column_letters(column + 1)}{row + 1}")
