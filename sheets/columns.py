"""Which column of a roster holds what, told by its heading."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plain import line
from sheets.cells import text
from sheets.reading import Cell

HEADERS = tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8"))
IN_BRACKETS = re.compile(r"[(\[【<〔][^)\]】>〕]*+(?:[)\]】>〕]|$)")  # the last ones may be open
NO_WORD = re.compile(r"[\W_]+")
MAX_ROWS_ABOVE = 30  # rows in which the heading is looked for: titles, a date, a note may stand above it
PLACES = ("party", "unit")  # these may be several columns
NEEDED = ("name", "number")


def plain(words: str) -> str:
    """A heading without what does not count: `*手 机 号（必填）：` is `手机号`."""
    return NO_WORD.sub("", IN_BRACKETS.sub("", line(words))).lower()


FIELDS: Mapping[str, str] = {plain(word): field for field, words in HEADERS["fields"].items() for word in words}
SKIPPED = frozenset(HEADERS["skipped"]["names"])  # in small letters


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the heading is (row from 1), and the columns (from 0) of each field, from left to right."""

    row: int
    of: Mapping[str, Sequence[int]]
    unused: Sequence[str]

    def one(self, field: str) -> int | None:
        """The column of a field, if the file has it."""
        return self.of[field][0] if field in self.of else None

    @property
    def twice(self) -> tuple[str, int] | None:
        """A field that two columns claim, and the second of them."""
        found = ((field, places[1]) for field, places in self.of.items() if field not in PLACES and len(places) > 1)
        return next(found, None)


def find(rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """The heading: of the first rows that name somebody and where they are, the one with most fields."""
    above: Sequence[Sequence[Cell]] = [[], *rows]
    found = [_read(number, row, above[number - 1]) for number, row in enumerate(rows[:MAX_ROWS_ABOVE], 1)]
    headings = [one for one in found if "name" in one.of and len(one.of) > 1]
    return max(headings, key=lambda one: len(one.of), default=None)


def _read(number: int, row: Sequence[Cell], above: Sequence[Cell]) -> Columns:
    """A row as if it were the heading; a heading may have two storeys, 请假 over 开始 and 结束."""
    of: dict[str, list[int]] = {}
    unused = []
    for place, cell in enumerate(row):
        heading = text(cell)
        over = text(above[place]) if heading and place < len(above) else ""
        field = FIELDS.get(plain(heading)) or FIELDS.get(plain(over + heading))
        if field is not None:
            of.setdefault(field, []).append(place)
        elif heading:
            unused.append(heading)
    return Columns(number, of, unused)


def kind_of(name: str) -> str:
    """Which kind of branch goes by such a name: a word of `[kinds]`, or `unit`."""
    lowered = name.lower()
    found = (kind for kind, endings in HEADERS["kinds"].items() if lowered.endswith(tuple(endings)))
    return next(found, "unit")
