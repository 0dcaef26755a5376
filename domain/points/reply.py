"""Answering an appeal: by words, or by what was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.messaging.message import Message
from domain.people.permission import EVERYWHERE, Permission, allows_over, require, require_everywhere, require_over
from domain.points.adjustment import NotYourOwn, area
from domain.points.appeal import (
    APPEAL_EXPLAINED,
    Answered,
    Appeal,
    Level,
    State,
    card,
    check_words,
    refresh_cards,
    shown,
    subject_of,
)
from domain.refusal import NoMore

if TYPE_CHECKING:
    from datetime import date

    from domain.ids import AppealId
    from domain.people.actor import Actor
    from domain.points.adjustment import Adjusted
    from domain.points.appeal import Shown
    from domain.points.features import Stores


def to_answer(stores: Stores, actor: Actor, *, number: AppealId) -> Shown:
    """An open appeal, for who may answer it. Raises NotAllowed, NotEverywhere, NotYourOwn, NoMore, Answered."""
    require(stores, actor, Permission.ADJUST_POINTS)
    found = stores.appeals.get(number)
    if found is None:
        raise NoMore
    if found.level is Level.ADMINISTRATORS:
        require_everywhere(stores, actor, Permission.ADJUST_POINTS)
    else:
        require_over(stores, actor, Permission.ADJUST_POINTS, area(stores, found.member))
    if found.member == actor.member.id:
        raise NotYourOwn
    if found.state is not State.OPEN:
        raise Answered
    return shown(stores, found)


def show(stores: Stores, actor: Actor, *, number: AppealId, key: str) -> None:
    """Send the message about an appeal again, in place of the one before. Raises what `to_answer` does."""
    found, own = to_answer(stores, actor, number=number).appeal, actor.member.id
    stores.outbox.delete(subject_of(found, own), key=f"{key}:before")
    stores.outbox.send(actor.chat.id, card(stores, found, own), key=key, urgent=True)


def day_about(stores: Stores, actor: Actor, *, number: AppealId) -> date | None:
    """The day that an appeal concerns: that of its item.

    Of something missing it is the last day of what is being settled, if it was asked about since that began.
    Raises what `to_answer` does.
    """
    found = to_answer(stores, actor, number=number)
    if found.item is not None:
        return found.item.day
    shown = stores.settlements.provisional()
    return next((one.period.last for one in shown if one.at <= found.appeal.made_at), None)


def explain(stores: Stores, actor: Actor, *, number: AppealId, words: str) -> Shown:
    """Answer in words: the points stay. Raises NoWords, and what `to_answer` does."""
    answer, open_ = check_words(words), to_answer(stores, actor, number=number).appeal
    who, at = f"member:{open_.member}", actor.heard_at
    stores.audit.note(actor.member.id, APPEAL_EXPLAINED, f"appeal:{number}", old=None, new=who, at=at)
    return _close(stores, actor, replace(open_, state=State.EXPLAINED, answer=answer))


def correct(stores: Stores, actor: Actor, *, number: AppealId, done: Adjusted) -> Shown:
    """Answer by what was changed, which the audit log has.

    Raises NoMore where that was somebody else's, and what `to_answer` does.
    """
    open_ = to_answer(stores, actor, number=number).appeal
    if done.member.id != open_.member:
        raise NoMore
    answer = f"{done.points:+} {done.reason}"
    return _close(stores, actor, replace(open_, state=State.CORRECTED, answer=answer))


def _close(stores: Stores, actor: Actor, answered: Appeal) -> Shown:
    at = actor.heard_at
    closed = replace(answered, answered_by=actor.member.id, answered_at=at)
    stores.appeals.save(closed)
    refresh_cards(stores, closed, at)
    found = shown(stores, closed)
    if found.member.private is not None:
        stores.outbox.send(
            found.member.private, Message("appeal.told", {"shown": found}), key=f"told:appeal:{closed.id}"
        )
    stores.hooks.changed(closed.member, f"appeal:{closed.id}:closed", at)
    return found


def may_answer(stores: Stores, actor: Actor, appeal: Appeal) -> bool:
    """Whether somebody may still answer what they were asked for."""
    over = EVERYWHERE if appeal.level is Level.ADMINISTRATORS else area(stores, appeal.member)
    return allows_over(stores, actor, Permission.ADJUST_POINTS, over)
