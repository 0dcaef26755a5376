"""Tasks that were done when the span ended, by the branch in which their owners were when they were due; and the rest.

What one has given to oneself does not count.
"""

from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select

from domain.work.task import Happening
from storage.columns import Moment
from storage.dialects import count_if
from storage.feature import subject
from storage.life.indicators.counting import AMONG, STAYS, UNTIL, Counting, line, listing, stay
from storage.people.tables import people
from storage.work.task_rows import task
from storage.work.task_tables import task_events, tasks

event, since = task_events.c, task_events.alias("since")
ON_TIME = func.coalesce(task.submitted_at, task.done_at) <= task.due_at
THEIRS = and_(
    task.owner_id == stay.member,
    task.due_at >= stay.since,
    task.due_at < stay.until,
    task.done_at < UNTIL,
    task.giver_id != task.owner_id,
    task.withdrawn_at.is_(None),
)
DONE = STAYS.join(tasks, THEIRS)
BRANCH = stay.branch
POSTPONED_SINCE = exists().where(
    since.c.task_id == task.id, since.c.what == Happening.POSTPONED.value, since.c.at >= UNTIL
)
IN_FLIGHT = and_(
    task.given_at < UNTIL,
    or_(task.done_at.is_(None), task.done_at >= UNTIL),
    or_(task.withdrawn_at.is_(None), task.withdrawn_at >= UNTIL),
    task.due_at >= bindparam("since", type_=Moment),
    or_(task.due_at < UNTIL, POSTPONED_SINCE),
)
LATE: Select[Any] = (
    select(task.id, task.title, task.giver_id, task.owner_id, task.branch_id, task.due_at)
    .where(IN_FLIGHT)
    .order_by(task.id)
)
EVENTS: Select[Any] = (
    select(event.task_id, event.what, event.at, event.note)
    .join(tasks, tasks.c.id == event.task_id)
    .where(IN_FLIGHT)
    .order_by(event.id)
)

# Some members' tasks, and those that were somebody else's at the end of the span.
HANDED_ON_SINCE = exists().where(
    since.c.task_id == task.id, since.c.what == Happening.REASSIGNED.value, since.c.at >= UNTIL
)
THEIR_OWN = or_(task.owner_id.in_(bindparam("members", expanding=True)), HANDED_ON_SINCE)
LATE_OF, EVENTS_OF_SOME = LATE.where(THEIR_OWN), EVENTS.where(THEIR_OWN)
OF_BATCHES = and_(task.batch.in_(bindparam("batches", expanding=True)), task.withdrawn_at.is_(None))
OF: Select[Any] = (
    select(task.batch, task.id, task.title, task.giver_id, task.owner_id, task.branch_id, task.due_at)
    .where(OF_BATCHES)
    .order_by(task.id)
)
EVENTS_OF: Select[Any] = (
    select(event.task_id, event.what, event.at, event.note)
    .join(tasks, tasks.c.id == event.task_id)
    .where(OF_BATCHES)
    .order_by(event.id)
)


def _tallies(whose: Any) -> Select[Any]:
    return select(whose, count_if(ON_TIME), func.count()).select_from(DONE).group_by(whose)


def _lines(whose: Any) -> Select[Any]:
    columns = line(
        number=task.id,
        branch=BRANCH,
        at=task.due_at,
        what=(None, task.title),
        who=people.c.name,
        part=case((ON_TIME, 1), else_=0),
        about=subject("task:", task.id),
    )
    return select(*columns).select_from(DONE.join(people, people.c.id == stay.person)).where(whose.in_(AMONG))


BRANCHES: Final = Counting(_tallies(BRANCH), listing(_lines(BRANCH)))
PEOPLE: Final = Counting(_tallies(stay.person), listing(_lines(stay.person)))
