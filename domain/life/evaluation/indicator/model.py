"""What an indicator is: a figure of many branches or persons at once, and what happened behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NewType, TypeVar

from domain.ids import BranchId, PersonId

if TYPE_CHECKING:
    from domain.table import Code

Whose = TypeVar("Whose", BranchId, PersonId)
Word = NewType("Word", str)  # the word of an indicator, as a scheme writes it
A_DAY = timedelta(days=1)
PER_PAGE = 20


class Unit(StrEnum):
    """What a value is."""

    SHARE = "share"  # from 0 to 1, shown in hundredths
    NUMBER = "number"  # of whatever is counted, per head or per branch


class Reach(StrEnum):
    """What counts for a branch."""

    BELOW = "below"  # itself with everything below it
    OWN = "own"  # itself alone


@dataclass(frozen=True, slots=True)
class Period:
    """The days of an evaluation, the first and the last among them, on the enterprise's clock."""

    first: date
    last: date
    zone: tzinfo

    @property
    def since(self) -> datetime:
        """The moment at which it begins."""
        return self.moment(self.first)

    @property
    def until(self) -> datetime:
        """The moment at which it is over: what happens from then on does not count."""
        return self.moment(self.last + A_DAY)

    def moment(self, day: date) -> datetime:
        """The moment at which a day begins."""
        return datetime.combine(day, time(), tzinfo=self.zone)

    def day(self, at: datetime) -> date:
        """The day of a moment."""
        return at.astimezone(self.zone).date()

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Tally:
    """`part` of `of` things that were owed, asked or due. Tallies add up."""

    part: Fraction
    of: int

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.part + other.part, self.of + other.of)


NOTHING = Tally(Fraction(0), 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A tally as a value; `None` where nothing was owed, which is said as no data and is not 0.

    `of` tells of how many things it is a figure. `withheld` is set where there is one that may not be told, because it
    is of too few people.
    """

    value: Fraction | None
    of: int = 0
    withheld: bool = False


NO_DATA = Figure(None)
WITHHELD = Figure(None, withheld=True)


def figure(tally: Tally) -> Figure:
    """What a tally comes to."""
    return Figure(tally.part / tally.of, tally.of) if tally.of else NO_DATA


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, or was to happen: it adds its `part` of `of` to the figure.

    An `of` of 0 does not count (somebody on leave). `what` is a title that people have given, or a word of the
    program's own; `who` is empty where nobody is named. `about` is its name in the audit log (`task:12`), or empty.
    """

    branch: BranchId | None
    at: datetime
    what: str | Code
    who: str
    part: Fraction
    of: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Which entries are wanted."""

    first: int = 0
    most: int = PER_PAGE

    @property
    def end(self) -> int:
        """Behind the last one."""
        return self.first + self.most


FIRST = Window()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the entries of a figure, the newest first, and how many there are in all.

    `withheld` is set where there are entries that may not be told, because they are of too few people.
    """

    entries: Sequence[Entry]
    total: int
    withheld: bool = False


EMPTY, HIDDEN = Page((), 0), Page((), 0, withheld=True)


def cut(entries: Sequence[Entry], window: Window) -> Page:
    """A page of entries that are all known."""
    newest = sorted(entries, key=lambda one: (one.at, one.about, one.who), reverse=True)
    return Page(newest[window.first : window.end], len(newest))


@dataclass(frozen=True, slots=True)
class Within:
    """Some branches, or some persons, alone; all of them where it says nothing.

    It spares the store what nobody asks for; what is read beyond it does no harm.
    """

    branches: frozenset[BranchId] | None = None
    people: frozenset[PersonId] | None = None


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure is asked for: the days, what counts for a branch, the name of what is read, and of whom."""

    period: Period
    reach: Reach = Reach.BELOW
    about: str = ""
    within: Within = EVERYWHERE
