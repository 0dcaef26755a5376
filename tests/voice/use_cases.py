"""The use cases of voice, for the test of permissions."""

from typing import Any

from domain.ids import DraftId, KeptId
from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.voice import suggestion, survey
from domain.voice.questionnaire import kept
from domain.voice.questionnaire.model import Question as Asked
from domain.voice.questionnaire.model import QuestionKind, Questionnaire
from domain.voice.suggestion import Tagging
from domain.voice.survey import Question
from domain.voice.survey.today import tell
from tests.use_cases import Case, Place, World


def suggested(_: World) -> dict[str, Any]:
    """A suggestion."""
    return {"text": "食堂早餐再丰富一点", "tagging": Tagging(), "source": "-1001/1"}


def offered(_: World) -> dict[str, Any]:
    """A suggestion that is not made yet."""
    return {"text": "食堂早餐再丰富一点", "source": "-1001/1"}


def asked(_: World) -> dict[str, Any]:
    """A survey."""
    return {
        "question": Question("学习时间", ("上午", "下午")),
        "closes_at": None,
        "source": "-1001/1",
        "thread": NOWHERE,
    }


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
    Case(suggestion.make, Permission.TAKE_PART, Place.GROUP, suggested),
    Case(suggestion.make, Permission.TAKE_PART, arguments=suggested),
    Case(suggestion.is_new, Permission.TAKE_PART, arguments=offered),
    Case(survey.ask, Permission.ASK_SURVEYS, Place.GROUP, asked),
    Case(kept.propose, Permission.ASK_SURVEYS, arguments=proposed, elsewhere=True),
    Case(kept.agree, Permission.ASK_SURVEYS, arguments=some_draft, elsewhere=True),
    Case(kept.decline, Permission.ASK_SURVEYS, arguments=some_draft, elsewhere=True),
    Case(kept.listed, Permission.ASK_SURVEYS, elsewhere=True),
    Case(kept.show, Permission.ASK_SURVEYS, arguments=some_kept, elsewhere=True),
    Case(kept.remove, Permission.ASK_SURVEYS, arguments=some_kept, elsewhere=True),
)
PARTS = {tell: "a part of today's card"}
