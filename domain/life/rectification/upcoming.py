"""Findings on the calendar of the coming two weeks: what waits for a measure until a day, what to look at again.

What is being rectified stands there as a task. A group's calendar has none of it: findings are for those concerned.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.life.rectification.card import page_of, unplanned_of
from domain.life.rectification.model import State
from domain.messaging.message import Text
from domain.upcoming import Coming, Shown, Upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.life.features import Stores
    from domain.life.rectification.model import Finding
    from domain.upcoming import Days


def _in_group(_: Stores, __: ChatId, ___: Days) -> Sequence[Coming]:
    return ()


def _of_member(stores: Stores, member: MemberId, days: Days) -> Sequence[Coming]:
    """What somebody is to agree on by a day, and what they are going to be asked to look at again."""
    new = unplanned_of(stores, stores.members.get(member), days.since)
    planned = [_to_plan(one, one.round.last_at) for one in new if one.round.last_at is not None]
    verified = stores.findings.verified_by(member)
    looks = [_to_look(stores, one) for one in verified if one.state is State.CLOSED and one.round.asked_at is None]
    return [one for one in (*planned, *looks) if days.has(one.at)]


def _to_plan(one: Finding, last_at: datetime) -> Coming:
    return Coming(last_at, Text("rectification.upcoming_plan", {"finding": one}), page_of(one.id), Shown.BY)


def _to_look(stores: Stores, one: Finding) -> Coming:
    zone = ZoneInfo(stores.enterprise.locale.zone)
    day = one.round.look_on or one.found_at.astimezone(zone).date()
    at = datetime.combine(day, time(9), zone)
    return Coming(at, Text("rectification.upcoming_look", {"finding": one}), page_of(one.id), Shown.DAY)


UPCOMING = Upcoming(11, _in_group, _of_member)
