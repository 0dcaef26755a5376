"""A round is made, posted, closed early, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.clock import calendar
from domain.ids import RoundId
from domain.messaging.message import Action, Button, DeepLink, Message, Subject
from domain.people.permission import Area, Permission, require, require_over
from domain.refusal import Refusal
from domain.voice.questionnaire import publishing
from domain.voice.questionnaire.audience import accounts_of, people_of
from domain.voice.questionnaire.round import USUAL_THRESHOLD, Audience, Confidence, Every, Round

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.messaging.encryption import KeyId
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.questionnaire.model import Questionnaire

ASKED = AuditAction("questionnaire.asked")
CLOSED = AuditAction("questionnaire.closed")
WITHDRAWN = AuditAction("questionnaire.withdrawn")
STOPPED = AuditAction("questionnaire.stopped")
OPEN_WORKDAYS, CLOSING_HOUR = 3, 18
MAX_OPEN_TIME = timedelta(days=92)
ONE_A_WEEK = timedelta(days=7)
LINK = "round_"


class TooFewPeople(Refusal):
    """An anonymous round whose audience is smaller than the threshold: nothing could ever be shown."""

    text = "questionnaire.too_few_people"


class WrongClosing(Refusal):
    """The closing time has passed already, or lies too far ahead."""

    text = "questionnaire.wrong_closing"


class AlreadyAsked(Refusal):
    """The same preview was confirmed before."""

    text = "questionnaire.already_asked"


class RoundOver(Refusal):
    """A round that is closed, was withdrawn, or never was."""

    text = "questionnaire.over"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a round is to be. Without a closing time it has the usual one; without an opening it opens at once."""

    questionnaire: Questionnaire
    audience: Audience
    confidence: Confidence
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    every: Every | None = None
    results_at_once: bool = False
    urgent: bool = False
    previous: RoundId | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How many people an audience has, and the responses below which nothing is shown."""

    people: int
    threshold: int

    @property
    def is_small(self) -> bool:
        """Whether nothing could be shown even if all answered."""
        return self.people < self.threshold


def size_of(stores: Stores, audience: Audience) -> Size:
    """How many people an audience has."""
    return Size(len(people_of(stores, audience)), USUAL_THRESHOLD)


def usual_closing(stores: Stores, group: Chat, at: datetime, *, workdays: int = OPEN_WORKDAYS) -> datetime:
    """So many workdays on, at the end of that day's work."""
    works, day = calendar.workdays(stores), group.day(at)
    while workdays:
        day += timedelta(days=1)
        workdays -= works(day)
    return group.start_of(day) + timedelta(hours=CLOSING_HOUR)


def on_workday(stores: Stores, group: Chat, at: datetime) -> datetime:
    """A moment, or the same time on the next workday."""
    works = calendar.workdays(stores)
    while not works(group.day(at)):
        at += timedelta(days=1)
    return at


