"""A suggestion's tags are chosen by taps, by those who may correct them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require
from domain.voice import tag_table
from domain.voice.suggestion.model import Gone
from domain.voice.suggestion.oversight import oversees
from domain.voice.tagging import correct_tags, require_correction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import SuggestionId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion import Suggestion
    from domain.voice.tags import Tag


@dataclass(frozen=True, slots=True)
class Choice:
    """A suggestion with the tags that it can have; `changed` once somebody has just chosen."""

    suggestion: Suggestion
    tags: Sequence[Tag]
    changed: bool = False

    @property
    def chosen(self) -> Sequence[str]:
        """The tags that it has."""
        return self.suggestion.tagging.tags


def look(stores: Stores, actor: Actor, *, number: SuggestionId, shipped: Sequence[Tag]) -> Choice:
    """The tags that somebody may choose from. Raises Gone, NotAllowed."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.suggestions.find(number)
    if found is None or not found.counts or (found.above and not oversees(stores, actor, found)):
        raise Gone
    require_correction(stores, actor, found)
    return Choice(found, tag_table.table(stores, shipped=shipped).tags)


def toggle(stores: Stores, actor: Actor, *, number: SuggestionId, shipped: Sequence[Tag], name: str) -> Choice:
    """Add a tag to a suggestion, or take it away. Raises Gone, NotAllowed, WrongTags."""
    choice = look(stores, actor, number=number, shipped=shipped)
    had = choice.suggestion.tagging.tags
    tags = tuple(one for one in had if one != name) if name in had else (*had, name)
    made = correct_tags(stores, actor, suggestion=choice.suggestion, tags=tags)
    return Choice(made, choice.tags, changed=True)
