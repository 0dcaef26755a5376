"""What is found in a procedure's file: its steps, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

MAX_LINES = 500  # steps of a file are told; far more than there may be
MAX_WRONG = 50
MAX_DETAIL_CHARS = 60


class Mistake(StrEnum):
    """What is wrong with a file, before anybody looks at what it says."""

    SYNTAX = "syntax"
    TWICE = "twice"  # one name for two values
    REFERENCE = "reference"  # anchors, aliases and tags of YAML
    TOO_DEEP = "too_deep"
    NOT_A_MAP = "not_a_map"
    NOT_A_LIST = "not_a_list"
    NOT_A_TEXT = "not_a_text"
    UNKNOWN = "unknown"  # a name that means nothing
    MISSING = "missing"
    WHEN = "when"  # words that are no time
    NOT_COMPUTED = "not_computed"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a text, from 1, or a cell of a table."""

    line: int = 0
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What is said once for a file."""

    title: str
    source: str
    about: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Line:
    """A step, with whatever lengths it has in the file. `anchor` is one of `spoken.ANCHORS`."""

    place: Place
    key: str
    title: str
    who: str
    anchor: str
    days: int
    outcome: str = ""
    check: str = ""
    reviewer: str = ""
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is wrong."""

    place: Place
    mistake: Mistake
    detail: str = ""


Item: TypeAlias = Head | Line | Wrong


@dataclass(slots=True)
class Found:
    """All of a file; readers fill it."""

    head: Head = field(default_factory=lambda: Head("", "", ""))
    lines: list[Line] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def blame(self, place: Place, mistake: Mistake, detail: str = "") -> None:
        """Something is wrong."""
        if len(self.wrong) < MAX_WRONG:
            self.wrong.append(Wrong(place, mistake, detail[:MAX_DETAIL_CHARS]))

    def next_key(self) -> str:
        """The key of the next step, where it says none: its number."""
        return str(len(self.lines) + 1)

    def before(self) -> tuple[str, ...]:
        """What the next step waits for, where it says nothing of it: the step before."""
        return (self.lines[-1].key,) if self.lines else ()


def build(items: Sequence[Item]) -> Found:
    """What was told piece by piece."""
    heads = [one for one in items if isinstance(one, Head)]
    return Found(
        heads[0] if heads else Head("", "", ""),
        [one for one in items if isinstance(one, Line)],
        [one for one in items if isinstance(one, Wrong)],
    )
