"""The use cases of work, for the test of permissions."""

from datetime import time, timedelta
from typing import Any

from domain.ids import RecurringId, TaskId
from domain.people.naming import Called
from domain.people.permission import Permission
from domain.work import recurring, responsibility, task
from domain.work.recurring import Holder, Recurring
from domain.work.responsibility import Entry, Way
from domain.work.rhythm import By, CatchUp, DayOff, Rhythm, Spot, Turn, Unit
from domain.work.task import Plan, Task
from domain.work.task.today import tell
from tests.use_cases import Case, Place, World

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


RHYTHM = Rhythm(Unit.MONTH, (Spot(By.DAY, 15),), time(18))


def in_a_rhythm(_: World) -> dict[str, Any]:
    """A task for somebody else, again and again."""
    return {"mentions": [Called("王海燕")], "plan": PLAN, "rhythm": RHYTHM, "source": "-1001/2"}


def _recurring(world: World, **more: Any) -> RecurringId:
    actor = world.actor
    turn = Turn(actor.today, -1)
    one = Recurring(RecurringId(0), world.group.id, actor.member, PLAN, RHYTHM, turn, actor.now, **more)
    return world.stores.recurring.add(one, "-1001/2").id


def again(world: World) -> dict[str, Any]:
    """A recurring task of the group."""
    return {"number": _recurring(world, owners=[world.member])}


def again_with(**more: Any) -> Any:
    """The same, and what is to become of it."""
    return lambda world: {**again(world), **more}


def of_a_role(world: World) -> dict[str, Any]:
    """An entry of a role's list."""
    return {"number": _recurring(world, holder=Holder(world.branch.id, "书记"))}


def a_list(_: World) -> dict[str, Any]:
    """A list of one entry."""
    return {"entries": [Entry("书记", PLAN, RHYTHM)], "way": Way.REPLACE}


def a_list_from_somewhere(world: World) -> dict[str, Any]:
    """The same, with its cause."""
    return {**a_list(world), "source": "press:1"}


PLAN_WORK = Permission.PLAN_WORK
GIVE, PART = Permission.GIVE_TASKS, Permission.TAKE_PART
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
    Case(recurring.begin, GIVE, Place.GROUP, in_a_rhythm),
    Case(recurring.show, GIVE, Place.GROUP, again),
    Case(recurring.pause, GIVE, Place.GROUP, again),
    Case(recurring.resume, GIVE, Place.GROUP, again),
    Case(recurring.stop, GIVE, Place.GROUP, again),
    Case(recurring.give_now, GIVE, Place.GROUP, again),
    Case(recurring.set_off, GIVE, Place.GROUP, again_with(off=DayOff.BEFORE)),
    Case(recurring.set_catch_up, GIVE, Place.GROUP, again_with(catch_up=CatchUp.EACH)),
    Case(recurring.change, GIVE, Place.GROUP, again_with(rhythm=RHYTHM, plan=PLAN)),
    Case(recurring.stop, PLAN_WORK, Place.GROUP, of_a_role),
    Case(responsibility.overview, PART, Place.GROUP),
    Case(responsibility.role_list, PART, Place.GROUP, of_a_role),
    Case(responsibility.mine, PART),
    Case(responsibility.compare, PLAN_WORK, Place.GROUP, a_list),
    Case(responsibility.adopt, PLAN_WORK, Place.GROUP, a_list_from_somewhere),
    Case(responsibility.lists, PART, Place.GROUP),
)
PARTS = {tell: "a part of today's card"}
