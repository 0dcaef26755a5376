"""Once a day, before work begins: the totals are checked against the ledger."""

from collections.abc import Callable
from datetime import datetime

from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope
from domain.stores import Stores

SCHEDULE = Schedule("verify.run", cron="50 5 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)


def job(ask: Callable[[], None]) -> EnterpriseJob:
    """The job; `ask` begins the check, which reads beside the writer and so takes place outside this transaction."""

    def run(_: Stores, __: datetime) -> None:
        ask()

    return EnterpriseJob(SCHEDULE, run)
