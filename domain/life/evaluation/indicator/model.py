"""What an indicator is: a figure of many branches or persons at once, and what happened behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, NewType, TypeVar

from domain.ids import BranchId, PersonId

if TYPE_CHECKING:
    from domain.life.features import Stores
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
class Asked:
    """What a figure is asked for: the days, what counts for a branch, and the name of what is read, if it has one."""

    period: Period
    reach: Reach = Reach.BELOW
    about: str = ""


@dataclass(frozen=True, slots=True)
class Source(Generic[Whose]):
    """Where a figure comes from: `read` gives those of all that have one, `entries` what happened behind one."""

    read: Callable[[Stores, Asked], Mapping[Whose, Figure]]
    entries: Callable[[Stores, Whose, Asked, Window], Page]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of branches, and of persons where they have one.

    One that is `named` takes the name of what it reads (a questionnaire). The text `indicator.name` says it in words.
    """

    word: Word
    unit: Unit
    branches: Source[BranchId]
    people: Source[PersonId] | None = None
    named: bool = False

    def read(
        self,
        stores: Stores,
        branches: Collection[BranchId],
        period: Period,
        *,
        reach: Reach = Reach.BELOW,
        about: str = "",
    ) -> dict[BranchId, Figure]:
        """The figures of branches."""
        found = self.branches.read(stores, Asked(period, reach, about))
        return {one: found.get(one, NO_DATA) for one in branches}

    def entries(
        self,
        stores: Stores,
        branch: BranchId,
        period: Period,
        *,
        reach: Reach = Reach.BELOW,
        about: str = "",
        window: Window = FIRST,
    ) -> Page:
        """What happened behind the figure of a branch."""
        return self.branches.entries(stores, branch, Asked(period, reach, about), window)

    def read_people(
        self, stores: Stores, people: Collection[PersonId], period: Period, *, about: str = ""
    ) -> dict[PersonId, Figure]:
        """The figures of persons; without data where the indicator has none of persons."""
        found = self.people.read(stores, Asked(period, about=about)) if self.people else {}
        return {one: found.get(one, NO_DATA) for one in people}

    def entries_of_person(
        self, stores: Stores, person: PersonId, period: Period, *, about: str = "", window: Window = FIRST
    ) -> Page:
        """What happened behind the figure of a person."""
        return self.people.entries(stores, person, Asked(period, about=about), window) if self.people else EMPTY
