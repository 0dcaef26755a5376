"""Whoever made a suggestion can take it back for a day: its words and its points go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.people.permission import Permission, require
from domain.points import points
from domain.refusal import Refusal
from domain.voice.naming import Naming
from domain.voice.suggestion.channel import is_author
from domain.voice.suggestion.course import end
from domain.voice.suggestion.life import Step
from domain.voice.suggestion.model import Gone, NotYours
from domain.voice.suggestion.service import MADE

if TYPE_CHECKING:
    from domain.ids import SuggestionId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion

TAKEN_BACK = AuditAction("suggestion.taken_back")
A_DAY = timedelta(days=1)
TWO_DAYS = timedelta(days=2)  # of an anonymous one only the day is known


class TooLate(Refusal):
    """More than a day has passed."""

    text = "suggestion_channel.too_late"


class NothingToTakeBack(Refusal):
    """Somebody has made no suggestion within a day."""

    text = "suggestion_channel.nothing"


def take_back(stores: Stores, actor: Actor, *, number: SuggestionId | None = None) -> Suggestion:
    """Take back one's own suggestion, without a number the newest of the last day; twice is once.

    Raises Gone, NotYours, TooLate, NothingToTakeBack.
    """
    require(stores, actor, Permission.TAKE_PART)
    found = _own(stores, actor, number)
    if found.taken_back:
        return found
    anonymous = found.naming is Naming.ANONYMOUS
    if actor.now - found.at > (TWO_DAYS if anonymous else A_DAY):
        raise TooLate
    who = None if anonymous else actor.member.id
    if who is not None:
        points.reverse(stores, who, MADE, source=f"suggestion:{found.id}", at=actor.now)
    end(stores, found.id, Step.TAKE_BACK, by=who, at=actor.heard_at)
    stores.suggestions.take_back(found.id)
    if found.mailbox is not None:
        stores.mailboxes.close(found.mailbox)
    stores.audit.note(
        who, TAKEN_BACK, f"suggestion:{found.id}", old=None, new=None, at=found.at if anonymous else actor.heard_at
    )
    return found


def _own(stores: Stores, actor: Actor, number: SuggestionId | None) -> Suggestion:
    if number is None:
        newest = stores.suggestions.last_of(actor.member, actor.now - A_DAY)
        if newest is None:
            raise NothingToTakeBack
        return newest
    found = stores.suggestions.find(number)
    if found is None:
        raise Gone
    if not is_author(stores, actor, found):
        raise Gone if found.taken_back else NotYours
    return found
