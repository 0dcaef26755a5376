"""Which tasks a statement is about, and their rows as the domain's and back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, exists, select

from domain.ids import BranchId, ChatId, MemberId, TaskId
from domain.work.task import Grade, Listed, Plan, Reminder, State, Task
from storage.people.member import columns, members, to_member
from storage.people.membership import memberships
from storage.people.tables import people
from storage.work.task_tables import tasks

task = tasks.c
owners, givers = members.alias("owners"), members.alias("givers")
ALL_TASKS: Select[Any] = (  # also those that were withdrawn
    select(
        task.id,
        task.batch,
        task.group_id,
        task.title,
        task.standard,
        task.outcome,
        task.due_at,
        task.given_at,
        task.done_at,
        task.reminder,
        task.remind_at,
        task.listed_at,
        task.listed,
        task.state,
        task.submitted_at,
        task.grade,
        task.reviewer_id,
        task.branch_id,
        task.together,
        task.resources,
        *columns(owners),
        *columns(givers),
    )
    .join(owners, owners.c.id == task.owner_id)
    .join(givers, givers.c.id == task.giver_id)
)
TASKS = ALL_TASKS.where(task.withdrawn_at.is_(None))
# Whoever has left the group, or the enterprise, is reminded of nothing.
IS_THERE = and_(
    ~exists().where(
        memberships.c.group_id == task.group_id,
        memberships.c.member_id == task.owner_id,
        memberships.c.left_at.is_not(None),
    ),
    ~exists().where(people.c.member_id == task.owner_id, people.c.left_on.is_not(None)),
)
IN_HAND = and_(IS_THERE, task.state != State.SUBMITTED.value)
OPEN = TASKS.where(task.done_at.is_(None)).order_by(task.due_at, task.id)


def to_task(row: Sequence[Any]) -> Task:
    """A row of TASKS as the domain's."""
    id_, batch, group, title, standard, outcome, due_at, given_at, done_at, reminder, remind_at, *more = row
    listed_at, listed, state, submitted_at, grade, reviewer, branch, together, resources, *people = more
    half = len(people) // 2
    return Task(
        id=TaskId(id_),
        batch=TaskId(batch),
        group=ChatId(group),
        owner=to_member(tuple(people[:half])),
        giver=to_member(tuple(people[half:])),
        plan=Plan(title, standard, outcome, resources),
        due_at=due_at,
        given_at=given_at,
        done_at=done_at,
        reminder=reminder and Reminder(reminder),
        remind_at=remind_at,
        listed_at=listed_at,
        listed=listed and Listed(listed),
        state=State(state),
        submitted_at=submitted_at,
        grade=grade and Grade(grade),
        reviewer=reviewer and MemberId(reviewer),
        branch=branch and BranchId(branch),
        together=together,
    )


def columns_of(task: Task, source: str) -> dict[str, Any]:
    """A task that a command gives, as the table has it, without its id."""
    return {
        "batch": task.batch,
        "group_id": task.group,
        "owner_id": task.owner.id,
        "giver_id": task.giver.id,
        "title": task.plan.title,
        "standard": task.plan.standard,
        "outcome": task.plan.outcome,
        "due_at": task.due_at,
        "given_at": task.given_at,
        "done_at": task.done_at,
        "reminder": task.reminder,
        "remind_at": task.remind_at,
        "source": source,
        "state": task.state,
        "submitted_at": task.submitted_at,
        "grade": task.grade,
        "reviewer_id": task.reviewer,
        "branch_id": task.branch,
        "together": task.together,
        "resources": task.plan.resources,
    }
