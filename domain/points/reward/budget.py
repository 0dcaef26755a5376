"""Whether rewards are in use, what a year's budget has left, and what somebody has to spend."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.admin.setting import ENTERPRISE, SETTINGS, Name
from domain.points.reward.model import Budget, Measure, NotInUse

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.points.features import Stores

ON, EVER, NONE = "on", "all", "none"


def in_use(stores: Stores) -> bool:
    """Whether rewards are switched on."""
    return stores.settings.own(ENTERPRISE, Name.REWARDS) == ON


def require_in_use(stores: Stores) -> None:
    """Raises NotInUse."""
    if not in_use(stores):
        raise NotInUse


def balance(stores: Stores, member: MemberId) -> int:
    """What somebody has to spend: earned since rewards are in use, or ever, less what was asked for.

    It is below 0 where points were taken back after they had been spent.
    """
    since = stores.settings.own(ENTERPRISE, Name.REWARDS_SINCE)
    day = None if since in (None, EVER) else date.fromisoformat(str(since))
    return stores.rewards.earned(member, day) - stores.rewards.spent(member)


def year_of(stores: Stores, at: datetime) -> int:
    """The calendar year of a moment, in the enterprise's zone."""
    zone = stores.settings.own(ENTERPRISE, Name.ZONE) or stores.enterprise.locale.zone
    return at.astimezone(ZoneInfo(zone)).year


def budget_of(stores: Stores, branch: BranchId | None, year: int) -> Budget:
    """The budget of a catalogue, as the settings of its branch, or of what that is part of, have it."""
    kept = stores.settings.over(member=None, chat=None, branch=branch)
    default = SETTINGS[Name.REWARD_BUDGET].default
    value = next((one.value for one in kept if one.name is Name.REWARD_BUDGET), default) or NONE
    if value == NONE:
        return Budget(None, Measure.POINTS, 0)
    number, _, measure = value.partition(" ")
    limit, points_or_yuan = int(number), Measure(measure)
    points, yuan = stores.rewards.used(branch, year)
    return Budget(limit, points_or_yuan, limit - (points if points_or_yuan is Measure.POINTS else yuan))
