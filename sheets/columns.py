"""Which column of a roster holds what, told by its heading."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from plain import line
from sheets.cells import text
from sheets.reading import Cell

HEADERS = tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8"))
IN_BRACKETS = re.compile(r"[(\[【<〔][^)\]】>〕]*+(?:[)\]】>〕]|$)")  # the last ones may be open
NO_WORD = re.compile(r"[\W_]+")
MAX_ROWS_ABOVE = 30  # rows in which the heading is looked for: titles, a date, a note may stand above it
PLACES = ("party", "unit")  # these may be several columns
MAX_GUESSED = 12  # unknown headings for which a known one is looked for
ALIKE = 0.6  # share of signs in common from which a heading looks like another one


def plain(words: str) -> str:
    """A heading without what does not count: `*手 机 号（必填）：` is `手机号`."""
    return NO_WORD.sub("", IN_BRACKETS.sub("", line(words))).lower()


def _by_word(table: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    return {plain(word): key for key, words in table.items() for word in words}


FIELDS = _by_word(HEADERS["fields"])
WEAKER = _by_word(HEADERS["weaker"])
BESIDE = _by_word(HEADERS["beside"])
OTHER = frozenset(map(plain, HEADERS["other"]["headings"]))
FRONT, BACK = (tuple(map(plain, HEADERS["trim"][side])) for side in ("front", "back"))
SPELT = {plain(word): word for words in HEADERS["fields"].values() for word in words}
SKIPPED = frozenset(HEADERS["skipped"]["names"])  # in small letters


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the heading is (row from 1), and the columns (from 0) of each field, from left to right.

    `passed` are headings that gave way to another one, which means the field more exactly.
    """

    row: int
    of: Mapping[str, Sequence[int]]
    unused: Sequence[str]
    passed: Mapping[str, str] = field(default_factory=dict)

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
    headings = [one for one in _heads(rows) if "name" in one.of and len(one.of) > 1]
    best = max(headings, key=lambda one: len(one.of), default=None)
    return None if best is None else _once(best, rows)


def nearest(rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """The row that is most like a heading, among the first rows, if none is one."""
    alike = [one for one in _heads(rows) if one.of or any(map(like, one.unused[:MAX_GUESSED]))]
    return max(alike, key=lambda one: (len(one.of), len(one.unused)), default=None)


def fields_in(rows: Sequence[Sequence[Cell]]) -> int:
    """How many fields the heading has: by it one can tell how a table has to be taken apart."""
    return max((len(one.of) for one in _heads(rows)), default=0)


def _heads(rows: Sequence[Sequence[Cell]]) -> Iterator[Columns]:
    above: Sequence[Sequence[Cell]] = [[], *rows]
    return (_read(number, row, above[number - 1]) for number, row in enumerate(rows[:MAX_ROWS_ABOVE], 1))


def _read(number: int, row: Sequence[Cell], above: Sequence[Cell]) -> Columns:
    """A row as if it were the heading; a heading may have two storeys, 请假 over 开始 and 结束."""
    claims: dict[str, list[tuple[int, str, int]]] = {}  # how exactly, the heading, the column
    unused, beside = [], []
    for place, cell in enumerate(row):
        heading = text(cell)
        over = text(above[place]) if heading and place < len(above) else ""
        known = _known(over + heading if over != heading else "") or _known(heading)
        if known in FIELDS:
            claims.setdefault(FIELDS[known], []).append((int(known in WEAKER), heading, place))
        elif known in BESIDE:
            beside.append((heading, BESIDE[known]))
        elif heading:
            unused.append(heading)
    of, passed = _settle(claims)
    for heading, meant in beside:
        if meant in of:
            passed[heading] = text(row[of[meant][0]])
        else:
            unused.append(heading)
    return Columns(number, of, unused, passed)


def _settle(claims: Mapping[str, Sequence[tuple[int, str, int]]]) -> tuple[dict[str, list[int]], dict[str, str]]:
    """The columns of each field; those that mean it less exactly give way."""
    of: dict[str, list[int]] = {}
    passed: dict[str, str] = {}
    for name, found in claims.items():
        best = 1 if name in PLACES else min(rank for rank, _, _ in found)
        taken = [(heading, place) for rank, heading, place in found if rank <= best]
        of[name] = [place for _, place in taken]
        passed |= {heading: taken[0][0] for rank, heading, _ in found if rank > best}
    return of, passed


@lru_cache(maxsize=2048)
def _known(heading: str) -> str:
    """The listed heading that a cell has, with or without usual additions; empty if it has none."""
    words = plain(heading)
    if words in FIELDS or words in BESIDE or words in OTHER:
        return words
    front = next((one for one in FRONT if words.startswith(one) and len(words) > len(one)), "")
    back = next((one for one in BACK if words.endswith(one) and len(words) > len(one)), "")
    bare = words.removeprefix(front)
    tries = (words.removesuffix(back), bare, bare.removesuffix(back))
    return next((one for one in tries if one in FIELDS), "")


def _once(found: Columns, rows: Sequence[Sequence[Cell]]) -> Columns:
    """The columns without repetitions of the one before, as merged cells make them."""
    of = {
        name: places
        if name in PLACES
        else [places[0], *(one for one in places[1:] if not _same(rows, found.row, places[0], one))]
        for name, places in found.of.items()
    }
    return Columns(found.row, of, found.unused, found.passed)


def _same(rows: Sequence[Sequence[Cell]], heading: int, first: int, second: int) -> bool:
    def at(row: Sequence[Cell], place: int) -> str:
        return text(row[place]) if place < len(row) else ""

    return all(at(row, second) in ("", at(row, first)) for row in rows[heading:]) and (
        at(rows[heading - 1], first) == at(rows[heading - 1], second)
    )


@lru_cache(maxsize=256)
def like(heading: str, taken: frozenset[str] = frozenset()) -> str:
    """The known heading that an unknown one looks like, without those of `taken` fields; empty if none does."""
    words = plain(heading)
    if not words or words in OTHER or words in BESIDE:
        return ""
    known = [word for word, name in FIELDS.items() if name not in taken]
    found = difflib.get_close_matches(words, known, n=1, cutoff=ALIKE)
    return SPELT[found[0]] if found else ""


def kind_of(name: str) -> str:
    """Which kind of branch goes by such a name: a word of `[kinds]`, or `unit`."""
    lowered = name.lower()
    found = (kind for kind, endings in HEADERS["kinds"].items() if lowered.endswith(tuple(endings)))
    return next(found, "unit")
