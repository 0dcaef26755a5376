"""What the library contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import EnterpriseJob, Feature
from domain.study.expiring import EXPIRING, tell
from domain.study.keeping import RETURNED, WITHDRAWN, called

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.study.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.studies.pass_on(awaited, known)


FEATURE = Feature(
    "library",
    jobs=(EnterpriseJob(EXPIRING, tell),),
    merged=_merged,
    audit=(WITHDRAWN, RETURNED),
    named={"study_item": called},
)
