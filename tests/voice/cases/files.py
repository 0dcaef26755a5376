"""Questionnaires are kept, from files."""

from typing import Any

from domain.ids import DraftId, KeptId
from domain.people.permission import Permission
from domain.voice.questionnaire import kept
from domain.voice.questionnaire.model import Question as Asked
from domain.voice.questionnaire.model import QuestionKind, Questionnaire
from tests.use_cases import Case, World


def proposed(_: World) -> dict[str, Any]:
    """A questionnaire from a file."""
    asked = Questionnaire("食堂", (Asked("q1", QuestionKind.TEXT, "好吃吗？"),))
    return {"questionnaire": asked, "source": "chat:1/1"}


def some_draft(_: World) -> dict[str, Any]:
    """A draft that there is none of."""
    return {"number": DraftId(1)}


def some_kept(_: World) -> dict[str, Any]:
    """A kept questionnaire that there is none of."""
    return {"number": KeptId(1)}


CASES = (
    Case(kept.propose, Permission.ASK_SURVEYS, arguments=proposed, elsewhere=True),
    Case(kept.agree, Permission.ASK_SURVEYS, arguments=some_draft, elsewhere=True),
    Case(kept.decline, Permission.ASK_SURVEYS, arguments=some_draft, elsewhere=True),
    Case(kept.listed, Permission.ASK_SURVEYS, elsewhere=True),
    Case(kept.show, Permission.ASK_SURVEYS, arguments=some_kept, elsewhere=True),
    Case(kept.offered, Permission.TAKE_PART),
    Case(kept.chosen, Permission.TAKE_PART, arguments=some_kept),
    Case(kept.remove, Permission.ASK_SURVEYS, arguments=some_kept, elsewhere=True),
)
PARTS: dict[object, str] = {}
