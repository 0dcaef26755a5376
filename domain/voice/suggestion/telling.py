"""Who hears of what becomes of a suggestion: its author and its supporters, by one message each that is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, Subject
from domain.voice.naming import Naming
from domain.voice.suggestion import channel
from domain.voice.suggestion.life import UNHEARD, Stage

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId, SuggestionId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.voice.features import Stores
    from domain.voice.suggestion.life import Case, Record
    from domain.voice.suggestion.model import Suggestion

RECENT = timedelta(hours=1)  # a message of less than that is edited; an older one gives way to a new one


def tell_author(
    stores: Stores, suggestion: Suggestion, message: Message, *, key: str, at: datetime, urgent: bool = False
) -> None:
    """Say something to the author in private. What is said to an anonymous one is forgotten once it was sent."""
    if suggestion.naming is Naming.NAMED:
        if suggestion.author.is_person:
            _put(stores, suggestion.author, suggestion.id, message, key=key, at=at, urgent=urgent)
        return
    chat = channel.chat_of(stores, suggestion)
    if chat is not None and not suggestion.taken_back:
        channel.answer(stores, chat, message)


def tell(stores: Stores, case: Case, record: Record) -> None:
    """Tell author and supporters what has become of it; not whoever brought that about."""
    if record.step in UNHEARD or case.life.stage is Stage.OVER:
        return
    key = f"suggestion.news:{case.suggestion.id}:{case.life.version}"
    if record.by is None or case.suggestion.author.id != record.by:
        tell_author(stores, case.suggestion, news(case, own=True), key=key, at=record.at)
    for merged in stores.suggestions.merged(case.suggestion.id):
        if merged.naming is Naming.ANONYMOUS:  # the others are among the supporters
            tell_author(stores, merged, news(case, own=False), key=key, at=record.at)
    for one in stores.suggestions.supporters(case.suggestion.id):
        if one.id not in (record.by, case.suggestion.author.id):
            _put(stores, one, case.suggestion.id, news(case, own=False), key=key, at=record.at)


def news(case: Case, *, own: bool) -> Message:
    """What has become of a suggestion. Its author says whether it is done."""
    number, version = case.suggestion.id, case.life.version
    row = [
        Button("suggestion_life.confirm_button", Action("suggestion.is_done", number, version)),
        Button("suggestion_life.reopen_button", Action("suggestion.reopen", number, version)),
    ]
    asked = own and case.life.stage is Stage.DONE
    silent = case.life.stage in (Stage.RECEIVED, Stage.CONSIDERED, Stage.CONFIRMED)
    return Message("suggestion_life.news", {"case": case, "own": own}, [row] if asked else (), silent=silent)


def refresh(stores: Stores, actor: Actor, case: Case, *, key: str) -> None:
    """Let the message to somebody who has just changed a suggestion say so, without a new one."""
    subject = news_of(case.suggestion.id, actor.member.id)
    own = case.suggestion.author.id == actor.member.id
    stores.outbox.edit(subject, replace(news(case, own=own), subject=subject), key=key)


def news_of(suggestion: SuggestionId, member: MemberId) -> Subject:
    """What the message to one of them is about."""
    return Subject("suggestion.news", suggestion, member)


def _put(
    stores: Stores,
    member: Member,
    suggestion: SuggestionId,
    message: Message,
    *,
    key: str,
    at: datetime,
    urgent: bool = False,
) -> None:
    """Say it in somebody's one message about a suggestion: the one that stands there, if it is new enough."""
    if member.private is None:
        return
    subject, own = news_of(suggestion, member.id), f"{key}:{member.id}"
    said = replace(message, subject=subject)
    if stores.outbox.stands(subject) and _is_recent(stores, member, subject, at):
        stores.outbox.edit(subject, said, key=own)
        return
    stores.outbox.delete(subject, key=f"{own}:before")
    stores.outbox.send(member.private, said, key=own, urgent=urgent)


def _is_recent(stores: Stores, member: Member, subject: Subject, at: datetime) -> bool:
    """Whether a message waits to be sent, or was put not long ago."""
    posted = stores.outbox.message_about(subject)
    if posted is None or member.private is None:
        return True
    said_at = stores.outbox.said_at(member.private, posted)
    return said_at is None or at - said_at < RECENT
