"""附议: others are for a suggestion, by a button or by suggesting the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.people.permission import NobodyKnown, Permission, require, require_member
from domain.refusal import Refusal
from domain.voice.suggestion.channel import is_author
from domain.voice.suggestion.model import Backed, Doubt, Gone, NotYours

if TYPE_CHECKING:
    from domain.ids import SuggestionId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion


class OwnSuggestion(Refusal):
    """Nobody counts as being for their own."""

    text = "suggestion_merging.own"


@dataclass(frozen=True, slots=True)
class Supported:
    """A suggestion that somebody is for; `new` is false where they were before."""

    backed: Backed
    new: bool


def support(stores: Stores, actor: Actor, *, number: SuggestionId) -> Supported:
    """Be for a suggestion; the one that it was merged into, where it was. Twice counts once.

    Raises Gone, NotAMember, NobodyKnown, OwnSuggestion.
    """
    require(stores, actor, Permission.TAKE_PART)
    found = stores.suggestions.find(number)
    if found is None or not found.counts or found.above or found.group is None:
        raise Gone
    require_member(stores, actor, stores.chats.get(found.group))
    if not actor.member.is_person:
        raise NobodyKnown(secretary=False)
    root = root_of(stores, found)
    if is_author(stores, actor, found) or is_author(stores, actor, root):
        raise OwnSuggestion
    new = stores.suggestions.vote(root.id, actor.member.id, actor.now)
    return Supported(backed(stores, root), new)


def join(stores: Stores, actor: Actor, *, number: SuggestionId, into: SuggestionId) -> Backed:
    """Let one's own suggestion, which waits for a word, be for another that asks for the same. Its words stay.

    Raises Gone, NotYours, NotAMember.
    """
    require(stores, actor, Permission.TAKE_PART)
    own, other = stores.suggestions.find(number), stores.suggestions.find(into)
    if own is None or own.doubt is not Doubt.SIMILAR or other is None or not other.counts or other.above:
        raise Gone
    if not is_author(stores, actor, own):
        raise NotYours
    if own.group is None or own.group != other.group:
        raise Gone
    root = root_of(stores, other)
    stores.suggestions.save(replace(own, doubt=None, merged_into=root.id))
    return backed(stores, root)


def root_of(stores: Stores, suggestion: Suggestion) -> Suggestion:
    """The suggestion that one was merged into, however often; itself where it was not."""
    seen = {suggestion.id}
    while suggestion.merged_into is not None and suggestion.merged_into not in seen:
        above = stores.suggestions.find(suggestion.merged_into)
        if above is None:
            break
        seen.add(above.id)
        suggestion = above
    return suggestion


def backed(stores: Stores, suggestion: Suggestion) -> Backed:
    """A suggestion with how many are for it."""
    return Backed(suggestion, len(stores.suggestions.supporters(suggestion.id)))
