"""What thanks contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import EnterpriseJob, Feature
from domain.points.thanks.model import RECEIVED
from domain.points.thanks.pairs import MONTHLY, tell
from domain.points.thanks.reporting import EXPORT, SECTION
from domain.points.thanks.service import credit

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.points.features import Stores

WAITING = 1000  # thanks to one stand-in


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    """What a stand-in was given is their account's, with the points; nobody keeps thanks to themselves."""
    stores.thanks.hand_over(awaited, known)
    for one in stores.thanks.received(known, WAITING):
        credit(stores, stores.chats.get(one.group), one)


FEATURE = Feature(
    "thanks",
    jobs=(EnterpriseJob(MONTHLY, tell),),
    merged=_merged,
    events=(RECEIVED,),
    section=SECTION,
    export=EXPORT,
)
