"""What front-line actions contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import Feature
from domain.ids import ActionId
from domain.life.action.overview import tell
from domain.life.action.reporting import EXPORT, SECTION
from domain.life.action.service import ENDED, FINISHED, OPENED, STOPPED, current_card, forgotten, left
from domain.life.action.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.life.action.model import Actions
    from domain.life.features import Stores


class HasActions(Protocol):
    """Stores with this one among them."""

    @property
    def actions(self) -> Actions:
        """See `Actions`."""


def _called(stores: Stores, number: int) -> str | None:
    action = stores.actions.get(ActionId(number))
    return None if action is None else action.problem


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    if awaited != known:
        stores.actions.hand_over(awaited, known)


FEATURE = Feature(
    "action",
    merged=_merged,
    left=left,
    forgotten=forgotten,
    today=(Today(13, tell),),
    upcoming=(UPCOMING,),
    audit=(OPENED, ENDED, STOPPED),
    events=(FINISHED,),
    section=SECTION,
    export=EXPORT,
    named={"action": _called},
    current={"action": current_card},
)
