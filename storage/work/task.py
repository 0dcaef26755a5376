"""Tasks in the store."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, insert, or_, select, update

from domain.ids import ChatId, MemberId, TaskId
from domain.table import Code
from domain.work.task import Link, Listed, State, Task
from storage.dialects import count_if, during, within
from storage.feature import GROUP, MEMBER, Feature, Personal, subject
from storage.work.task_history import History, links
from storage.work.task_rows import IN_HAND, OPEN, TASKS, columns_of, task, to_task
from storage.work.task_tables import task_events, task_links, tasks

AT_ONCE = 500  # owners of one statement
GET = TASKS.where(task.id == bindparam("task"))
TITLE = select(task.title).where(task.id == bindparam("task"))
GIVEN_BY = TASKS.where(task.source == bindparam("source")).order_by(task.id)
BATCH = TASKS.where(task.batch == bindparam("batch")).order_by(task.id)
OPEN_OF = OPEN.where(task.owner_id == bindparam("owner")).limit(bindparam("limit"))
OPEN_IN = OPEN.where(task.group_id == bindparam("group")).limit(bindparam("limit"))
OWN_IN = TASKS.where(task.batch == bindparam("batch"), task.owner_id == bindparam("owner")).order_by(task.id)
last = tasks.alias("last")
LAST_ROUND = (
    select(last.c.listed_at)
    .where(last.c.group_id == bindparam("group"), last.c.listed_at.is_not(None), last.c.listed == Listed.CALLED.value)
    .order_by(last.c.listed_at.desc())
    .limit(1)
)
ROUND = TASKS.where(
    task.group_id == bindparam("group"),
    task.done_at.is_(None),
    task.listed_at == LAST_ROUND.scalar_subquery(),
    IN_HAND,
).order_by(task.due_at, task.batch, task.id)
ready_at = func.coalesce(task.submitted_at, task.done_at)  # when the owner was ready
ENDED_OF = (
    TASKS.where(
        task.owner_id == bindparam("owner"),
        task.state.in_([State.SUBMITTED.value, State.DONE.value]),
        ready_at >= bindparam("since"),
    )
    .order_by(ready_at.desc(), task.id.desc())
    .limit(20)
)
IS_REVIEWED_BY = task.reviewer_id == bindparam("reviewer")
WAITING_FOR = (
    TASKS.where(IS_REVIEWED_BY, task.done_at.is_(None), task.state == State.SUBMITTED.value)
    .order_by(task.submitted_at, task.id)
    .limit(bindparam("limit"))
)
REVIEWED_BY = TASKS.where(IS_REVIEWED_BY, task.done_at.is_(None)).order_by(task.id)
OF_OWNERS = OPEN.where(task.owner_id.in_(bindparam("owners", expanding=True)), IN_HAND)
DUE = (task.done_at.is_(None), task.withdrawn_at.is_(None), task.remind_at <= bindparam("at"), IN_HAND)
DUE_GROUPS = select(task.group_id).where(*DUE).distinct().order_by(task.group_id).limit(bindparam("groups"))
TO_REMIND = TASKS.where(*DUE, task.group_id.in_(DUE_GROUPS)).order_by(
    task.group_id, task.owner_id, task.due_at, task.id
)
IN_SPAN = (
    TASKS.where(task.group_id == GROUP, during(task.given_at, task.due_at, task.done_at))
    .order_by(task.id)
    .limit(bindparam("most"))
)
ADD = insert(tasks).returning(task.id)
ADD_MANY = insert(tasks)
WITHDRAW = (
    update(tasks).where(task.id == bindparam("task")).values(withdrawn_at=bindparam("at"), state=State.WITHDRAWN.value)
)
REASSIGN = update(tasks).where(task.id == bindparam("task")).values(owner_id=bindparam("owner"))
BEGIN_BATCH = update(tasks).where(task.id == bindparam("task")).values(batch=task.id)
HAND_OVER = update(tasks).where(task.owner_id == bindparam("giver_up")).values(owner_id=bindparam("owner"))
HAND_OVER_REVIEWS = (
    update(tasks).where(task.reviewer_id == bindparam("giver_up")).values(reviewer_id=bindparam("owner"))
)
SAVED = (
    *("title", "standard", "outcome", "resources", "due_at", "done_at", "reminder", "remind_at", "listed_at", "listed"),
    *("state", "submitted_at", "grade", "reviewer_id"),
)
SAVE = update(tasks).where(task.id == bindparam("task")).values({name: bindparam(f"new_{name}") for name in SAVED})
REMINDED = ("reminder", "remind_at", "listed_at", "listed")
SAVE_REMINDERS = (
    update(tasks).where(task.id == bindparam("task")).values({name: bindparam(f"new_{name}") for name in REMINDED})
)
LINKED_TO = (
    TASKS.join(task_links, links.batch == task.batch)
    .where(links.kind == bindparam("kind"), links.number == bindparam("number"))
    .order_by(task.id)
)


class Tasks(History):
    """See `domain.work.task.Tasks`."""

    def _all(self, statement: Any, **values: Any) -> list[Task]:
        return [to_task(row) for row in self.connection.execute(statement, values)]

    def get(self, number: TaskId) -> Task | None:
        """One task."""
        return next(iter(self._all(GET, task=number)), None)

    def add(self, task: Task, source: str) -> Task:
        """Remember a task; its id (and its batch, where that is 0) are given now."""
        number = TaskId(self.connection.execute(ADD, columns_of(task, source)).scalar_one())
        if not task.batch:
            self.connection.execute(BEGIN_BATCH, {"task": number})
        return self._all(GET, task=number)[0]

    def add_batch(self, several: Sequence[Task], source: str) -> list[Task]:
        """Remember the tasks of one command: one statement for all but the first."""
        first = self.add(several[0], source)
        rest = [columns_of(replace(one, batch=first.batch), source) for one in several[1:]]
        if not rest:
            return [first]
        self.connection.execute(ADD_MANY, rest)
        return self.batch(first.batch)

    def withdraw(self, number: TaskId, at: datetime) -> None:
        """Take a task back: it is not found any more."""
        self.connection.execute(WITHDRAW, {"task": number, "at": at})

    def reassign(self, number: TaskId, owner: MemberId) -> None:
        """Make a task somebody else's."""
        self.connection.execute(REASSIGN, {"task": number, "owner": owner})

    def title(self, number: TaskId) -> str | None:
        """A task's title, also of a withdrawn one."""
        return self.connection.execute(TITLE, {"task": number}).scalar_one_or_none()

    def given_by(self, source: str) -> list[Task]:
        """The tasks that a command has given."""
        return self._all(GIVEN_BY, source=source)

    def batch(self, batch: TaskId) -> list[Task]:
        """The tasks of one command."""
        return self._all(BATCH, batch=batch)

    def save(self, task: Task) -> None:
        """Remember what has changed about a task."""
        self.connection.execute(
            SAVE,
            {
                "task": task.id,
                "new_title": task.plan.title,
                "new_standard": task.plan.standard,
                "new_outcome": task.plan.outcome,
                "new_resources": task.plan.resources,
                "new_due_at": task.due_at,
                "new_done_at": task.done_at,
                "new_reminder": task.reminder,
                "new_remind_at": task.remind_at,
                "new_listed_at": task.listed_at,
                "new_listed": task.listed,
                "new_state": task.state,
                "new_submitted_at": task.submitted_at,
                "new_grade": task.grade,
                "new_reviewer_id": task.reviewer,
            },
        )

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything that one member is responsible for to another, who is the same person."""
        for statement in (HAND_OVER, HAND_OVER_REVIEWS):
            self.connection.execute(statement, {"giver_up": giver_up, "owner": owner})

    def open_of(self, owner: MemberId, limit: int) -> list[Task]:
        """A member's open tasks, the next deadline first."""
        return self._all(OPEN_OF, owner=owner, limit=limit)

    def open_in(self, group: ChatId, limit: int) -> list[Task]:
        """A group's open tasks, the next deadline first."""
        return self._all(OPEN_IN, group=group, limit=limit)

    def to_remind(self, at: datetime, groups: int) -> list[Task]:
        """Open tasks whose reminder is due, by group and owner, of at most so many groups."""
        return self._all(TO_REMIND, at=at, groups=groups)

    def save_reminders(self, tasks: Sequence[Task]) -> None:
        """Remember when tasks remind next, and how they were listed."""
        rows = [
            {
                "task": one.id,
                "new_reminder": one.reminder,
                "new_remind_at": one.remind_at,
                "new_listed_at": one.listed_at,
                "new_listed": one.listed,
            }
            for one in tasks
        ]
        if rows:
            self.connection.execute(SAVE_REMINDERS, rows)

    def own_in(self, batch: TaskId, owner: MemberId) -> list[Task]:
        """A member's tasks of one command."""
        return self._all(OWN_IN, batch=batch, owner=owner)

    def ended_of(self, owner: MemberId, since: datetime) -> list[Task]:
        """A member's tasks that were done or handed in after a moment, the newest first."""
        return self._all(ENDED_OF, owner=owner, since=since)

    def waiting_for(self, reviewer: MemberId, limit: int) -> list[Task]:
        """The tasks that wait for a reviewer, the one that has waited longest first."""
        return self._all(WAITING_FOR, reviewer=reviewer, limit=limit)

    def reviewed_by(self, reviewer: MemberId) -> list[Task]:
        """All open tasks whose reviewer is somebody."""
        return self._all(REVIEWED_BY, reviewer=reviewer)

    def round(self, group: ChatId) -> list[Task]:
        """The open tasks that a group's last reminder lists, by deadline."""
        return self._all(ROUND, group=group)

    def in_hand(self, owners: Collection[MemberId]) -> list[Task]:
        """The open tasks of members in groups where they are, but for what waits for its review, by deadline."""
        found = list(owners)
        parts = (found[first : first + AT_ONCE] for first in range(0, len(found), AT_ONCE))
        return [one for some in parts for one in self._all(OF_OWNERS, owners=some)]

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Task]:
        """A group's tasks that were given, fell due or were done between two moments, by number."""
        return self._all(IN_SPAN, group=group, since=since, until=until, most=most)

    def linked_to(self, link: Link) -> list[Task]:
        """The tasks that serve something, without withdrawn ones, by number."""
        return self._all(LINKED_TO, kind=link.kind, number=link.number)


