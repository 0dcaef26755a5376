"""Activities on the calendar of the coming two weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.activity.looking import SHOWN
from domain.life.activity.overview import LISTED
from domain.messaging.message import Text
from domain.upcoming import Coming, Upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.life.activity.model import Activity
    from domain.life.features import Stores
    from domain.upcoming import Days


def _in_group(stores: Stores, group: ChatId, days: Days) -> Sequence[Coming]:
    return [_coming(one) for one in stores.activities.in_group(group, LISTED) if _is_shown(one, days)]


def _of_member(stores: Stores, member: MemberId, days: Days) -> Sequence[Coming]:
    """Those that somebody has signed up for."""
    return [_coming(one) for one in stores.activities.of_member(member) if _is_shown(one, days)]


def _is_shown(one: Activity, days: Days) -> bool:
    return one.state in SHOWN and days.has(one.starts_at)


def _coming(one: Activity) -> Coming:
    return Coming(one.starts_at, Text("activity.upcoming", {"activity": one}), one.card)


UPCOMING = Upcoming(12, _in_group, _of_member)
