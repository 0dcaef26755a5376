"""An indicator: where its figures come from, and how they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from domain.ids import BranchId, PersonId
from domain.life.evaluation.indicator.model import (
    EMPTY,
    EVERYWHERE,
    FIRST,
    NO_DATA,
    Asked,
    Figure,
    Page,
    Period,
    Reach,
    Unit,
    Whose,
    Window,
    Within,
    Word,
)
from domain.life.evaluation.indicator.tree import among

if TYPE_CHECKING:
    from domain.life.features import Stores

A_FEW_PEOPLE = 500  # of more, all are read at once


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
        found = self.branches.read(stores, Asked(period, reach, about, among(stores, branches, reach)))
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
        asked = Asked(period, reach, about, among(stores, [branch], reach))
        return self.branches.entries(stores, branch, asked, window)

    def read_people(
        self, stores: Stores, people: Collection[PersonId], period: Period, *, about: str = ""
    ) -> dict[PersonId, Figure]:
        """The figures of persons; without data where the indicator has none of persons."""
        within = Within(people=frozenset(people)) if len(people) <= A_FEW_PEOPLE else EVERYWHERE
        found = self.people.read(stores, Asked(period, about=about, within=within)) if self.people else {}
        return {one: found.get(one, NO_DATA) for one in people}

    def entries_of_person(
        self, stores: Stores, person: PersonId, period: Period, *, about: str = "", window: Window = FIRST
    ) -> Page:
        """What happened behind the figure of a person."""
        asked = Asked(period, about=about, within=Within(people=frozenset({person})))
        return self.people.entries(stores, person, asked, window) if self.people else EMPTY
