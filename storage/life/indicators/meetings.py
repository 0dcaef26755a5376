"""Meetings that were held, the branches that owe them, and who was on their committees."""

from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from domain.life.meeting.model import State
from domain.people.permission import Role
from storage.columns import Moment
from storage.dialects import within
from storage.life.indicators.counting import AMONG, UNTIL
from storage.life.meeting import meeting
from storage.people.branch import COLUMNS, branches
from storage.people.role import grant

HELD: Select[Any] = (
    select(meeting.branch_id, meeting.kind, meeting.starts_at, meeting.id)
    .where(
        meeting.branch_id.is_not(None),
        meeting.opened_at < UNTIL,
        meeting.state != State.CANCELLED.value,
        *within(meeting.starts_at),
    )
    .order_by(meeting.starts_at, meeting.id)
)
HELD_BY: Select[Any] = HELD.where(meeting.branch_id.in_(AMONG))
STANDING: Select[Any] = (
    select(*COLUMNS)
    .where(or_(branches.c.closed_at.is_(None), branches.c.closed_at >= bindparam("since", type_=Moment)))
    .order_by(branches.c.id)
)
POSTS: Select[Any] = (
    select(grant.branch_id, grant.granted_at, grant.revoked_at)
    .where(grant.branch_id.is_not(None), grant.role.in_([Role.SECRETARY.value, Role.COMMITTEE.value]))
    .order_by(grant.id)
)