def ask(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Round:
    """Ask a questionnaire. `source` is what asks, so that confirming twice asks once.

    Raises AlreadyAsked, WrongClosing, TooFewPeople, NotAllowed.
    """
    require(stores, actor, Permission.ASK_SURVEYS)
    _require_audience(stores, actor, wish.audience)
    if stores.rounds.asked_by(source) is not None:
        raise AlreadyAsked
    new = _new(stores, actor, wish)
    size = size_of(stores, new.audience)
    if new.confidence is Confidence.ANONYMOUS and size.is_small:
        raise TooFewPeople(people=size.people, threshold=size.threshold)
    added = stores.rounds.add(new, source)
    _note(stores, actor, ASKED, added, new=added.confidence)
    return post(stores, added, actor.heard_at) if added.opens_at <= actor.heard_at else added


def _require_audience(stores: Stores, actor: Actor, audience: Audience) -> None:
    """Who asks whole branches needs the right over each of them. Raises NotAllowed."""
    if audience.group is not None and audience.group != actor.group.id:
        require_over(stores, actor, Permission.ASK_SURVEYS, Area(group=audience.group))
    for branch in audience.branches:
        require_over(stores, actor, Permission.ASK_SURVEYS, Area(branch=branch))


def _new(stores: Stores, actor: Actor, wish: Wish) -> Round:
    """Raises WrongClosing."""
    at = actor.heard_at
    opens_at = max(wish.opens_at or at, at)
    closes_at = wish.closes_at or usual_closing(stores, actor.group, opens_at)
    if not opens_at < closes_at <= opens_at + MAX_OPEN_TIME:
        raise WrongClosing(days=MAX_OPEN_TIME.days)
    return Round(
        id=RoundId(0),
        questionnaire=wish.questionnaire,
        asker=actor.member,
        group=actor.group.id,
        audience=wish.audience,
        confidence=wish.confidence,
        asked_at=at,
        opens_at=opens_at,
        closes_at=closes_at,
        results_at_once=wish.results_at_once and wish.confidence is not Confidence.ANONYMOUS,
        urgent=wish.urgent,
        previous=wish.previous,
        key=new_key(stores, wish.confidence),
        every=wish.every,
        again_at=None if wish.every is None else next_time(opens_at, wish.every),
    )


def new_key(stores: Stores, confidence: Confidence) -> KeyId | None:
    """A key for what is written about a round, unless it is named."""
    return None if confidence is Confidence.NAMED else stores.encryption.new_key()


def next_time(at: datetime, every: Every) -> datetime:
    """When a round that opens at a moment is asked anew: on the same weekday."""
    return at + timedelta(days=7 if every is Every.WEEK else 28)


def post(stores: Stores, one: Round, at: datetime) -> Round:
    """Tell people of a round: its group, and in private those who are not in the group."""
    posted = replace(one, posted_at=at)
    stores.rounds.save(posted)
    open_ = Button("questionnaire.answer_button", DeepLink(f"{LINK}{one.id}"))
    message = Message("questionnaire.post", {"round": posted}, [[open_]], one.subject)
    stores.outbox.send(one.group, message, key=str(one.subject))
    inside = {member.id for member in stores.members.of(one.group)}
    invite(stores, posted, accounts_of(stores, one.audience) - inside - _asked_lately(stores, posted, at), at)
    return posted


def _asked_lately(stores: Stores, one: Round, at: datetime) -> set[MemberId]:
    """Who was asked something else this week."""
    if one.urgent:
        return set()
    others = (other for other in stores.rounds.posted_since(at - ONE_A_WEEK) if other.id != one.id)
    return {member for other in others for member in accounts_of(stores, other.audience)}


def invite(stores: Stores, one: Round, members: set[MemberId], at: datetime, *, again: bool = False) -> None:
    """Ask people in private, silently: those who have a chat with the bot and are not on leave."""
    away = stores.people.away(members, stores.chats.get(one.group).day(at))
    for member in stores.members.several(sorted(members - away)):
        if member.private is None or not stores.chats.get(member.private).active:
            continue
        about = invitation(one, member.id)
        open_ = Button("questionnaire.answer_button", Action("round.open", one.id))
        message = Message("questionnaire.invitation", {"round": one, "again": again}, [[open_]], about, silent=True)
        stores.outbox.delete(about, key=f"{about}:before")
        stores.outbox.send(member.private, message, key=f"{about}:{'again' if again else 'first'}")


def invitation(one: Round, member: MemberId) -> Subject:
    """What somebody's invitation to a round is about."""
    return Subject("round_invitation", one.id, member)


def card(one: Round) -> Subject:
    """What the message is about by which whoever asked a round can end it."""
    return Subject("round_card", one.id)


def finish(stores: Stores, one: Round, at: datetime) -> Round:
    """Close a round for good: its answers are final, its button goes, its result follows."""
    stores.responses.close(one)
    closed = replace(one, closed_at=at)
    stores.rounds.save(closed)
    _end(stores, closed)
    publishing.publish(stores, closed, at)
    return closed


def _end(stores: Stores, one: Round) -> None:
    """Nothing is written about a round any more."""
    if one.key is not None:
        stores.encryption.destroy(one.key)
    message = Message("questionnaire.ended", {"round": one})
    stores.outbox.edit(one.subject, message, key=f"{one.subject}:ended")
    stores.outbox.edit(card(one), Message("questionnaire.card", {"round": one}), key=f"{card(one)}:ended")


def close_early(stores: Stores, actor: Actor, *, number: RoundId) -> Round:
    """Close a round before its time. Raises RoundOver, NotAllowed."""
    one = _in_charge(stores, actor, number)
    closed = finish(stores, one, actor.heard_at)
    _note(stores, actor, CLOSED, one, new="early")
    return closed


def withdraw(stores: Stores, actor: Actor, *, number: RoundId) -> Round:
    """Call a round off; what was answered is forgotten. Raises RoundOver, NotAllowed."""
    one = _in_charge(stores, actor, number)
    stores.responses.forget(one)
    gone = replace(one, withdrawn_at=actor.heard_at, again_at=None)
    stores.rounds.save(gone)
    _note(stores, actor, WITHDRAWN, one, new=None)
    _end(stores, gone)
    return gone


def stop_repeating(stores: Stores, actor: Actor, *, number: RoundId) -> Round:
    """Let a round be the last one of its kind. Raises RoundOver, NotAllowed."""
    one = _in_charge(stores, actor, number)
    last = replace(one, again_at=None)
    stores.rounds.save(last)
    if one.again_at is not None:
        _note(stores, actor, STOPPED, one, new=None)
    return last


def show(stores: Stores, actor: Actor, *, number: RoundId) -> Round:
    """A round, to those who can end it. Raises RoundOver, NotAllowed."""
    return _in_charge(stores, actor, number)


def _in_charge(stores: Stores, actor: Actor, number: RoundId) -> Round:
    """A round that is not over, for somebody who may ask where it was asked. Raises RoundOver, NotAllowed."""
    one = stores.rounds.get(number)
    if one is None:
        require(stores, actor, Permission.ASK_SURVEYS)
        raise RoundOver
    if one.asker.id != actor.member.id or actor.has_left:
        require(stores, replace(actor, chat=stores.chats.get(one.group)), Permission.ASK_SURVEYS)
    if one.closed_at is not None or one.withdrawn_at is not None:
        raise RoundOver
    return one


def earlier(stores: Stores, group: Chat, *, most: int) -> list[Round]:
    """The newest rounds of a group, each questionnaire once: it can be asked again."""
    found: dict[str, Round] = {}
    for one in stores.rounds.of(group.id, most * 4):
        found.setdefault(one.questionnaire.title, one)
    return list(found.values())[:most]


def _note(stores: Stores, actor: Actor, action: AuditAction, one: Round, *, new: str | None) -> None:
    stores.audit.note(actor.member.id, action, str(one.subject), old=None, new=new, at=actor.heard_at)
