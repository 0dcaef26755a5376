"""The use cases of study, for the test of permissions."""

from typing import Any

from domain.ids import DraftId
from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.study import question_files, study
from domain.study.item import Lesson
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


def no_questions(_: World) -> dict[str, Any]:
    """A file without questions."""
    return {"questions": (), "shown": {}, "file": "f"}


def some_draft(_: World) -> dict[str, Any]:
    """A draft that there is none of."""
    return {"number": DraftId(1)}


CASES = (
    Case(question_files.propose, Permission.KEEP_LIBRARY, arguments=no_questions),
    Case(question_files.proposed, Permission.KEEP_LIBRARY, arguments=some_draft),
    Case(question_files.agree, Permission.KEEP_LIBRARY, arguments=lambda world: {**some_draft(world), "questions": ()}),
    Case(question_files.decline, Permission.KEEP_LIBRARY, arguments=some_draft),
    Case(question_files.show, Permission.KEEP_LIBRARY),
    Case(question_files.note_export, Permission.KEEP_LIBRARY, arguments=lambda _: {"count": 1}),
    Case(study.again, Permission.TAKE_PART, Place.GROUP, filled),
    Case(study.again, Permission.TAKE_PART, arguments=filled),
    Case(study.read, Permission.TAKE_PART, Place.GROUP, shown),
    Case(study.read, Permission.TAKE_PART, arguments=shown),
)
PARTS = {tell: "a part of today's card"}
