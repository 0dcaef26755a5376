"""Whether the totals that people look at are what the ledger adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId
    from domain.points.features import Stores

MAX_MEMBER_NUMBER = 2**62  # above every number


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that is not what the ledger says: `kept` stands in the store, `ledger` is the sum of the entries.

    A member's total has no group and no week. Where there is a `category`, `monday` is the first day of a month.
    """

    member: MemberId
    kept: int
    ledger: int
    group: ChatId | None = None
    monday: date | None = None
    category: str | None = None


class Verification(Protocol):
    """The ledger added up anew."""

    def totals(self, first: int, last: int) -> list[Difference]:
        """Members whose total is wrong, of those with a number from `first` to `last`."""

    def weeks(self, first: int, last: int) -> list[Difference]:
        """Members whose week in a group is wrong, of those with a number from `first` to `last`."""

    def months(self, first: int, last: int) -> list[Difference]:
        """Members whose month in a group and category is wrong, as far as it was rolled up."""

    def last_member(self) -> int:
        """The highest number of a member; 0 where there is none."""


def differences(stores: Stores, *, first: int = 0, last: int = MAX_MEMBER_NUMBER) -> list[Difference]:
    """Everything that is wrong with the members of these numbers.

    Nothing is repaired, since what is wrong first has to be understood.
    """
    found = stores.verification
    return found.totals(first, last) + found.weeks(first, last) + found.months(first, last)


def last_member(stores: Stores) -> int:
    """The highest number of a member; 0 where there is none."""
    return stores.verification.last_member()


def _start(_: Stores, __: datetime) -> None:
    """The check reads beside the writer: the program starts it when this job has run."""


# Once a day, before work begins.
DAILY = Schedule("verify.run", cron="50 5 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("verify", jobs=(EnterpriseJob(DAILY, _start),))
