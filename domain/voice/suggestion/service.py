"""Suggestions are made: every one gets a number and its tags at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import SuggestionId
from domain.people.permission import Permission, require
from domain.points import points
from domain.points.event import Event, EventName
from domain.voice.naming import Naming
from domain.voice.suggestion.course import begin
from domain.voice.suggestion.model import (
    Became,
    Empty,
    Readers,
    Received,
    Suggestion,
    Tagging,
    TooLong,
    TooManySuggestions,
    fingerprint,
)

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.points.points import Credit
    from domain.voice.features import Stores

MADE = Event(EventName("suggestion.made"))
AN_HOUR = timedelta(hours=1)
MAX_PER_HOUR = 10
MAX_TEXT_CHARS = 2000  # characters


def readers(stores: Stores, *, member: MemberId) -> Readers:
    """Who will see what a member suggests in private."""
    home = stores.members.home(member)
    if home is None:
        return Readers(None, has_secretary=False)
    group = stores.chats.get(home)
    return Readers(group, stores.grants.held(member, group).has_secretary)


def is_new(stores: Stores, actor: Actor, *, text: str, source: str) -> bool:
    """Whether a message would become a new suggestion: no correction of one, and not the same words again.

    Raises Empty, TooLong, TooManySuggestions.
    """
    require(stores, actor, Permission.TAKE_PART)
    print_ = _checked(text)
    if stores.suggestions.made_by(source) or stores.suggestions.same(actor.member, print_):
        return False
    _check_rate(stores, actor)
    return True


def make(
    stores: Stores, actor: Actor, *, text: str, tagging: Tagging, source: str, naming: Naming = Naming.NAMED
) -> Received:
    """Store a suggestion and credit its author, but for an anonymous one: the ledger would tell who it was.

    `source` is the message: an edit of it corrects the suggestion. The same words again are counted, not stored.
    Raises Empty, TooLong, TooManySuggestions.
    """
    require(stores, actor, Permission.TAKE_PART)
    print_, text, at, author = _checked(text), text.strip(), actor.now, actor.member
    known = stores.suggestions.made_by(source)
    if known is not None:
        return _kept(stores, replace(known, text=text, tagging=tagging), Became.CORRECTED)
    same = stores.suggestions.same(author, print_)
    if same is not None:
        return _kept(stores, replace(same, repeats=same.repeats + 1), Became.COUNTED)
    _check_rate(stores, actor)
    group = actor.chat.id if actor.chat.is_group else stores.members.home(author.id)
    new = Suggestion(SuggestionId(0), group, author, text, tagging, at, naming=naming)
    made = stores.suggestions.add(new, source, print_)
    begin(stores, made, actor.heard_at)
    return Received(made, Became.NEW, _credit(stores, made, at))


def _checked(text: str) -> str:
    """The fingerprint of a text that can be a suggestion. Raises Empty, TooLong."""
    print_, length = fingerprint(text), len(text.strip())
    if not print_:
        raise Empty
    if length > MAX_TEXT_CHARS:
        raise TooLong(most=MAX_TEXT_CHARS, length=length)
    return print_


def _check_rate(stores: Stores, actor: Actor) -> None:
    if stores.suggestions.since(actor.member, actor.now - AN_HOUR) >= MAX_PER_HOUR:
        raise TooManySuggestions(most=MAX_PER_HOUR)


def made_by(stores: Stores, *, source: str) -> bool:
    """Whether a message was a suggestion."""
    return stores.suggestions.made_by(source) is not None


def _kept(stores: Stores, suggestion: Suggestion, became: Became) -> Received:
    stores.suggestions.save(suggestion)
    return Received(suggestion, became)


def _credit(stores: Stores, made: Suggestion, at: datetime) -> Credit | None:
    if made.group is None or not made.author.is_person or made.naming is Naming.ANONYMOUS:
        return None
    source = f"suggestion:{made.id}"
    return points.award(
        stores,
        made.author.id,
        stores.chats.get(made.group),
        MADE,
        {},
        source=source,
        cause=made.title,
        at=at,
    )
