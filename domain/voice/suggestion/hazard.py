"""Acute danger in a suggestion: whoever is on call hears of it at once, then the next one, until somebody answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NewType, Protocol

from domain.admin.audit import AuditAction
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.messaging.administrators import administrators
from domain.messaging.delivery import IfUnknown
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.identity import vouched_for
from domain.people.permission import EVERYWHERE, Area, Permission, require, require_everywhere
from domain.points.charge import reachable
from domain.refusal import NoMore, Refusal
from domain.voice.naming import Naming
from domain.voice.suggestion.holding import ANSWER, NOBODY, levels
from domain.voice.suggestion.telling import tell_author

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, SuggestionId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member, Mention
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion

AlarmId = NewType("AlarmId", int)
RAISED = AuditAction("hazard.raised")
ACKNOWLEDGED = AuditAction("hazard.acknowledged")
ON_CALL = AuditAction("hazard.on_call")
FIRST, FURTHER = timedelta(minutes=5), timedelta(minutes=15)  # until the next one hears it; until all hear it again
TO_ALL = 3  # from this time on everybody is rung
MAX_TIMES = 6
MAX_ON_CALL = 10


class TooManyOnCall(Refusal):
    """More people than are rung one after another."""

    text = "hazard.too_many"


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm. It has rung so many `times`, and rings again at `next_at`, unless somebody has acknowledged it."""

    id: AlarmId
    suggestion: SuggestionId
    group: ChatId | None
    word: str
    raised_at: datetime
    times: int = 0
    next_at: datetime | None = None
    acknowledged_by: MemberId | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An alarm as people read it; without its author where nobody is to know who that was."""

    alarm: Alarm
    text: str
    group: Chat | None
    author: Member | None
    by: Member | None = None


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is rung, in this order; `own`: somebody has chosen them."""

    group: Chat | None
    people: Sequence[Member]
    own: bool


class Hazards(Protocol):
    """Alarms and who is on call, in the store."""

    def add(self, alarm: Alarm) -> Alarm:
        """Remember an alarm; its id is given now."""

    def get(self, alarm: AlarmId) -> Alarm | None:
        """One alarm."""

    def of(self, suggestion: SuggestionId) -> Alarm | None:
        """The alarm of a suggestion."""

    def save(self, alarm: Alarm) -> None:
        """Remember what has changed about it."""

    def due(self, at: datetime) -> list[Alarm]:
        """What rings again at a moment."""

    def call(self, alarm: AlarmId, members: Iterable[MemberId], at: datetime) -> None:
        """Note whom it has rung."""

    def called(self, alarm: AlarmId) -> list[MemberId]:
        """Whom it has rung, in that order."""

    def on_call(self, area: Area) -> list[MemberId]:
        """Whom somebody has chosen for a part of the enterprise, in their order."""

    def choose(self, area: Area, members: Sequence[MemberId]) -> None:
        """Put others in their place."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are the same person."""

    def drop(self, member: MemberId) -> None:
        """Somebody is on call nowhere any more."""


class HasHazards(Protocol):
    """Stores with this one among them."""

    @property
    def hazards(self) -> Hazards:
        """See `Hazards`."""


def on_call(stores: Stores, group: Chat | None) -> OnCall:
    """Who is rung: those chosen for the group, else for the enterprise, else its secretaries, then administrators."""
    areas = [EVERYWHERE] if group is None else [Area(group=group.id), EVERYWHERE]
    for area in areas:
        chosen = stores.hazards.on_call(area)
        if chosen:
            return OnCall(group, [stores.members.get(one) for one in chosen], own=True)
    usual = [administrators(stores)] if group is None else levels(stores, group)
    people = {one.id: one for level in (*usual[:1], *usual[-1:]) for one in level}
    return OnCall(group, list(people.values()), own=False)


def show(stores: Stores, actor: Actor) -> OnCall:
    """Who is on call here: in a group for it, in private for the enterprise."""
    require(stores, actor, ANSWER)
    return on_call(stores, _place(actor))


def choose(stores: Stores, actor: Actor, *, mentions: Sequence[Mention]) -> OnCall:
    """Say who is on call here; nobody named is the usual. Raises TooManyOnCall, NotEverywhere, and as `vouched_for`.

    Only people whom the platform or the roster vouches for: they will read who has suggested what.
    """
    require(stores, actor, ANSWER)
    group = _place(actor)
    if group is None:
        require_everywhere(stores, actor, ANSWER)
    if len(mentions) > MAX_ON_CALL:
        raise TooManyOnCall(most=MAX_ON_CALL)
    found = [who.id for one in mentions for who in vouched_for(stores, one, actor.heard_at)]
    area = EVERYWHERE if group is None else Area(group=group.id)
    before, now = stores.hazards.on_call(area), list(dict.fromkeys(found))
    stores.hazards.choose(area, now)
    old, new = (" ".join(f"member:{one}" for one in some) or None for some in (before, now))
    if old != new:
        stores.audit.note(actor.member.id, ON_CALL, str(area), old=old, new=new, at=actor.heard_at)
    return on_call(stores, group)


def _place(actor: Actor) -> Chat | None:
    return actor.chat if actor.chat.is_group else None


