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
from domain.voice.suggestion import channel
from domain.voice.suggestion.course import begin
from domain.voice.suggestion.hiding import is_hidden
from domain.voice.suggestion.model import (
    Became,
    Doubt,
    Empty,
    Gone,
    NotYours,
    Readers,
    Received,
    Suggestion,
    TooLong,
    TooManySuggestions,
    Way,
    fingerprint,
)
from domain.voice.suggestion.supporting import backed, root_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.people.actor import Actor
    from domain.points.points import Credit
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Tagging

MADE = Event(EventName("suggestion.made"))
AN_HOUR = timedelta(hours=1)
MAX_PER_HOUR = 10
MAX_COMPARED = 500  # of the newest of a group
PLAIN = Way()
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
    if _made_by(stores, actor, source) or stores.suggestions.same(actor.member, print_):
        return False
    _check_rate(stores, actor, PLAIN)
    return True


def make(stores: Stores, actor: Actor, *, text: str, tagging: Tagging, source: str, way: Way = PLAIN) -> Received:
    """Store a suggestion and credit its author, but for an anonymous one: the ledger would tell who it was.

    `source` is the message: an edit of it corrects the suggestion. The same words again are counted, not stored; of
    somebody else, they are for the suggestion that is there. One that is in doubt is stored and asked about.
    Raises Empty, TooLong, TooManySuggestions, Gone.
    """
    require(stores, actor, Permission.TAKE_PART)
    print_, text = _checked(text), text.strip()
    known = _made_by(stores, actor, source)
    if known is not None:
        return _corrected(stores, known, text, tagging)
    group = actor.chat.id if actor.chat.is_group else stores.members.home(actor.member.id)
    again = _again(stores, actor, group, print_, way)
    if again is not None:
        return again
    _check_rate(stores, actor, way)
    author = channel.author_of(stores, actor, source=source, naming=way.naming)
    new = Suggestion(
        SuggestionId(0),
        group,
        author.member,
        text,
        tagging,
        author.at,
        naming=way.naming,
        photo=way.photo,
        mailbox=author.mailbox,
        doubt=way.doubt,
        above=way.above,
        hidden=is_hidden(stores, text),
    )
    made = stores.suggestions.add(new, author.source, print_)
    if made.doubt is not None:
        return asked(stores, made, way.alike)
    begin(stores, made, actor.heard_at)
    return Received(made, Became.NEW, _credit(stores, made, actor.now))


def _made_by(stores: Stores, actor: Actor, source: str) -> Suggestion | None:
    """The suggestion of a message; only the program can tell the message of an anonymous one."""
    found = stores.suggestions.made_by(source)
    if found is None and not actor.chat.is_group:
        found = stores.suggestions.made_by(stores.mailboxes.mark(source))
    return found


def _corrected(stores: Stores, known: Suggestion, text: str, tagging: Tagging) -> Received:
    if known.taken_back:
        raise Gone
    hidden = known.hidden or is_hidden(stores, text)
    return _kept(stores, replace(known, text=text, tagging=tagging, hidden=hidden), Became.CORRECTED)


def _again(stores: Stores, actor: Actor, group: ChatId | None, print_: str, way: Way) -> Received | None:
    """What becomes of words that are there already; `None` for new ones."""
    named = way.naming is Naming.NAMED
    own = stores.suggestions.same(actor.member, print_) if named else None
    if own is not None and own.doubt is not None:
        return asked(stores, own, ()) if way.doubt is own.doubt else _confirmed(stores, own, actor.now)
    if own is not None:
        return _kept(stores, replace(own, repeats=own.repeats + 1), Became.COUNTED)
    other = None if group is None or way.above else stores.suggestions.of_words(group, print_)
    if other is None or way.forwarded:
        return None
    root = root_of(stores, other)
    if not named or channel.is_author(stores, actor, root) or not actor.member.is_person:
        return _kept(stores, replace(root, repeats=root.repeats + 1), Became.COUNTED)
    stores.suggestions.vote(root.id, actor.member.id, actor.now)
    return Received(root, Became.SUPPORTED, alike=[backed(stores, root)])


