"""Tags are corrected."""

from typing import Any

from domain.ids import SuggestionId
from domain.people.permission import Permission
from domain.voice import suggestion, tagging
from domain.voice.suggestion import Suggestion, Tagging
from tests.use_cases import Case, World


def corrected(world: World) -> dict[str, Any]:
    """A suggestion of the group, and other tags for it."""
    text, group, author = "食堂早餐再丰富一点", world.group.id, world.member
    one = Suggestion(SuggestionId(0), group, author, text, Tagging(tags=("宿舍",)), world.actor.now)
    made = world.stores.suggestions.add(one, "-1001/7", suggestion.fingerprint(text))
    return {"suggestion": made, "tags": ("食堂后勤",)}


CASES = (Case(tagging.correct_tags, Permission.EXPORT, arguments=corrected),)
PARTS: dict[object, str] = {}
