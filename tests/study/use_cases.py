"""The use cases of study, for the test of permissions."""

from typing import Any

from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.study import study
from domain.study.item import Lesson
from domain.study.today import tell
from tests.study import reflection_use_cases, review_use_cases
from tests.use_cases import Case, Place, World

LESSON = Lesson("rules", "党员权利", "党章", "党员享有八项权利。", "党章第四条")


def shown(world: World) -> dict[str, Any]:
    """The group's item of today."""
    study.load(world.stores, lessons=[LESSON])
    prompt = study.prompt(world.stores, world.group, world.actor.now)
    assert prompt is not None
    return {"prompt_id": prompt.id}


def filled(world: World) -> dict[str, Any]:
    """A library with an item."""
    study.load(world.stores, lessons=[LESSON])
    return {"key": "k", "thread": NOWHERE}


CASES = (
    Case(study.again, Permission.TAKE_PART, Place.GROUP, filled),
    Case(study.again, Permission.TAKE_PART, arguments=filled),
    Case(study.read, Permission.TAKE_PART, Place.GROUP, shown),
    Case(study.read, Permission.TAKE_PART, arguments=shown),
    *review_use_cases.CASES,
    *reflection_use_cases.CASES,
)
PARTS = {tell: "a part of today's card", **reflection_use_cases.PARTS}