def asked(stores: Stores, made: Suggestion, alike: Sequence[SuggestionId]) -> Received:
    """A suggestion that waits for its author's word, with those that ask for the same."""
    found = (stores.suggestions.find(number) for number in alike)
    others = [backed(stores, root_of(stores, one)) for one in found if one is not None]
    return Received(made, Became.ASKED, alike=list({one.suggestion.id: one for one in others}.values()))


def confirm(stores: Stores, actor: Actor, *, number: SuggestionId) -> Received:
    """Say that one's own message is a suggestion. The words of others earn nothing. Twice is once.

    Raises Gone, NotYours.
    """
    require(stores, actor, Permission.TAKE_PART)
    found = _waiting(stores, actor, number)
    return _confirmed(stores, found, actor.now) if found.doubt else Received(found, Became.NEW)


def reject(stores: Stores, actor: Actor, *, number: SuggestionId) -> None:
    """Say that one's own message is no suggestion: it is removed. Raises Gone, NotYours.

    One that has rung those on call stays as it is, in doubt, as they still read it; it counts nowhere.
    """
    require(stores, actor, Permission.TAKE_PART)
    found = _waiting(stores, actor, number)
    if found.doubt is None:
        raise Gone
    if stores.hazards.of(found.id) is not None:
        return
    stores.suggestions.remove(found.id)
    if found.mailbox is not None:
        stores.mailboxes.close(found.mailbox)


def _waiting(stores: Stores, actor: Actor, number: SuggestionId) -> Suggestion:
    found = stores.suggestions.find(number)
    if found is None or found.taken_back:
        raise Gone
    if not channel.is_author(stores, actor, found):
        raise NotYours
    return found


def _confirmed(stores: Stores, found: Suggestion, at: datetime) -> Received:
    made = replace(found, doubt=None)
    stores.suggestions.save(made)
    begin(stores, made, at)
    earns = found.doubt is not Doubt.FORWARDED
    return Received(made, Became.NEW, _credit(stores, made, at) if earns else None)


def candidates(stores: Stores, actor: Actor) -> Sequence[tuple[SuggestionId, str]]:
    """The numbers and words of the group's newest suggestions, with which a new one is compared."""
    require(stores, actor, Permission.TAKE_PART)
    group = actor.chat.id if actor.chat.is_group else stores.members.home(actor.member.id)
    return [] if group is None else stores.suggestions.recent(group, MAX_COMPARED)


def _checked(text: str) -> str:
    """The fingerprint of a text that can be a suggestion. Raises Empty, TooLong."""
    print_, length = fingerprint(text), len(text.strip())
    if not print_:
        raise Empty
    if length > MAX_TEXT_CHARS:
        raise TooLong(most=MAX_TEXT_CHARS, length=length)
    return print_


def _check_rate(stores: Stores, actor: Actor, way: Way) -> None:
    named = stores.suggestions.since(actor.member, actor.now - AN_HOUR)
    anonymous = channel.made_anonymously(stores, actor) if way.naming is Naming.ANONYMOUS else 0
    if named + anonymous >= MAX_PER_HOUR:
        raise TooManySuggestions(most=MAX_PER_HOUR)


def made_by(stores: Stores, *, source: str) -> bool:
    """Whether a message was a suggestion, also an anonymous one."""
    made = stores.suggestions.made_by(source) or stores.suggestions.made_by(stores.mailboxes.mark(source))
    return made is not None


def is_nameless(stores: Stores, actor: Actor, *, source: str) -> bool:
    """Whether a message was an anonymous suggestion."""
    require(stores, actor, Permission.TAKE_PART)
    found = _made_by(stores, actor, source)
    return found is not None and found.naming is Naming.ANONYMOUS


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
