"""The use cases of voice, for the test of permissions."""

from typing import Any

from domain.ids import SuggestionId
from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.voice import suggestion, survey, tagging
from domain.voice.suggestion import Suggestion, Tagging
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


def corrected(world: World) -> dict[str, Any]:
    """A suggestion of the group, and other tags for it."""
    text, group, author = "食堂早餐再丰富一点", world.group.id, world.member
    one = Suggestion(SuggestionId(0), group, author, text, Tagging(tags=("宿舍",)), world.actor.now)
    made = world.stores.suggestions.add(one, "-1001/7", suggestion.fingerprint(text))
    return {"suggestion": made, "tags": ("食堂后勤",)}


CASES = (
    Case(suggestion.make, Permission.TAKE_PART, Place.GROUP, suggested),
    Case(suggestion.make, Permission.TAKE_PART, arguments=suggested),
    Case(suggestion.is_new, Permission.TAKE_PART, arguments=offered),
    Case(tagging.correct_tags, Permission.EXPORT, arguments=corrected),
    Case(survey.ask, Permission.ASK_SURVEYS, Place.GROUP, asked),
)
PARTS = {tell: "a part of today's card"}
