"""Applications for items of the scheme."""

from typing import Any

from domain.ids import ApplicationId
from domain.people.permission import Permission
from domain.points import application
from domain.points.application import Application, File, approving
from tests.points.schemes import activated
from tests.use_cases import Case, World

PART, ANSWER = Permission.TAKE_PART, Permission.ADJUST_POINTS


def volunteering(world: World) -> dict[str, Any]:
    activated(world.stores)
    return {"item": "volunteer"}


def evidence(world: World) -> dict[str, Any]:
    return {**volunteering(world), "words": "扫雪", "source": "draft:1"}


def asked(world: World, member: Any) -> dict[str, Any]:
    """What somebody has applied for."""
    activated(world.stores)
    at = world.actor.now
    file = File("jpg", "x")
    new = Application(
        ApplicationId(0), member, world.group.id, world.branch.id, "volunteer", "扫雪", file, at.date(), at
    )
    return {"number": world.stores.applications.add(new, "draft:1").id}


def own(world: World) -> dict[str, Any]:
    return asked(world, world.actor.member)


def anothers(world: World) -> dict[str, Any]:
    return asked(world, world.member)


def prepared(world: World) -> dict[str, Any]:
    activated(world.stores)
    return {}


CASES = (
    Case(application.page, PART, arguments=prepared),
    Case(application.chosen, PART, arguments=volunteering),
    Case(application.apply, PART, arguments=evidence),
    Case(application.withdraw, PART, arguments=own),
    Case(application.show_waiting, ANSWER, arguments=lambda _: {"key": "1"}, elsewhere=True),
    Case(application.answerable, ANSWER, arguments=anothers),
    Case(application.file_of, ANSWER, arguments=anothers),
    Case(application.approve, ANSWER, arguments=anothers),
    Case(application.refuse, ANSWER, arguments=lambda world: {**anothers(world), "reason": "没有照片"}),
)
PARTS: dict[object, str] = {approving.tell_today: "a part of today's card, which asks"}
