"""Suggestions, and what is written about them."""

from typing import Any

from domain.ids import SuggestionId
from domain.people.permission import Permission
from domain.voice import suggestion
from domain.voice.suggestion import (
    Tagging,
    channel,
    hiding,
    letters,
    merging,
    oversight,
    supporting,
    taking_back,
)
from tests.use_cases import Case, Place, World


def suggested(_: World) -> dict[str, Any]:
    """A suggestion."""
    return {"text": "食堂早餐再丰富一点", "tagging": Tagging(), "source": "-1001/1"}


def offered(_: World) -> dict[str, Any]:
    """A suggestion that is not made yet."""
    return {"text": "食堂早餐再丰富一点", "source": "-1001/1"}


def numbered(_: World) -> dict[str, Any]:
    """A suggestion that is not there: what it is asked for is refused after the permission."""
    return {"number": SuggestionId(1)}


def among(_: World) -> dict[str, Any]:
    """Several suggestions."""
    return {"numbers": [SuggestionId(1)]}


def joined(_: World) -> dict[str, Any]:
    """Two suggestions."""
    return {"number": SuggestionId(1), "into": SuggestionId(2)}


def written(_: World) -> dict[str, Any]:
    """A letter."""
    return {"number": SuggestionId(1), "text": "哪个食堂？"}


def listed(_: World) -> dict[str, Any]:
    """Words for the list."""
    return {"add": ["混蛋"]}


def sent(_: World) -> dict[str, Any]:
    """The message of a suggestion."""
    return {"source": "-1001/1"}


CASES = (
    Case(suggestion.make, Permission.TAKE_PART, Place.GROUP, suggested),
    Case(suggestion.make, Permission.TAKE_PART, arguments=suggested),
    Case(suggestion.is_new, Permission.TAKE_PART, arguments=offered),
    Case(suggestion.is_nameless, Permission.TAKE_PART, arguments=sent),
    Case(suggestion.candidates, Permission.TAKE_PART),
    Case(suggestion.confirm, Permission.TAKE_PART, arguments=numbered),
    Case(suggestion.reject, Permission.TAKE_PART, arguments=numbered),
    Case(supporting.support, Permission.TAKE_PART, arguments=numbered),
    Case(supporting.join, Permission.TAKE_PART, arguments=joined),
    Case(taking_back.take_back, Permission.TAKE_PART, arguments=numbered),
    Case(letters.write, Permission.TAKE_PART, arguments=written),
    Case(letters.correspondence, Permission.TAKE_PART, arguments=numbered),
    Case(merging.merge, Permission.TAKE_PART, arguments=joined),
    Case(merging.separate, Permission.TAKE_PART, arguments=numbered),
    Case(merging.compared, Permission.TAKE_PART, arguments=numbered),
    Case(merging.several, Permission.TAKE_PART, arguments=among),
    Case(hiding.let_show, Permission.TAKE_PART, arguments=numbered),
    Case(hiding.show_words, Permission.CHANGE_SETTINGS, everywhere=True),
    Case(hiding.change_words, Permission.CHANGE_SETTINGS, arguments=listed, everywhere=True),
)
PARTS = {
    channel.author_of: "a part of making a suggestion",
    channel.made_anonymously: "a part of making a suggestion",
    channel.is_author: "a part of what an author does",
    channel.conceal: "a part of what an anonymous author does",
    oversight.oversees: "the question whether somebody looks after a suggestion",
    oversight.overseen: "a part of what somebody in charge does",
}
