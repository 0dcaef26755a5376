"""Questions to the author of a suggestion, and what they answer; of an anonymous one nobody learns who it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.voice.naming import Naming
from domain.voice.suggestion import channel
from domain.voice.suggestion.model import Gone, fingerprint
from domain.voice.suggestion.oversight import oversees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import SuggestionId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.channel import Letter
    from domain.voice.suggestion.model import Suggestion

MAX_LETTER_CHARS = 1000
MAX_UNANSWERED_LETTERS = 5  # of an author


class WrongLetter(Refusal):
    """A letter without words, or with too many."""

    text = "suggestion_channel.wrong_letter"


class TooManyLetters(Refusal):
    """So many letters of the author wait for an answer."""

    text = "suggestion_channel.too_many"


class NobodyToAsk(Refusal):
    """The author has no private chat with the bot, or the key of their mailbox is gone."""

    text = "suggestion_channel.nobody"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that was written; `by_author` tells by whom."""

    suggestion: Suggestion
    by_author: bool


def write(stores: Stores, actor: Actor, *, number: SuggestionId, text: str) -> Written:
    """Write to the author of a suggestion, or as its author to whoever asked last.

    Raises Gone, WrongLetter, TooManyLetters, NobodyToAsk.
    """
    require(stores, actor, Permission.TAKE_PART)
    found, words = correspondence(stores, actor, number=number), text.strip()
    if not fingerprint(words) or len(words) > MAX_LETTER_CHARS:
        raise WrongLetter(most=MAX_LETTER_CHARS, length=len(words))
    before = stores.mailboxes.letters(number)
    if channel.is_author(stores, actor, found):
        _answer(stores, actor, found, words, before)
        return Written(found, by_author=True)
    _ask(stores, actor, found, words, before)
    return Written(found, by_author=False)


def correspondence(stores: Stores, actor: Actor, *, number: SuggestionId) -> Suggestion:
    """A suggestion that somebody made or looks after. Raises Gone."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.suggestions.find(number)
    if found is None or not found.counts:
        raise Gone
    if not channel.is_author(stores, actor, found) and not oversees(stores, actor, found):
        raise Gone
    return found


def _ask(stores: Stores, actor: Actor, found: Suggestion, words: str, before: Sequence[Letter]) -> None:
    if channel.chat_of(stores, found) is None:
        raise NobodyToAsk
    stores.mailboxes.write(found.id, actor.member.id, words, actor.now)
    reply = Button("suggestion_channel.reply_button", Action("suggestion.write", found.id))
    message = Message("suggestion_channel.asked", {"suggestion": found, "words": words}, [[reply]])
    channel.tell(stores, found, message, key=f"suggestion:{found.id}:asked:{len(before)}")


def _answer(stores: Stores, actor: Actor, found: Suggestion, words: str, before: Sequence[Letter]) -> None:
    if len(list(takewhile(lambda one: one.by is None, reversed(before)))) >= MAX_UNANSWERED_LETTERS:
        raise TooManyLetters(most=MAX_UNANSWERED_LETTERS)
    hidden = found.naming is Naming.ANONYMOUS
    stores.mailboxes.write(found.id, None, words, found.at if hidden else actor.now)
    asker = next((one.by for one in reversed(before) if one.by is not None), None)
    private = None if asker is None else stores.members.get(asker).private
    if private is not None:
        more = Button("suggestion_channel.ask_button", Action("suggestion.write", found.id))
        message = Message("suggestion_channel.answered", {"suggestion": found, "words": words}, [[more]])
        stores.outbox.send(private, message, key=f"suggestion:{found.id}:answered:{len(before)}")
    if hidden:
        channel.conceal(stores, actor)
