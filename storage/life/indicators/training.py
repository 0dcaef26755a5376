"""The trainings that were required in a span, and who is no member of the party."""

from typing import Any

from sqlalchemy import Date, Select, bindparam, or_, select

from domain.life.meeting.model import Standing
from storage.life.indicators.counting import UNTIL
from storage.life.meeting_tables import party_standings
from storage.life.training import ALL, IN_ORDER, RECORD_COLUMNS, done, plan

REQUIRED: Select[Any] = ALL.where(
    plan.required, plan.planned_at < UNTIL, or_(plan.withdrawn_at.is_(None), plan.withdrawn_at >= UNTIL)
).order_by(*IN_ORDER)
DONE: Select[Any] = (
    select(*RECORD_COLUMNS)
    .where(done.training_id.in_(bindparam("trainings", expanding=True)), done.got_on <= bindparam("last", type_=Date))
    .order_by(done.got_on, done.id)
)
DONE_BY: Select[Any] = DONE.where(
    or_(
        done.person_id.in_(bindparam("people", expanding=True)),
        done.member_id.in_(bindparam("members", expanding=True)),
    )
)
OUTSIDE: Select[Any] = select(party_standings.c.person_id).where(party_standings.c.standing == Standing.NONE.value)
