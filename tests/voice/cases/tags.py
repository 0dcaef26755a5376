"""Tags are corrected."""

from typing import Any

from domain.ids import DraftId, SuggestionId
from domain.people.permission import Permission
from domain.voice import retagging, suggestion, tag_table, tagging
from domain.voice.suggestion import Suggestion, Tagging
from domain.voice.tags import CUES, Tag
from tests.use_cases import Case, World


def corrected(world: World) -> dict[str, Any]:
    """A suggestion of the group, and other tags for it."""
    text, group, author = "食堂早餐再丰富一点", world.group.id, world.member
    one = Suggestion(SuggestionId(0), group, author, text, Tagging(tags=("宿舍",)), world.actor.now)
    made = world.stores.suggestions.add(one, "-1001/7", suggestion.fingerprint(text))
    return {"suggestion": made, "tags": ("食堂后勤",)}


SHIPPED = [Tag("宿舍", "Dormitory", {kind: frozenset({"上铺"}) for kind in CUES})]


def shipped(_: World) -> dict[str, Any]:
    """A program's table."""
    return {"shipped": SHIPPED}


def changes(_: World) -> dict[str, Any]:
    """A word for a tag."""
    return {"shipped": SHIPPED, "name": "宿舍", "add": ["猫眼"], "remove": []}


def a_new_one(_: World) -> dict[str, Any]:
    """A new tag."""
    return {"shipped": SHIPPED, "name": "夜班", "english": "", "add": ["夜餐"]}


def an_old_one(_: World) -> dict[str, Any]:
    """A tag that is there."""
    return {"shipped": SHIPPED, "name": "宿舍"}


def a_file(_: World) -> dict[str, Any]:
    """A table without any tag."""
    return {"shipped": SHIPPED, "new": []}


def a_draft(_: World) -> dict[str, Any]:
    """A draft that there is none of."""
    return {"number": DraftId(1)}


def a_draft_of_a_table(world: World) -> dict[str, Any]:
    """The same, for the program's table."""
    return {**shipped(world), **a_draft(world)}


def chosen(world: World) -> dict[str, Any]:
    """A suggestion of the group."""
    return {"number": corrected(world)["suggestion"].id, "shipped": SHIPPED}


def picked(world: World) -> dict[str, Any]:
    """The same, and a tag."""
    return {**chosen(world), "name": "宿舍"}


SET = Permission.CHANGE_SETTINGS
CASES = (
    Case(tagging.correct_tags, Permission.EXPORT, arguments=corrected),
    Case(retagging.look, Permission.EXPORT, arguments=chosen),
    Case(retagging.toggle, Permission.EXPORT, arguments=picked),
    Case(tag_table.show, SET, arguments=shipped, everywhere=True),
    Case(tag_table.change, SET, arguments=changes, everywhere=True),
    Case(tag_table.create, SET, arguments=a_new_one, everywhere=True),
    Case(tag_table.drop, SET, arguments=an_old_one, everywhere=True),
    Case(tag_table.propose, SET, arguments=a_file, everywhere=True),
    Case(tag_table.agree, SET, arguments=a_draft_of_a_table, everywhere=True),
    Case(tag_table.decline, SET, arguments=a_draft, everywhere=True),
)
PARTS: dict[object, str] = {tagging.require_correction: "asked by those that correct tags"}
