"""The use cases of work, for the test of permissions."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import ExtensionId, TaskId
from domain.people.naming import Called
from domain.people.permission import Permission
from domain.work import task
from domain.work.task import Plan, Task, amending, browsing, editing, extending, handing
from domain.work.task.extending import waiting
from domain.work.task.extension import Extension
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


def of_command(world: World) -> dict[str, Any]:
    """The command of a task of the group."""
    return {"batch": given(world)["number"]}


def postponed(world: World) -> dict[str, Any]:
    """The same, and a later deadline."""
    return {**of_command(world), "due_at": world.actor.now + 2 * A_DAY}


def handed(world: World) -> dict[str, Any]:
    """The same, and who is to have it."""
    return {**of_command(world), "to": [Called("李伟")]}


def revised(world: World) -> dict[str, Any]:
    """A command that was edited."""
    given(world)
    return {**wanted(world), "plan": Plan("整理资料")}


def of_others(world: World) -> dict[str, Any]:
    """The command of a task that somebody else has given to the actor."""
    return own_of_many(world)


def extended(world: World) -> dict[str, Any]:
    """The same, with what is asked for."""
    return {**of_others(world), "due_at": world.actor.now + 2 * A_DAY, "reason": "出差"}


def requested(world: World) -> dict[str, Any]:
    """A request for more time."""
    number, at = TaskId(given(world)["number"]), world.actor.now
    new = Extension(ExtensionId(0), number, world.member.id, at + A_DAY, at + 2 * A_DAY, "出差", at)
    return {"number": world.stores.extensions.add(new).id}


def seen(world: World) -> dict[str, Any]:
    """A task of the actor's own, and the actor in its group."""
    return {**own(world), "there": replace(world.actor, chat=world.group)}


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
    Case(browsing.view, PART, Place.GROUP),
    Case(browsing.view, PART),
    Case(browsing.page, PART, arguments=seen),
    Case(amending.amendable, GIVE, Place.GROUP, of_command),
    Case(amending.postpone, GIVE, Place.GROUP, postponed),
    Case(amending.hand, GIVE, Place.GROUP, handed),
    Case(amending.take_back, GIVE, Place.GROUP, of_command),
    Case(editing.earlier, GIVE, Place.GROUP, lambda world: given(world) and {"source": "-1001/1"}),
    Case(editing.revise, GIVE, Place.GROUP, revised),
    Case(extending.mine, PART, Place.GROUP, of_others),
    Case(extending.ask, PART, Place.GROUP, extended),
    Case(extending.place, PART, arguments=requested),
    Case(extending.answerable, GIVE, Place.GROUP, requested),
    Case(extending.grant, GIVE, Place.GROUP, requested),
    Case(extending.refuse, GIVE, Place.GROUP, lambda world: {**requested(world), "reason": "要用"}),
    Case(task.own_open, PART, Place.GROUP),
    Case(task.own_open, PART),
)
PARTS = {
    tell: "a part of today's card",
    waiting: "a part of today's card",
    amending.meant: "a step of use cases that have asked",
    amending.reconcile: "a step of use cases that have asked",
    amending.tell: "a step of use cases that have asked",
    handing.give_also: "a step of use cases that have asked",
    handing.reassign_to: "a step of use cases that have asked",
    handing.withdraw_all: "a step of use cases that have asked",
}
