"""Each night those are forgotten who left long enough ago, and invitations and claims that are over."""

from datetime import datetime, timedelta

from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope
from domain.people import privacy
from domain.stores import Stores

SCHEDULE = Schedule("privacy.forget", cron="40 3 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
CLAIMS_KEPT = timedelta(days=90)


def job(keep: timedelta) -> EnterpriseJob:
    """The job for an enterprise that keeps the names of those who left for so long."""

    def forget(stores: Stores, slot: datetime) -> None:
        privacy.forget_leavers(stores, slot, keep=keep)
        stores.invitations.forget(slot - CLAIMS_KEPT)

    return EnterpriseJob(SCHEDULE, forget)
