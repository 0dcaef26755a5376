"""Questions come in from files."""

from typing import Any

from domain.ids import DraftId
from domain.people.permission import Permission
from domain.study import question_files
from tests.use_cases import Case, World

KEEP = Permission.KEEP_LIBRARY


def no_questions(_: World) -> dict[str, Any]:
    """A file without questions."""
    return {"questions": (), "shown": {}, "file": "f"}


def some_draft(_: World) -> dict[str, Any]:
    """A draft that there is none of."""
    return {"number": DraftId(1)}


def with_questions(_: World) -> dict[str, Any]:
    """The same, and what its file holds."""
    return {"number": DraftId(1), "questions": ()}


CASES = (
    Case(question_files.propose, KEEP, arguments=no_questions, elsewhere=True),
    Case(question_files.proposed, KEEP, arguments=some_draft, elsewhere=True),
    Case(question_files.agree, KEEP, arguments=with_questions, elsewhere=True),
    Case(question_files.decline, KEEP, arguments=some_draft, elsewhere=True),
    Case(question_files.show, KEEP, elsewhere=True),
    Case(question_files.note_export, KEEP, arguments=lambda _: {"count": 1}, elsewhere=True),
)
