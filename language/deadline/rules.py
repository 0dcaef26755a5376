"""The parts of rules for days, and the words that many rules share."""

import re
from collections.abc import Callable
from datetime import date

from language.deadline.calendar import SUNDAY
from language.deadline.script import pattern
from language.deadline.working import Working
from language.patterns import Lazy

Days = tuple[date, ...]
Meaning = Callable[[re.Match[str], date, Working], Days]

WEEK = "个?(?:周|星期|礼拜)"
WEEKDAYS = {name: place % 7 for place, name in enumerate("一二三四五六日1234567")} | {"天": SUNDAY}
WEEKDAY = "[一二三四五六日天1-7]"
MONTH = "个?月"
WHICH = {
    "": 0,
    "本": 0,
    "这": 0,
    "今": 0,
    "当": 0,
    "this": 0,
    "下": 1,
    "明": 1,
    "next": 1,
    "下下": 2,
    "后": 2,
    "上": -1,
}


class Rules:
    """Forms and what they mean, in the order in which they are tried."""

    def __init__(self) -> None:
        self.all: list[tuple[Lazy, Meaning]] = []

    def add(self, *forms: str) -> Callable[[Meaning], Meaning]:
        """Say that any of these forms has the meaning that is defined next."""

        def enter(meaning: Meaning) -> Meaning:
            self.all.extend((pattern(form), meaning) for form in forms)
            return meaning

        return enter


def one_or_coming(which: str, day: Callable[[int], date]) -> Days:
    """The day of the named week, month or year; if none is named, of this one or the next."""
    return (day(WHICH[which]),) if which else (day(0), day(1))
