"""Words by which a suggestion is hidden from public places until somebody has looked at it; it is never deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import plain
from domain.admin.audit import AuditAction
from domain.people.permission import Permission, require, require_everywhere
from domain.refusal import Refusal
from domain.voice.suggestion.oversight import overseen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.ids import SuggestionId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion

WORDS_CHANGED = AuditAction("suggestion.words_changed")
SHOWN = AuditAction("suggestion.shown")
MAX_WORDS = 2000
MAX_WORD_CHARS = 32


class TooManyWords(Refusal):
    """More words than the list may have."""

    text = "suggestion_words.too_many"


class HiddenWords(Protocol):
    """The enterprise's list in the store."""

    def all(self) -> list[str]:
        """The list, in the order of the alphabet."""

    def change(self, added: Collection[str], removed: Collection[str]) -> None:
        """Add words that are not there, and remove others."""


@dataclass(frozen=True, slots=True)
class Changed:
    """How the list has changed, and what it is now."""

    added: int
    removed: int
    words: Sequence[str]


def show_words(stores: Stores, actor: Actor) -> Sequence[str]:
    """The list, for those in charge of the whole enterprise."""
    require_everywhere(stores, actor, Permission.CHANGE_SETTINGS)
    return stores.hidden_words.all()


def change_words(
    stores: Stores, actor: Actor, *, add: Collection[str] = (), remove: Collection[str] = (), whole: bool = False
) -> Changed:
    """Add and remove words of the list; with `whole`, what is added is all of it.

    Raises NotEverywhere, TooManyWords.
    """
    require_everywhere(stores, actor, Permission.CHANGE_SETTINGS)
    known = set(stores.hidden_words.all())
    added = _read(add) - known
    removed = (known - _read(add) if whole else _read(remove)) & known
    words = sorted((known | added) - removed)
    if len(words) > MAX_WORDS:
        raise TooManyWords(most=MAX_WORDS)
    if added or removed:
        stores.hidden_words.change(added, removed)
        count = f"{len(known)}", f"{len(words)}"
        at = actor.heard_at
        stores.audit.note(actor.member.id, WORDS_CHANGED, "enterprise", old=count[0], new=count[1], at=at)
    return Changed(len(added), len(removed), words)


def _read(words: Collection[str]) -> set[str]:
    keys = (plain.key(word) for word in words)
    return {key for key in keys if 1 < len(key) <= MAX_WORD_CHARS}


def is_hidden(stores: Stores, text: str) -> bool:
    """Whether a text has a word of the list in it, whatever stands between its letters."""
    key = plain.key(text)
    return any(word in key for word in stores.hidden_words.all())


def let_show(stores: Stores, actor: Actor, *, number: SuggestionId) -> Suggestion:
    """Show a hidden suggestion in public again, after somebody in charge has looked at it. Raises Gone."""
    require(stores, actor, Permission.TAKE_PART)
    found = overseen(stores, actor, number)
    if not found.hidden:
        return found
    shown = replace(found, hidden=False)
    stores.suggestions.save(shown)
    stores.audit.note(actor.member.id, SHOWN, f"suggestion:{number}", old=None, new=None, at=actor.heard_at)
    return shown
