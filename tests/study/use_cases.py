"""The use cases of study, for the test of permissions."""

from dataclasses import replace
from typing import Any

from domain.ids import DraftId, StudyItemId
from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.study import importing, keeping, study
from domain.study.item import Lesson
from domain.study.library import Library
from domain.study.today import tell
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


KEEP = Permission.KEEP_LIBRARY
NEW = Library((replace(LESSON, code="new"),))


def on_shelf(world: World) -> dict[str, Any]:
    """An item of the library."""
    study.load(world.stores, lessons=[LESSON])
    return {"number": StudyItemId(1)}


def proposed(world: World) -> dict[str, Any]:
    """A file that waits for a word, of whoever may send one."""
    keeper = replace(world.actor, is_root_admin=True)
    message = importing.propose(world.stores, keeper, library=NEW, lost=(), file="f", name="a.toml")
    assert message.subject is not None
    return {"number": DraftId(message.subject.ids[0])}


def agreed(world: World) -> dict[str, Any]:
    """The same, and what is in it."""
    return proposed(world) | {"library": NEW}


CASES = (
    Case(keeping.page, KEEP, elsewhere=True),
    Case(keeping.show, KEEP, arguments=on_shelf, elsewhere=True),
    Case(keeping.withdraw, KEEP, arguments=on_shelf, elsewhere=True),
    Case(keeping.put_back, KEEP, arguments=on_shelf, elsewhere=True),
    Case(keeping.own_progress, Permission.TAKE_PART),
    Case(importing.look, KEEP, arguments=lambda _: {"library": NEW}, elsewhere=True),
    Case(
        importing.propose,
        KEEP,
        arguments=lambda _: {"library": NEW, "lost": (), "file": "f", "name": "n"},
        elsewhere=True,
    ),
    Case(importing.proposed, KEEP, arguments=proposed, elsewhere=True),
    Case(importing.agree, KEEP, arguments=agreed, elsewhere=True),
    Case(importing.decline, KEEP, arguments=proposed, elsewhere=True),
    Case(importing.export, KEEP, elsewhere=True),
    Case(importing.note_export, KEEP, arguments=lambda _: {"count": 1}, elsewhere=True),
    Case(study.again, Permission.TAKE_PART, Place.GROUP, filled),
    Case(study.again, Permission.TAKE_PART, arguments=filled),
    Case(study.read, Permission.TAKE_PART, Place.GROUP, shown),
    Case(study.read, Permission.TAKE_PART, arguments=shown),
)
PARTS = {tell: "a part of today's card"}
