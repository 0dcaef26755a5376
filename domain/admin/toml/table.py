"""Values out of a table of TOML; whatever cannot be used is noted with its line, and reading goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from domain.admin.toml.problem import Fault, Problem

if TYPE_CHECKING:
    from domain.admin.toml.lines import Lines, Place

NAME = re.compile(r"[A-Za-z0-9_.-]{1,32}")
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00")
MAX_POINTS = 1_000_000  # of anything: sums stay within what both engines count in
MAX_SHOWN = 40  # characters of what a problem quotes
HOUR = 60


@dataclass(frozen=True, slots=True)
class Table:
    """A table at a place of a file, and the list of what is wrong with the file."""

    cells: dict[str, Any]
    place: Place
    lines: Lines
    problems: list[Problem]

    def note(self, fault: StrEnum, name: object = "", other: object = "", *, at: str | None = None) -> None:
        """Note something that is wrong: with a key, or with the table."""
        line = self.lines.of(*self.place, *(() if at is None else (at,)))
        self.problems.append(Problem(line, fault.value, str(name)[:MAX_SHOWN], str(other)[:MAX_SHOWN]))

    def only(self, *keys: str) -> None:
        """Note keys that mean nothing here."""
        for key in self.cells:
            if key not in keys:
                self.note(Fault.UNKNOWN_KEY, key, at=key)

    def text(self, key: str, *, needed: bool = False, most: int = 200) -> str:
        """A text on one line; empty where there is none."""
        found = self.cells.get(key)
        if found is None:
            if needed:
                self.note(Fault.MISSING, key)
            return ""
        if not isinstance(found, str) or not found.strip() or not found.isprintable():
            self.note(Fault.WRONG_TYPE, key, "text", at=key)
            return ""
        if len(found) > most:
            self.note(Fault.TOO_LONG, key, most, at=key)
        return found.strip()[:most]

    def name(self, key: str = "name", *, needed: bool = True) -> str:
        """A name: letters, digits, point, dash, underscore."""
        found = self.text(key, needed=needed)
        if found and not NAME.fullmatch(found):
            self.note(Fault.WRONG_NAME, found, at=key)
            return ""
        return found

    def number(self, key: str, *, needed: bool = False, least: int = -MAX_POINTS) -> int | None:
        """A whole number."""
        found = self.cells.get(key)
        if found is None:
            if needed:
                self.note(Fault.MISSING, key)
            return None
        if type(found) is not int:  # true is no number
            self.note(Fault.WRONG_TYPE, key, "number", at=key)
            return None
        if not least <= found <= MAX_POINTS:
            self.note(Fault.TOO_LARGE, key, f"{least}…{MAX_POINTS}", at=key)
            return None
        return found

    def truth(self, key: str) -> bool:
        """Whether a key says true."""
        found = self.cells.get(key, False)
        if not isinstance(found, bool):
            self.note(Fault.WRONG_TYPE, key, "truth", at=key)
            return False
        return found

    def day(self, key: str) -> date:
        """A date, which has to be there."""
        found = self.cells.get(key)
        if type(found) is not date:  # a datetime is a date, too
            self.note(*((Fault.MISSING, key) if found is None else (Fault.WRONG_TYPE, key, "day")), at=key)
            return date.min
        return found

    def minute(self, key: str) -> int | None:
        """A time of day as minutes from midnight."""
        found = self.text(key, needed=True)
        if found and not CLOCK.fullmatch(found):
            self.note(Fault.WRONG_TYPE, key, "clock", at=key)
            return None
        hours, _, minutes = found.partition(":")
        return int(hours) * HOUR + int(minutes) if minutes else None

    def table(self, key: str) -> Table:
        """A table within this one; an empty one where there is none."""
        found = self.cells.get(key, {})
        if not isinstance(found, dict):
            self.note(Fault.WRONG_TYPE, key, "table", at=key)
            found = {}
        return Table(found, (*self.place, key), self.lines, self.problems)

    def tables(self, key: str) -> list[Table]:
        """The tables of a list."""
        found = self.cells.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.note(Fault.WRONG_TYPE, key, "tables", at=key)
            return []
        return [Table(one, (*self.place, key, number), self.lines, self.problems) for number, one in enumerate(found)]
