"""The forms of rhythms, and what they say."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from language.deadline.script import number, pattern
from language.patterns import Lazy

DAY, WEEK, MONTH, QUARTER, HALF_YEAR, YEAR = "day", "week", "month", "quarter", "half_year", "year"
BY_DAY, BY_WEEKDAY, BY_WORKDAY = "day", "weekday", "workday"
COUNTS = {"other": 2, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4, "six": 6}


@dataclass(frozen=True, slots=True)
class Spot:
    """A day of a period: the `n`-th, from its end where `n` is negative, counted by day, weekday or workday.

    `month` is the month of the period in which it is counted: 1 the first, -1 the last, 0 the whole period.
    `weekday` is 0 for Monday.
    """

    by: str
    n: int
    weekday: int | None = None
    month: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A rhythm as it was said: which spots of every `every`-th period. `off` is what was said about days off."""

    unit: str
    spots: tuple[Spot, ...]
    clock: time
    every: int = 1
    off: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a form says, and the place where the text goes on."""

    unit: str
    spots: tuple[Spot, ...]
    end: int
    every: int = 1


WHOLE = (Spot(BY_WORKDAY, -1),)  # a period without a day
Meaning = Callable[[re.Match[str]], Found]


class Forms:
    """Forms and what they mean, in the order in which they are tried."""

    def __init__(self) -> None:
        self.all: list[tuple[Lazy, Meaning]] = []

    def add(self, *forms: str) -> Callable[[Meaning], Meaning]:
        """Say that any of these forms has the meaning that is defined next."""

        def enter(meaning: Meaning) -> Meaning:
            self.all.extend((pattern(form), meaning) for form in forms)
            return meaning

        return enter

    def find(self, text: str, place: int) -> Found | None:
        """The first form that fits. Raises Unclear, NoSuchDay."""
        for form, meaning in self.all:
            if match := form.match(text, place):
                return meaning(match)
        return None


def every(match: re.Match[str]) -> int:
    """Every how many periods: 每两周 is 2, 隔周 is 2, 每隔一周 is 2."""
    said = match.groupdict()
    if said.get("n"):
        return COUNTS.get(said["n"].lower()) or number(said["n"])
    if said.get("apart"):
        return number(said["apart"]) + 1
    return 2 if match.group().lstrip().startswith("隔") else 1
