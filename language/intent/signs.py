"""Text as it is compared: each sign in one form, without blanks and signs that mean nothing.

Each sign keeps its place in the text, so that arguments can be taken from the text as they were written.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plain

FOLDER = Path(__file__).parent
KEPT = "?#|%"  # a question is no report, 30% no number of a task
WITHIN_NUMBERS = "-./:~"  # 11-24, 18:00
MAX_SIGNS = 80  # an order is shorter; the words after it (a suggestion) may be longer


@cache
def simplified() -> dict[int, str]:
    """Simplified signs by their traditional ones."""
    pairs = _lines("traditional.txt")
    return {ord(sign): pair[-1] for pair in pairs for sign in pair[:-1]}


@cache
def sounds() -> tuple[dict[str, str], dict[int, str]]:
    """The sound of each sign in phrases, and the usual sign for others of the same sound."""
    spelt: dict[str, str] = {}
    meant: dict[int, str] = {}
    for sign, sound, *wrong in (line.split() for line in _lines("sounds.txt")):
        spelt[sign] = sound
        meant.update((ord(other), sign) for others in wrong for other in others)
    return spelt, meant


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that count, and the place of each in the text."""

    text: str
    signs: str
    places: tuple[int, ...]

    def between(self, start: int, end: int) -> str:
        """The text from one sign to before another, as it was written."""
        return self.text[self.places[start] : self.places[end - 1] + 1] if start < end else ""

    def place_after(self, count: int) -> int:
        """The place in the text after so many signs."""
        return self.places[count - 1] + 1 if count else 0


def read(text: str) -> Signs:
    """The signs of a text that count."""
    found: list[tuple[str, int]] = []
    for place, sign in enumerate(plain.bounded(text)):
        found += ((one, place) for one in _folded(sign))
        if len(found) > 2 * MAX_SIGNS:
            break
    kept = [found[place] for place in range(len(found)) if _counts(found, place)][:MAX_SIGNS]
    return Signs(text, "".join(sign for sign, _ in kept), tuple(place for _, place in kept))


def _folded(sign: str) -> str:
    return " " if sign.isspace() else plain.line(sign).casefold().translate(simplified())


def _counts(found: list[tuple[str, int]], place: int) -> bool:
    """Whether a sign counts: letters and digits; a blank between Latin words; a few signs between digits."""
    sign = found[place][0]
    if sign.isalnum() or sign in KEPT:
        return True
    before = found[place - 1][0] if place else ""
    after = found[place + 1][0] if place + 1 < len(found) else ""
    if sign == " ":
        return _is_latin(before) and _is_latin(after)
    return sign in WITHIN_NUMBERS and before.isdecimal() and after.isdecimal()


def _is_latin(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign == "#")
