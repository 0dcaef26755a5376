"""How many of those who were to come to meetings have come. Who has taken leave and did not come does not count."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from domain.life.meeting.model import Reply, State
from storage.dialects import count_if, within
from storage.feature import subject
from storage.life.indicators.counting import AMONG, UNTIL, Counting, line, listing
from storage.life.meeting import meeting, there
from storage.life.meeting_tables import meeting_people, meetings
from storage.people.member import members
from storage.people.tables import people

# What began in the span. Who is marked after its end was not there yet.
HELD = (meeting.opened_at < UNTIL, meeting.state != State.CANCELLED.value, *within(meeting.starts_at))
CAME: ColumnElement[bool] = and_(there.present_at.is_not(None), there.present_at < UNTIL)
COUNTS: ColumnElement[bool] = or_(CAME, there.reply != Reply.AWAY.value)
ROLLS = meeting_people.join(meetings, meeting.id == there.meeting_id)
NAMED = ROLLS.outerjoin(people, people.c.id == there.person_id).outerjoin(members, members.c.id == there.member_id)


def _tallies(whose: Any) -> Select[Any]:
    counted = select(whose, count_if(CAME), count_if(COUNTS)).select_from(ROLLS)
    return counted.where(*HELD, whose.is_not(None)).group_by(whose)


def _lines(whose: Any) -> Select[Any]:
    columns = line(
        number=there.id,
        branch=meeting.branch_id,
        at=meeting.starts_at,
        what=(literal("meeting.").concat(meeting.kind), None),
        who=func.coalesce(people.c.name, members.c.name),
        part=case((CAME, 1), else_=0),
        counts=case((COUNTS, 1), else_=0),
        about=subject("meeting:", meeting.id),
    )
    return select(*columns).select_from(NAMED).where(*HELD, whose.in_(AMONG))


def _counting(whose: Any) -> Counting:
    tallies = _tallies(whose)
    return Counting(tallies, listing(_lines(whose)), tallies.where(whose.in_(AMONG)))


BRANCHES: Final = _counting(meeting.branch_id)
PEOPLE: Final = _counting(there.person_id)
