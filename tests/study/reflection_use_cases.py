"""The use cases of reflections, for the test of permissions."""

from dataclasses import replace
from typing import Any

from domain.people.actor import Actor
from domain.people.permission import Permission
from domain.study import study
from domain.study.item import Lesson
from domain.study.reflection import featuring, service
from domain.study.reflection.model import Stage
from language import copied
from tests.use_cases import Case, Place, World

LESSON = Lesson("thoughts", "党员义务", "党章", "党员必须履行义务。", "党章第三条")
WORDS = "对照条文我在学习上差得最多，这个月打算认真读一本书并讲给大家听"
TAKE_PART, FEATURE = Permission.TAKE_PART, Permission.GIVE_HONOURS


def prompted(world: World) -> dict[str, Any]:
    """The group's item of today."""
    study.load(world.stores, lessons=[LESSON])
    prompt = study.prompt(world.stores, world.group, world.actor.now)
    assert prompt is not None
    return {"prompt": prompt.id, "words": WORDS, "copies": copied}


def writing(world: World) -> dict[str, Any]:
    return prompted(world) | {"source": "1/1"}


def kept(world: World) -> dict[str, Any]:
    return {"source": "1/1"}


def of(world: World, actor: Actor, stage: Stage | None = None) -> dict[str, Any]:
    """A reflection of somebody's."""
    one = service.write(world.stores, actor, **writing(world)).reflection
    world.stores.reflections.save(replace(one, stage=stage))
    return {"number": one.id}


def of_another(world: World) -> dict[str, Any]:
    return of(world, Actor(world.member, world.group, world.actor.now))


def own(world: World) -> dict[str, Any]:
    """One's own, if one may write at all."""
    private = Actor(world.actor.member, world.group, world.actor.now, is_root_admin=True)
    return of(world, private, Stage.ASKED)


def there(world: World) -> dict[str, Any]:
    """Who asks, in the group."""
    return {"there": [replace(world.actor, chat=world.group)]}


def proposing(world: World) -> dict[str, Any]:
    return of_another(world) | there(world)


CASES = (
    Case(service.items, TAKE_PART, Place.GROUP),
    Case(service.is_reflection, TAKE_PART, Place.GROUP, prompted),
    Case(service.is_kept, TAKE_PART, Place.GROUP, kept),
    Case(service.write, TAKE_PART, Place.GROUP, writing),
    Case(service.written, TAKE_PART),
    Case(service.take_back, TAKE_PART, arguments=own),
    Case(service.own, TAKE_PART, arguments=of_another),
    Case(featuring.agree, TAKE_PART, arguments=own),
    Case(featuring.decline, TAKE_PART, arguments=own),
    Case(featuring.shelf, FEATURE, arguments=there),
    Case(featuring.propose, FEATURE, arguments=proposing),
)
PARTS: dict[Any, str] = {}
