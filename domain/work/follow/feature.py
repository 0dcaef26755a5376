"""What follow-up contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import EnterpriseJob, Feature
from domain.messaging.message import Text
from domain.reporting import Figure, Section, Told
from domain.work.follow.escalating import ESCALATING, WARNING, escalate, warn
from domain.work.follow.model import FOLLOW_CLOSED, FOLLOW_MEASURED

if TYPE_CHECKING:
    from domain.reporting import Week
    from domain.work.features import Stores


def _tell(_: Stores, week: Week) -> Told | None:
    """How many tasks were reported to a higher level in the week."""
    count = week.counts["follow_reported"]
    if not count:
        return None
    return Told(Text("follow.summary", {"count": count}), happened=True, figures={"reported": Figure(count)})


FEATURE = Feature(
    "follow",
    jobs=(EnterpriseJob(WARNING, warn, irreversible=True), EnterpriseJob(ESCALATING, escalate, irreversible=True)),
    section=Section(32, _tell),
    audit=(FOLLOW_MEASURED, FOLLOW_CLOSED),
)
