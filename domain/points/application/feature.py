"""What applications contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import ApplicationId
from domain.points.application.applying import withdraw_all
from domain.points.application.approving import shown, tell_today
from domain.points.application.model import APPLICATION_APPROVED, APPLICATION_REFUSED
from domain.today import Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.points.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    if awaited != known:
        stores.applications.hand_over(awaited, known)


def _left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    withdraw_all(stores, member, at)


def _called(stores: Stores, number: int) -> str | None:
    """What an application is called in the audit log: its item."""
    found = stores.applications.get(ApplicationId(number))
    if found is None:
        return None
    rule = shown(stores, found).rule
    return rule.called or str(rule)


FEATURE = Feature(
    "application",
    merged=_merged,
    left=_left,
    forgotten=withdraw_all,
    today=(Today(56, tell_today),),
    audit=(APPLICATION_APPROVED, APPLICATION_REFUSED),
    named={"application": _called},
)
