"""What roles contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.people.role.model import ROLE_GRANTED, ROLE_WITHDRAWN
from domain.people.role.service import end_all

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.stores import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId) -> None:
    stores.grants.hand_over(awaited, known)


def _left(stores: Stores, member: MemberId, by: MemberId | None, at: datetime) -> None:
    end_all(stores, member=member, by=by, at=at)


FEATURE = Feature("role", merged=_merged, left=_left, audit=(ROLE_GRANTED, ROLE_WITHDRAWN))
