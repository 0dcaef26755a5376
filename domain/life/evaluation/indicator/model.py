"""What an indicator is: a figure of many branches or persons at once, and what happened behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, NewType, Protocol, TypeVar

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
    program's own; `who` is empty where nobody is named. `about` is its name in the audit log (`task:12`), if it has one.
    """

    branch: BranchId | None
    at: datetime
    what: str | Code
    who: str
    part: Fraction
    of: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the entries of a figure, the newest first, and how many there are in all.

    `withheld` is set where there are entries that may not be told, because they are of too few people.
    """

    entries: Sequence[Entry]
    total: int
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Which entries are wanted."""

    first: int = 0
    most: int = PER_PAGE


@dataclass(frozen=True, slots=True)
class Source(Generic[Whose]):
    """Where a figure comes from.

    `tally` reads those of all branches or persons at once, each without what is below it; `entries` reads what happened
    to some of them together. The last argument of both names what it is about, for an indicator that asks for a name.
    """

    tally: Callable[[Stores, Period, str], Mapping[Whose, Tally]]
    entries: Callable[[Stores, Collection[Whose], Period, str, Window], Page]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of branches, and of persons where they have one.

    One that is `named` takes the name of what it reads (a questionnaire). Its text in words is
    `indicator.name(word)`.
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
        own = self.branches.tally(stores, period, about)
        counted = own if reach is Reach.OWN else rolled_up(own, stores.indicators.parents())
        return {one: figure(counted.get(one, NOTHING)) for one in branches}

    def entries(
        self,
        stores: Stores,
        branch: BranchId,
        period: Period,
        *,
        reach: Reach = Reach.BELOW,
        about: str = "",
        window: Window = Window(),
    ) -> Page:
        """What happened behind the figure of a branch."""
        meant = {branch} if reach is Reach.OWN else below(branch, stores.indicators.parents())
        return self.branches.entries(stores, meant, period, about, window)

    def read_people(
        self, stores: Stores, people: Collection[PersonId], period: Period, *, about: str = ""
    ) -> dict[PersonId, Figure]:
        """The figures of persons; without data where the indicator has none of persons."""
        found = self.people.tally(stores, period, about) if self.people else {}
        return {one: figure(found.get(one, NOTHING)) for one in people}

    def entries_of_person(
        self, stores: Stores, person: PersonId, period: Period, *, about: str = "", window: Window = Window()
    ) -> Page:
        """What happened behind the figure of a person."""
        return self.people.entries(stores, {person}, period, about, window) if self.people else Page((), 0)


Parents = Mapping[BranchId, BranchId | None]  # every branch, closed ones too, and what it is part of


def rolled_up(own: Mapping[BranchId, Tally], parents: Parents) -> dict[BranchId, Tally]:
    """Each branch with everything below it."""
    total: defaultdict[BranchId, Tally] = defaultdict(lambda: NOTHING)
    for branch, tally in own.items():
        at: BranchId | None = branch
        while at is not None:
            total[at] += tally
            at = parents.get(at)
    return dict(total)


def below(branch: BranchId, parents: Parents) -> set[BranchId]:
    """A branch and everything below it."""
    children: defaultdict[BranchId, list[BranchId]] = defaultdict(list)
    for one, parent in parents.items():
        if parent is not None:
            children[parent].append(one)
    found, waiting = {branch}, [branch]
    while waiting:
        more = children[waiting.pop()]
        found.update(more)
        waiting += more
    return found


class Indicators(Protocol):
    """What the store counts for all branches or persons at once. Moments are from `since` up to, not with, `until`."""

    def parents(self) -> Parents:
        """The tree, with closed branches."""

    def counted(self, word: Word, period: Period) -> Mapping[BranchId, Tally]:
        """The tallies of branches, without what is below them."""

    def counted_people(self, word: Word, period: Period) -> Mapping[PersonId, Tally]:
        """The tallies of persons."""

    def listed(self, word: Word, branches: Collection[BranchId], period: Period, window: Window) -> Page:
        """What happened to branches, the newest first."""

    def listed_people(self, word: Word, people: Collection[PersonId], period: Period, window: Window) -> Page:
        """What happened to persons, the newest first."""


class HasIndicators(Protocol):
    """Stores with this one among them."""

    @property
    def indicators(self) -> Indicators:
        """See `Indicators`."""


def of_branches(word: Word) -> Source[BranchId]:
    """What the store counts by itself, of branches."""

    def tally(stores: Stores, period: Period, _: str) -> Mapping[BranchId, Tally]:
        return stores.indicators.counted(word, period)

    def entries(stores: Stores, branches: Collection[BranchId], period: Period, _: str, window: Window) -> Page:
        return stores.indicators.listed(word, branches, period, window)

    return Source(tally, entries)


def of_people(word: Word) -> Source[PersonId]:
    """What the store counts by itself, of persons."""

    def tally(stores: Stores, period: Period, _: str) -> Mapping[PersonId, Tally]:
        return stores.indicators.counted_people(word, period)

    def entries(stores: Stores, people: Collection[PersonId], period: Period, _: str, window: Window) -> Page:
        return stores.indicators.listed_people(word, people, period, window)

    return Source(tally, entries)
