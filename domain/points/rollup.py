"""Points are rolled up by month at night: what a board reads is short, whatever the length of its period.

A board adds the months that were rolled up and the lines of the ledger behind them: at any moment it is what the
ledger alone would give, and awarding costs nothing more. A month that was never rolled up is read from the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature

if TYPE_CHECKING:
    from datetime import datetime

    from domain.points.features import Stores

AT_ONCE = 50_000  # lines of the ledger in one transaction: about a second


def roll_up(stores: Stores, slot: datetime) -> None:
    """Roll up what was written since the last time. A longer ledger takes several times, or nights."""
    del slot
    stores.boards.roll_up(AT_ONCE)


# Between the end of the day and the check of totals.
AT_NIGHT = Schedule("points.roll_up", cron="*/10 1-4 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("rollup", jobs=(EnterpriseJob(AT_NIGHT, roll_up),))