OWN_TASKS = (
    select(
        task.id.label("number"),
        *(task.title, task.standard, task.outcome, task.given_at, task.due_at),
        *(task.submitted_at, task.done_at, task.grade),
    )
    .where(task.owner_id == MEMBER, task.withdrawn_at.is_(None))
    .order_by(task.id)
)
OWN_GIVEN = (
    select(task.id.label("number"), task.title, task.given_at, task.due_at, task.done_at)
    .where(task.giver_id == MEMBER, task.withdrawn_at.is_(None))
    .order_by(task.id)
)
DONE_IN_WEEK: Select[Any] = select(
    count_if(ready_at <= task.due_at).label("task_on_time"), count_if(ready_at > task.due_at).label("task_late")
).where(task.group_id == GROUP, *within(task.done_at))
OPEN_AT_END: Select[Any] = select(
    func.count().label("task_open"),
    count_if(
        and_(
            task.due_at < bindparam("until"),
            # One that waits for its reviewer, and was handed in on time, is not late.
            or_(task.state != State.SUBMITTED.value, task.submitted_at > task.due_at),
        )
    ).label("task_overdue"),
).where(
    task.group_id == GROUP,
    task.given_at < bindparam("until"),
    task.withdrawn_at.is_(None),
    or_(task.done_at.is_(None), task.done_at >= bindparam("until")),
)
IS_OPEN = and_(task.done_at.is_(None), task.withdrawn_at.is_(None))


def _own_task(line: Sequence[Any]) -> tuple[Any, ...]:
    """A task of one's own, with its grade in words."""
    *rest, grade = line
    return *rest, grade and Code(f"task_grade.{grade}")


FEATURE = Feature(
    tables=(tasks, task_events, task_links),
    personal=(Personal(300, "tasks", OWN_TASKS, _own_task), Personal(310, "tasks_given", OWN_GIVEN)),
    not_shown={"task_events": "who moved a task on; the tasks themselves are shown"},
    not_erased={
        "tasks": "kept under a number: the group's counts stay right",
        "task_events": "kept under a number: how long tasks take stays right",
    },
    open_subjects=(
        select(subject("tasks:", task.batch)).where(IS_OPEN),  # a card
        select(subject("task_round:", task.group_id)).where(IS_OPEN),
        select(subject("task_digest:", task.owner_id)).where(IS_OPEN),
        select(subject("task.reminder:", task.group_id, ":", task.owner_id)).where(IS_OPEN),  # of earlier versions
    ),
    week=(DONE_IN_WEEK, OPEN_AT_END),
)
