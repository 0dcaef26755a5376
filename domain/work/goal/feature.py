"""What goals contribute to the rest of the domain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import GoalId
from domain.today import Today
from domain.work.goal.closing import branch_closed, branch_reopened
from domain.work.goal.model import NOTED, Happened
from domain.work.goal.reporting import EXPORT, SECTION
from domain.work.goal.service import change
from domain.work.goal.today import tell

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.work.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.goals.hand_over(awaited, known)


def _left(stores: Stores, member: MemberId, by: MemberId | None, at: datetime) -> None:
    """The goals of somebody who has left have nobody until they are given to another; whoever plans reports."""
    noted = None if by is None else stores.members.get(by)
    for goal in stores.goals.of_owner(member):
        wanted = replace(goal, owner=None)
        change(stores, goal, wanted, reason="", what=Happened.OWNER_LEFT, by=noted, at=at)


def _called(stores: Stores, number: int) -> str | None:
    return stores.goals.title(GoalId(number))


FEATURE = Feature(
    "goal",
    merged=_merged,
    left=_left,
    branch_closed=branch_closed,
    branch_reopened=branch_reopened,
    today=(Today(24, tell),),
    section=SECTION,
    export=EXPORT,
    audit=tuple(NOTED.values()),
    named={"goal": _called},
)
