"""The use cases of work, for the test of permissions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.ids import DraftId, TaskId
from domain.messaging.draft import Draft
from domain.people.naming import Called
from domain.people.permission import Area, Permission
from domain.work import task
from domain.work.goal import importing, monthly, service, sight
from domain.work.goal import reading as goals
from domain.work.goal import today as goals_today
from domain.work.goal.lines import Goals, Line
from domain.work.goal.model import YES_NO, Goal
from domain.work.task import Plan, Task
from domain.work.task.today import tell
from tests.use_cases import Case, Place, World
from tests.work.samples_goal import year

PLAN = Plan("整理台账")
A_DAY = timedelta(days=1)


def wanted(world: World) -> dict[str, Any]:
    """A task for somebody else."""
    return {"mentions": [Called("王海燕")], "plan": PLAN, "due_at": world.actor.now + A_DAY, "source": "-1001/1"}


def wanted_of(world: World) -> dict[str, Any]:
    """The same, for a member who is known."""
    return {"owners": [world.member.id], "plan": PLAN, "due_at": world.actor.now + A_DAY, "source": "-1001/1"}


def own(world: World) -> dict[str, Any]:
    """A task of one's own."""
    actor = world.actor
    given = Task(TaskId(0), TaskId(0), world.group.id, actor.member, world.member, PLAN, actor.now + A_DAY, actor.now)
    return {"number": world.stores.tasks.add(given, "-1001/1").id}


def own_of_many(world: World) -> dict[str, Any]:
    """The same, by the command that gave it."""
    return {"batch": own(world)["number"]}


def given(world: World) -> dict[str, Any]:
    """A task of the group, of somebody else."""
    actor = world.actor
    made = Task(TaskId(0), TaskId(0), world.group.id, world.member, actor.member, PLAN, actor.now + A_DAY, actor.now)
    return {"number": world.stores.tasks.add(made, "-1001/1").id}


def given_on(world: World) -> dict[str, Any]:
    """The same, and who is to have it."""
    return {**given(world), "to": [Called("李伟")]}


def goal(world: World) -> Goal:
    """A goal of the branch, of nobody."""
    return service.put(world.stores, year(Area(branch=world.branch.id)), by=None, at=world.actor.now)


def about_goal(world: World) -> dict[str, Any]:
    """It, by its number."""
    return {"number": goal(world).id}


def adjusted(world: World) -> dict[str, Any]:
    """It with another title, and why."""
    return {"wanted": replace(goal(world), title="平安年"), "reason": "口径变了"}


def dropped(world: World) -> dict[str, Any]:
    """It, and why it is dropped."""
    return {**about_goal(world), "reason": "并入其他工作"}


def of_branch(world: World) -> dict[str, Any]:
    """The goals of the branch."""
    goal(world)
    return {"home": Area(branch=world.branch.id)}


def table(world: World) -> dict[str, Any]:
    """A table with a goal of the branch."""
    lines = [Line(2, "安全年", YES_NO, date(2026, 12, 31))]
    return {"goals": Goals(lines), "home": Area(branch=world.branch.id)}


def proposed_table(world: World) -> dict[str, Any]:
    """The same in a file."""
    return {**table(world), "chat": world.actor, "file": "f", "name": "目标.xlsx"}


def open_table(world: World) -> dict[str, Any]:
    """A file that waits for its buttons."""
    values = {"file": "f", "name": "目标.xlsx"}
    draft = Draft(DraftId(0), importing.FORM, world.actor.member.id, world.actor.chat.id, "", values)
    return {"number": world.stores.drafts.add(draft, world.actor.now).id}


GIVE, PART = Permission.GIVE_TASKS, Permission.TAKE_PART
PLAN_WORK = Permission.PLAN_WORK
CASES = (
    Case(task.give, GIVE, Place.GROUP, wanted),
    Case(task.give_to, GIVE, Place.GROUP, wanted_of),
    Case(task.movable, GIVE, Place.GROUP, given),
    Case(task.reassign, GIVE, Place.GROUP, given_on),
    Case(task.withdraw, GIVE, Place.GROUP, given),
    Case(task.finish, PART, Place.GROUP, own),
    Case(task.finish, PART, arguments=own),
    Case(task.finish_mine, PART, Place.GROUP, own_of_many),
    Case(task.finish_mine, PART, arguments=own_of_many),
    Case(task.listing, PART, Place.GROUP),
    Case(task.listing, PART),
    Case(task.own_open, PART, Place.GROUP),
    Case(task.own_open, PART),
    Case(service.add, PLAN_WORK, Place.GROUP, lambda world: {"wish": year(Area(branch=world.branch.id))}),
    Case(service.add, PLAN_WORK, arguments=lambda world: {"wish": year(Area(branch=world.branch.id))}),
    Case(service.plannable, PLAN_WORK, arguments=about_goal),
    Case(service.adjust, PLAN_WORK, Place.GROUP, adjusted),
    Case(service.adjust, PLAN_WORK, arguments=adjusted),
    Case(service.drop, PLAN_WORK, arguments=dropped),
    Case(service.restore, PLAN_WORK, arguments=about_goal),
    Case(importing.check, PLAN_WORK, arguments=table),
    Case(importing.propose, PLAN_WORK, arguments=proposed_table),
    Case(
        importing.agree, PLAN_WORK, arguments=lambda world: {**table(world), "chat": world.actor, **open_table(world)}
    ),
    Case(importing.export, PLAN_WORK, elsewhere=True),
    Case(importing.note_export, PLAN_WORK, arguments=lambda _: {"count": 1}, elsewhere=True),
    Case(importing.proposed, PART, arguments=open_table),
    Case(importing.decline, PART, arguments=open_table),
    Case(service.report, PART, arguments=lambda world: {**about_goal(world), "value": Decimal(1)}),
    Case(service.reportable, PART, arguments=about_goal),
    Case(goals.homes, PART),
    Case(goals.show, PART, arguments=of_branch),
    Case(goals.open_, PART, arguments=about_goal),
    Case(goals.past, PART, arguments=about_goal),
    Case(monthly.report, PART, arguments=lambda world: {**of_branch(world), "first": date(2026, 11, 1)}),
)
PARTS = {
    tell: "a part of today's card",
    goals_today.tell: "a part of today's card",
    sight.sight: "whose goals somebody sees; the use case around it shows them",
    sight.seen: "looks for a goal; the use case around it shows or changes it",
    sight.may: "tells whether somebody may; the use case around it refuses",
    sight.require_planning: "what the use cases around it ask with",
}
