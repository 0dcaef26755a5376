"""The use cases of work, for the test of permissions."""

from datetime import timedelta
from typing import Any

from domain.ids import TaskId
from domain.messaging.message import Document
from domain.people.naming import Called
from domain.people.permission import Permission
from domain.work import follow, task
from domain.work.follow import FollowUp, Level
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


def reported(world: World) -> dict[str, Any]:
    """A task that the actor has given, is late and was reported."""
    actor, due_at = world.actor, world.actor.now - A_DAY
    made = Task(TaskId(0), TaskId(0), world.group.id, world.member, actor.member, PLAN, due_at, due_at - A_DAY)
    number = world.stores.tasks.add(made, "-1001/1").id
    world.stores.follow_ups.put([FollowUp(number, due_at, 1, Level.GIVER, actor.now)])
    return {"number": number}


def reported_with_measure(world: World) -> dict[str, Any]:
    """The same, and what is to be done."""
    return {**reported(world), "words": "本周补齐"}


def reported_with_document(world: World) -> dict[str, Any]:
    """The same, and its document."""
    return {**reported(world), "document": Document("follow.file_name", "docx", b"x"), "key": "follow.sheet:1"}


GIVE, PART = Permission.GIVE_TASKS, Permission.TAKE_PART
CASES = (
    Case(follow.listing, Permission.SEE_SUMMARY, elsewhere=True),
    Case(follow.rest, PART),
    Case(follow.show, PART, arguments=reported),
    Case(follow.measure, PART, arguments=reported_with_measure),
    Case(follow.close, PART, arguments=reported),
    Case(follow.deliver, PART, arguments=reported_with_document),
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
)
PARTS = {tell: "a part of today's card"}
