"""The trainings that were required in a span, and who is no member of the party."""

from typing import Any

from sqlalchemy import Select, or_, select

from domain.life.meeting.model import Standing
from storage.life.indicators.counting import UNTIL
from storage.life.meeting_tables import party_standings
from storage.life.training import ALL, IN_ORDER, plan

REQUIRED: Select[Any] = ALL.where(
    plan.required, plan.planned_at < UNTIL, or_(plan.withdrawn_at.is_(None), plan.withdrawn_at >= UNTIL)
).order_by(*IN_ORDER)
OUTSIDE: Select[Any] = select(party_standings.c.person_id).where(party_standings.c.standing == Standing.NONE.value)
