"""What roles contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.people.role.agreement import unlogged
from domain.people.role.giving import end_all, end_over, end_waiting, grant_from_roster, restore_over
from domain.people.role.model import ROLE_GRANTED, ROLE_WITHDRAWN

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.people.person import Person
    from domain.stores import Stores


def _merged(stores: Stores, awaited: MemberId, _: MemberId, at: datetime) -> None:
    end_waiting(stores, awaited=awaited, at=at)


def _left(stores: Stores, member: MemberId, by: MemberId | None, at: datetime) -> None:
    end_all(stores, member=member, by=by, at=at)


def _placed(stores: Stores, person: Person, at: datetime) -> None:
    """What the roster says of somebody holds over the branch where they are now."""
    if person.member is not None:
        grant_from_roster(stores, person, stores.members.get(person.member), at)


def _branch_closed(stores: Stores, branch: BranchId, by: MemberId | None, at: datetime) -> None:
    end_over(stores, branch=branch, by=by, at=at)


def _branch_reopened(stores: Stores, branch: BranchId, closed_at: datetime, by: MemberId | None, at: datetime) -> None:
    restore_over(stores, branch=branch, ended_at=closed_at, by=by, at=at)


FEATURE = Feature(
    "role",
    merged=_merged,
    left=_left,
    placed=_placed,
    branch_closed=_branch_closed,
    branch_reopened=_branch_reopened,
    audit=(ROLE_GRANTED, ROLE_WITHDRAWN),
    unlogged=unlogged,
)
