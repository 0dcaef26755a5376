"""The store of indicators."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import Connection, select

from domain.ids import BranchId, PersonId
from domain.life.evaluation.indicator import ATTENDANCE
from domain.life.evaluation.indicator.model import Page, Period, Tally, Window, Word
from storage.life.indicators import attendance
from storage.life.indicators.counting import Counting, to_entries, to_tally
from storage.people.branch import branches

PARENTS = select(branches.c.id, branches.c.parent_id)
OF_BRANCHES: Final[Mapping[Word, Counting]] = {ATTENDANCE: attendance.BRANCHES}
OF_PEOPLE: Final[Mapping[Word, Counting]] = {ATTENDANCE: attendance.PEOPLE}


class Indicators:
    """See `domain.life.evaluation.indicator.Indicators`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def parents(self) -> Mapping[BranchId, BranchId | None]:
        """The tree, with closed branches."""
        rows = self.connection.execute(PARENTS)
        return {BranchId(one): None if parent is None else BranchId(parent) for one, parent in rows}

    def counted(self, word: Word, period: Period) -> Mapping[BranchId, Tally]:
        """The tallies of branches, without what is below them."""
        return {BranchId(one): tally for one, tally in self._tallies(OF_BRANCHES[word], period).items()}

    def counted_people(self, word: Word, period: Period) -> Mapping[PersonId, Tally]:
        """The tallies of persons."""
        return {PersonId(one): tally for one, tally in self._tallies(OF_PEOPLE[word], period).items()}

    def _tallies(self, counting: Counting, period: Period) -> dict[int, Tally]:
        span = {"since": period.since, "until": period.until}
        return {one: to_tally(part, of) for one, part, of in self.connection.execute(counting.tallies, span)}

    def listed(self, word: Word, branches: Collection[BranchId], period: Period, window: Window) -> Page:
        """What happened to branches, the newest first."""
        return self._page(OF_BRANCHES[word], branches, period, window)

    def listed_people(self, word: Word, people: Collection[PersonId], period: Period, window: Window) -> Page:
        """What happened to persons, the newest first."""
        return self._page(OF_PEOPLE[word], people, period, window)

    def _page(self, counting: Counting, among: Collection[int], period: Period, window: Window) -> Page:
        values: dict[str, Any] = {"since": period.since, "until": period.until, "among": sorted(among)}
        total = self.connection.execute(counting.listing.total, values).scalar_one()
        rows = self.connection.execute(counting.listing.page, {**values, "first": window.first, "most": window.most})
        return Page(to_entries(rows.all()), total)
