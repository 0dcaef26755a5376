"""The library as TOML: `[[item]]`, `[[course]]`, `[[campaign]]`."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sheets.study.found import (
    DATES,
    FIELDS,
    LISTS,
    MAX_VALUES,
    NUMBERS,
    Found,
    Kind,
    Mistake,
    NotRead,
    Place,
    Record,
    Wrong,
)
from sheets.study.spoken import all_meant

HEADING = re.compile(r"^[ \t]*\[\[[ \t]*(item|course|campaign)[ \t]*\]\]", re.MULTILINE)
LINE = re.compile(r"at line (\d{1,9})")
FIRST = ord("A")
MAX_LETTERS = 26


def read(text: str) -> Found:
    """What is in a file. Raises NotRead."""
    try:
        told = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        at = LINE.search(str(error))
        raise NotRead(Wrong(Place(int(at[1]) if at else 0), Mistake.SYNTAX, detail=str(error))) from error
    found = Found()
    lines = _lines(text)
    for kind in Kind:
        tables = told.get(kind.value, [])
        if not isinstance(tables, list):
            found.blame(Place(), Mistake.NOT_A_LIST, field=kind.value)
            continue
        places = lines[kind] if len(lines[kind]) == len(tables) else [0] * len(tables)
        for line, table in zip(places, tables, strict=True):
            if isinstance(table, dict):
                found.add(_Table(found, kind, Place(line), table).read())
            else:
                found.blame(Place(line), Mistake.NOT_A_TYPE, field=kind.value)
    for name in told:
        if name not in list(Kind):
            found.lose(Place(), "", name)
    if not found.records and not found.wrong:
        found.blame(Place(), Mistake.NOTHING)
    return found


def _lines(text: str) -> Mapping[str, Sequence[int]]:
    """The lines of the headings by their kind; where a text holds such a line too, their number tells it."""
    lines: dict[str, list[int]] = {kind.value: [] for kind in Kind}
    line, seen = 1, 0
    for heading in HEADING.finditer(text):
        line += text.count("\n", seen, heading.start(1))
        seen = heading.start(1)
        lines[heading[1]].append(line)
    return lines


class _Table:
    """Makes a record of a table."""

    def __init__(self, found: Found, kind: Kind, place: Place, table: Mapping[str, Any]) -> None:
        self.found = found
        self.kind = kind
        self.place = place
        self.table = table
        code = table.get("code")
        title = table.get("title")
        self.name = code if isinstance(code, str) and code else title if isinstance(title, str) else ""

    def read(self) -> Record:
        """The record; what is wrong with its types is noted on the way."""
        fields: dict[str, tuple[str, ...]] = {}
        for name, value in self.table.items():
            if name == "topic" and self.kind is Kind.ITEM:
                fields["topics"] = (*self._values("topic", [value]), *fields.get("topics", ()))
            elif name not in FIELDS[self.kind]:
                self.found.lose(self.place, self.name, name)
            elif name == "topics":
                fields["topics"] = (*fields.get("topics", ()), *self._values(name, value))
            elif name == "answer":
                fields[name] = self._answer(value)
            elif name in LISTS:
                fields[name] = self._values(name, value)
            else:
                fields[name] = (self._one(name, value),)
        return Record(self.kind, self.place, all_meant(fields))

    def _blame(self, name: str, mistake: Mistake) -> str:
        self.found.blame(self.place, mistake, item=self.name, field=name)
        return ""

    def _one(self, name: str, value: Any) -> str:
        if name in DATES:  # a datetime is a date too
            return value.isoformat() if type(value) is date else self._blame(name, Mistake.NOT_A_DATE)
        if name in NUMBERS:
            return str(value) if _is_number(value) else self._blame(name, Mistake.NOT_A_NUMBER)
        return value if isinstance(value, str) else self._blame(name, Mistake.NOT_A_TEXT)

    def _values(self, name: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) > MAX_VALUES:
            self._blame(name, Mistake.NOT_A_LIST)
            return ()
        if not all(isinstance(one, str) for one in value):
            self._blame(name, Mistake.NOT_A_TEXT)
            return ()
        return tuple(value)

    def _answer(self, value: Any) -> tuple[str, ...]:
        """Places of options, counted from 0, as letters; a truth; or words."""
        if isinstance(value, bool):
            return (str(value).lower(),)
        values = value if isinstance(value, list) else [value]
        if len(values) > MAX_VALUES:
            self._blame("answer", Mistake.NOT_A_LIST)
            return ()
        return tuple(self._letter(one) if _is_number(one) else self._one("answer", one) for one in values)

    def _letter(self, place: int) -> str:
        return chr(FIRST + place) if 0 <= place < MAX_LETTERS else self._blame("answer", Mistake.NOT_A_NUMBER)


def _is_number(value: Any) -> bool:
    """Whether a value is a whole number that fits; a truth is one too, for Python."""
    return type(value) is int and abs(value) < 10**9
