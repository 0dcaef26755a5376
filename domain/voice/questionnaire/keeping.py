"""What becomes of somebody's answers when they leave, or turn out to be somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.voice.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.responses.hand_over(awaited, known)


def _left(stores: Stores, member: MemberId, _: MemberId | None, __: datetime) -> None:
    """What was submitted counts; what was only begun is nobody's business any more."""
    stores.responses.drop_begun(member)


def sweep(stores: Stores, _: datetime) -> None:
    """Destroy the keys of closed rounds that a kill or a full disk has left."""
    stores.encryption.sweep()


SWEEPING = Schedule("questionnaire.sweep", cron="37 * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("responses", jobs=(EnterpriseJob(SWEEPING, sweep),), merged=_merged, left=_left)
