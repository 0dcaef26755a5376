"""Suggestions that ask for the same become one: whoever is for one of them is for it, and its answers go to all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.voice.suggestion.course import end
from domain.voice.suggestion.life import Step
from domain.voice.suggestion.oversight import overseen
from domain.voice.suggestion.service import MAX_COMPARED
from domain.voice.suggestion.supporting import backed, root_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import SuggestionId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Backed, Suggestion

MERGED = AuditAction("suggestion.merged")
SEPARATED = AuditAction("suggestion.separated")


class MergedInCircle(Refusal):
    """A suggestion would be merged into itself, maybe by way of others."""

    text = "suggestion_merging.circle"


class OtherGroup(Refusal):
    """Two suggestions of different groups, or of different levels."""

    text = "suggestion_merging.other_group"


class NotMerged(Refusal):
    """A suggestion that stands for itself."""

    text = "suggestion_merging.not_merged"


@dataclass(frozen=True, slots=True)
class Merged:
    """A suggestion that was merged, and what it was merged into."""

    suggestion: Suggestion
    into: Backed


def merge(stores: Stores, actor: Actor, *, number: SuggestionId, into: SuggestionId) -> Merged:
    """Merge a suggestion into another of the same group. Nothing is copied, so that it can be undone.

    Raises Gone, OtherGroup, MergedInCircle.
    """
    require(stores, actor, Permission.TAKE_PART)
    one, other = overseen(stores, actor, number), overseen(stores, actor, into)
    if (one.group, one.above) != (other.group, other.above):
        raise OtherGroup
    root = root_of(stores, other)
    if root.id == one.id:
        raise MergedInCircle
    merged = replace(one, merged_into=root.id)
    if merged != one:
        _note(stores, actor, one, merged)
        stores.suggestions.save(merged)
        end(stores, one.id, Step.MERGE, by=actor.member.id, at=actor.heard_at)
    return Merged(merged, backed(stores, root))


def separate(stores: Stores, actor: Actor, *, number: SuggestionId) -> Suggestion:
    """Undo a merging: each has its own supporters again. Raises Gone, NotMerged."""
    require(stores, actor, Permission.TAKE_PART)
    one = overseen(stores, actor, number)
    if one.merged_into is None:
        raise NotMerged(suggestion=one)
    alone = replace(one, merged_into=None)
    _note(stores, actor, one, alone)
    stores.suggestions.save(alone)
    end(stores, one.id, Step.RESTORE, by=actor.member.id, at=actor.heard_at)
    return alone


def compared(stores: Stores, actor: Actor, *, number: SuggestionId) -> Sequence[tuple[SuggestionId, str]]:
    """The numbers and words that a suggestion is compared with, so that what is similar is shown. Raises Gone."""
    require(stores, actor, Permission.TAKE_PART)
    one = overseen(stores, actor, number)
    if one.group is None or one.above:
        return []
    return [line for line in stores.suggestions.recent(one.group, MAX_COMPARED) if line[0] != number]


def several(stores: Stores, actor: Actor, *, numbers: Sequence[SuggestionId]) -> list[Backed]:
    """Suggestions that somebody looks after, with how many are for each. Raises Gone."""
    require(stores, actor, Permission.TAKE_PART)
    return [backed(stores, overseen(stores, actor, number)) for number in numbers]


def _note(stores: Stores, actor: Actor, old: Suggestion, new: Suggestion) -> None:
    action = SEPARATED if new.merged_into is None else MERGED
    stores.audit.note(
        actor.member.id,
        action,
        f"suggestion:{old.id}",
        old=None if old.merged_into is None else f"suggestion:{old.merged_into}",
        new=None if new.merged_into is None else f"suggestion:{new.merged_into}",
        at=actor.heard_at,
    )
