"""What rewards contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import RewardId
from domain.points.reward.approving import tell_today
from domain.points.reward.model import (
    RESERVING,
    REWARD_ADDED,
    REWARD_APPROVED,
    REWARD_CLOSED,
    REWARD_HANDED,
    REWARD_REFUSED,
    REWARD_STOCKED,
    State,
)
from domain.points.reward.requesting import give_back
from domain.today import Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.points.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    if awaited != known:
        stores.rewards.hand_over(awaited, known)


def _left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """What nobody has answered goes back; what was agreed to is for those in charge to hand over or give back."""
    give_back(stores, member, [State.OPEN], at)


def _forgotten(stores: Stores, member: MemberId, at: datetime) -> None:
    give_back(stores, member, RESERVING, at)


def _called(stores: Stores, number: int) -> str | None:
    found = stores.rewards.find(RewardId(number))
    return None if found is None else found.offer.title


FEATURE = Feature(
    "reward",
    merged=_merged,
    left=_left,
    forgotten=_forgotten,
    today=(Today(55, tell_today),),
    audit=(REWARD_ADDED, REWARD_STOCKED, REWARD_CLOSED, REWARD_APPROVED, REWARD_REFUSED, REWARD_HANDED),
    named={"reward": _called},
)
