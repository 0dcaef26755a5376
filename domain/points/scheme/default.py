"""The scheme that holds where no other has been activated, and which events its rules were before there were events."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from domain.points.event import EventName
from domain.points.scheme.reading import read

if TYPE_CHECKING:
    from domain.points.event import Facts
    from domain.points.scheme.model import Scheme

FILE = Path(__file__).with_name("default.toml")


@cache
def scheme() -> Scheme:
    """The default scheme."""
    return read(FILE.read_text(encoding="utf-8"))


@cache
def names() -> frozenset[str]:
    """The names of its rules; texts say what they are called."""
    return frozenset(str(rule.name) for rule in scheme().rules)


# The events behind the entries that were written before events were: by rule.
OLD: dict[str, tuple[EventName, Facts]] = {
    "task.on_time": (EventName("task.done"), {"on_time": True}),
    "task.late": (EventName("task.done"), {"on_time": False}),
    "study.read": (EventName("study.read"), {"on_day": True}),
    "study.right": (EventName("quiz.answered"), {"correct": True, "full_marks": True}),
    "suggestion.made": (EventName("suggestion.made"), {}),
    "survey.answered": (EventName("survey.answered"), {}),
}


def event_of(rule: str) -> str:
    """The event of an entry that has no facts, as migration 0028 has filled it in."""
    return OLD[rule][0] if rule in OLD else rule