def sound(stores: Stores, one: Suggestion, *, word: str, at: datetime) -> Alarm | None:
    """Raise an alarm about a suggestion, once; its author hears who was told."""
    if stores.hazards.of(one.id) is not None:
        return None
    made = stores.hazards.add(Alarm(AlarmId(0), one.id, one.group, word, at))
    stores.audit.note(None, RAISED, f"suggestion:{one.id}", old=None, new=None, at=at)
    rung = ring(stores, made, at)
    told = Message("hazard.told", {"shown": shown(stores, made), "people": rung})
    tell_author(stores, one, told, key=f"hazard.told:{made.id}", at=at, urgent=True)
    return made


def ring(stores: Stores, alarm: Alarm, at: datetime) -> list[Member]:
    """Ring the next one, or all; and say when it rings again. Quiet hours do not hold it up."""
    group = None if alarm.group is None else stores.chats.get(alarm.group)
    times, called = alarm.times + 1, stores.hazards.called(alarm.id)
    people = reachable([*on_call(stores, group).people, *administrators(stores)], NOBODY)
    rung = people if times >= TO_ALL else [one for one in people if one.id not in called][:1] or people
    next_at = None if times >= MAX_TIMES else at + (FIRST if times < TO_ALL else FURTHER)
    made = replace(alarm, times=times, next_at=next_at)
    stores.hazards.save(made)
    stores.hazards.call(alarm.id, [one.id for one in rung if one.id not in called], at)
    chats = [(one.id, one.private) for one in rung if one.private is not None]
    if not chats and group is not None:  # nobody can be written to
        chats = [(NOBODY, group.id)]
    for who, chat in chats:
        about = _copy(alarm.id, who)
        stores.outbox.delete(about, key=f"{about}:{times}:before")
        message, key = _message(shown(stores, made), about), f"{about}:{times}"
        stores.outbox.send(chat, message, key=key, urgent=True, if_unknown=IfUnknown.AGAIN)
    return rung


def _copy(alarm: AlarmId, member: MemberId) -> Subject:
    return Subject("hazard", alarm, member)


def _message(alarm: Shown, about: Subject) -> Message:
    button = Button("hazard.known_button", Action("hazard.known", alarm.alarm.id))
    open_ = alarm.alarm.acknowledged_at is None
    return Message("hazard.alarm", {"shown": alarm}, [[button]] if open_ else (), about, sounds=True)


def shown(stores: Stores, alarm: Alarm) -> Shown:
    """An alarm as people read it."""
    found = stores.suggestion_lives.get(alarm.suggestion)
    if found is None:
        raise NoMore
    one, by = found.suggestion, alarm.acknowledged_by
    group = None if alarm.group is None else stores.chats.get(alarm.group)
    author = one.author if one.naming is Naming.NAMED else None
    return Shown(alarm, one.text, group, author, None if by is None else stores.members.get(by))


def acknowledge(stores: Stores, actor: Actor, *, number: AlarmId) -> Shown:
    """Somebody who was rung, or is in charge, sees to it: all messages about it say so.

    Raises NoMore for others. The first one counts.
    """
    require(stores, actor, Permission.TAKE_PART)
    alarm = stores.hazards.get(number)
    called = [] if alarm is None else stores.hazards.called(number)
    if alarm is None or not (actor.member.id in called or actor.chat.id == alarm.group):
        raise NoMore
    if actor.member.id not in called:
        require(stores, actor, ANSWER)  # in the group, where nobody could be written to
    if alarm.acknowledged_at is not None:
        return shown(stores, alarm)
    at = actor.heard_at
    made = replace(alarm, acknowledged_by=actor.member.id, acknowledged_at=at, next_at=None)
    stores.hazards.save(made)
    stores.audit.note(actor.member.id, ACKNOWLEDGED, f"suggestion:{alarm.suggestion}", old=None, new=None, at=at)
    found = shown(stores, made)
    for who in (*called, NOBODY):
        about = _copy(number, who)
        stores.outbox.edit(about, _message(found, about), key=f"{about}:known")
    _tell_author(stores, found, at)
    return found


def _tell_author(stores: Stores, found: Shown, at: datetime) -> None:
    case = stores.suggestion_lives.get(found.alarm.suggestion)
    if case is not None and case.suggestion.author.id != found.alarm.acknowledged_by:
        message = Message("hazard.told", {"shown": found, "people": []})
        tell_author(stores, case.suggestion, message, key=f"hazard.told:{found.alarm.id}:known", at=at, urgent=True)


def ring_due(stores: Stores, slot: datetime) -> None:
    """Ring again what nobody has acknowledged."""
    for alarm in stores.hazards.due(slot):
        ring(stores, alarm, slot)


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.hazards.hand_over(awaited, known)


def _left(stores: Stores, member: MemberId, _: MemberId | None, __: datetime) -> None:
    stores.hazards.drop(member)


RINGING = Schedule("hazard.ring", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "hazard",
    jobs=(EnterpriseJob(RINGING, ring_due),),
    merged=_merged,
    left=_left,
    audit=(RAISED, ACKNOWLEDGED, ON_CALL),
)
