"""Whether the totals that people look at are what the ledger adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from domain.ids import ChatId, MemberId
    from domain.stores import Stores


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that is not what the ledger says: `kept` stands in the store, `ledger` is the sum of the entries.

    A member's total has no group and no week.
    """

    member: MemberId
    kept: int
    ledger: int
    group: ChatId | None = None
    monday: date | None = None


class Verification(Protocol):
    """The ledger added up anew."""

    def totals(self) -> list[Difference]:
        """Members whose total is wrong."""

    def weeks(self) -> list[Difference]:
        """Members whose week in a group is wrong."""


def differences(stores: Stores) -> list[Difference]:
    """Everything that is wrong; nothing is repaired, since what is wrong first has to be understood."""
    return stores.verification.totals() + stores.verification.weeks()
