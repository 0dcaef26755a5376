"""Tagging: people in charge correct the tags of suggestions; the tagger learns from what they have corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.people.permission import EVERYWHERE, Permission, require_over
from domain.people.role.service import area_of
from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId, SuggestionId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion import Suggestion

TAGS_CORRECTED = AuditAction("tags.corrected")
MAX_TAGS = 3
MAX_TAG_CHARS = 20


class WrongTags(Refusal):
    """More tags than a suggestion has, one twice, or one that is no name."""

    text = "tagging.wrong_tags"


@dataclass(frozen=True, slots=True)
class Correction:
    """Whose tags were changed, from which to which, by whom and when."""

    suggestion: SuggestionId
    old: tuple[str, ...]
    new: tuple[str, ...]
    by: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the tags that a person gave it last."""

    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned from so many corrected suggestions; `model` is empty where the table alone does better."""

    corrections: int
    model: str
    at: datetime


class Corrections(Protocol):
    """Corrected tags, in the store."""

    def add(self, correction: Correction) -> None:
        """Remember a correction."""

    def count(self) -> int:
        """How many suggestions have been corrected."""

    def examples(self, most: int) -> list[Example]:
        """What the last so many corrected suggestions say, oldest first, each with its last tags."""

    def learned(self) -> Lesson | None:
        """What was learned last."""

    def lessons(self) -> int:
        """How often something was learned."""

    def learn(self, lesson: Lesson) -> None:
        """Keep what was learned, in place of what was before; that it was stays known."""


class HasCorrections(Protocol):
    """Stores with this one among them."""

    @property
    def corrections(self) -> Corrections:
        """See `Corrections`."""


def require_correction(stores: Stores, actor: Actor, suggestion: Suggestion) -> None:
    """Raises NotAllowed for whoever may not export what is said in the group of a suggestion."""
    area = EVERYWHERE if suggestion.group is None else area_of(stores.chats.get(suggestion.group))
    require_over(stores, actor, Permission.EXPORT, area)


def correct_tags(stores: Stores, actor: Actor, *, suggestion: Suggestion, tags: tuple[str, ...]) -> Suggestion:
    """Give a suggestion other tags, none at all too; the same again changes nothing.

    For those who may export what is said in its group. Raises NotAllowed, WrongTags.
    """
    require_correction(stores, actor, suggestion)
    old = suggestion.tagging.tags
    if len(set(tags)) < len(tags) or len(tags) > MAX_TAGS or not all(0 < len(tag) <= MAX_TAG_CHARS for tag in tags):
        raise WrongTags(most=MAX_TAGS)
    if tags == old:
        return suggestion
    changed = replace(suggestion, tagging=replace(suggestion.tagging, tags=tags))
    stores.suggestions.save(changed)
    stores.corrections.add(Correction(suggestion.id, old, tags, actor.member.id, actor.now))
    stores.audit.note(
        actor.member.id,
        TAGS_CORRECTED,
        f"suggestion:{suggestion.id}",
        old=" ".join(old) or None,
        new=" ".join(tags) or None,
        at=actor.now,
    )
    return changed


def _begin(_: Stores, __: datetime) -> None:
    """Learning takes seconds and what stands outside the domain: the program does it when this has run."""


LEARNING = Schedule("tags.learn", cron="20 3 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("tagging", jobs=(EnterpriseJob(LEARNING, _begin),), audit=(TAGS_CORRECTED,))
