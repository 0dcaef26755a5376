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
from domain.people.permission import Area, Permission, require
from domain.points.charge import reachable
from domain.refusal import NoMore
from domain.voice.naming import Naming
from domain.voice.suggestion.holding import ANSWER, NOBODY, chain
from domain.voice.suggestion.model import fingerprint
from domain.voice.suggestion.on_call import ON_CALL, on_call
from domain.voice.suggestion.telling import tell_author

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, SuggestionId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion

AlarmId = NewType("AlarmId", int)
RAISED = AuditAction("hazard.raised")
ACKNOWLEDGED = AuditAction("hazard.acknowledged")
FIRST, FURTHER = timedelta(minutes=5), timedelta(minutes=15)  # until the next one hears it; until all hear it again
TO_ALL = 3  # from this time on everybody is rung
MAX_TIMES = 6
QUIET = timedelta(hours=1)  # so long after somebody has seen to it the same words do not ring again


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

    def is_over(self, at: datetime) -> bool:
        """Whether the same words tell of a new danger: it rings no more, and nobody has just seen to it."""
        return self.next_at is None and (self.acknowledged_at is None or at - self.acknowledged_at >= QUIET)


@dataclass(frozen=True, slots=True)
class Shown:
    """An alarm as people read it; without its author where nobody is to know who that was."""

    alarm: Alarm
    text: str
    group: Chat | None
    author: Member | None
    by: Member | None = None


class Hazards(Protocol):
    """Alarms and who is on call, in the store."""

    def add(self, alarm: Alarm) -> Alarm:
        """Remember an alarm; its id is given now."""

    def get(self, alarm: AlarmId) -> Alarm | None:
        """One alarm."""

    def of(self, suggestion: SuggestionId) -> Alarm | None:
        """The alarm of a suggestion."""

    def of_words(self, group: ChatId, fingerprint: str) -> Alarm | None:
        """A group's newest alarm about the same words; none of what is for the next level alone."""

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


def sound(stores: Stores, one: Suggestion, *, word: str, at: datetime) -> Alarm | None:
    """Raise an alarm about a suggestion; its author hears who was told. The same words ring again once that is over."""
    known = stores.hazards.of(one.id)
    if known is None:
        known = _of_same_words(stores, one, at)
    if known is not None and not known.is_over(at):
        if known.suggestion != one.id:
            _tell_author(stores, one, known, _rung(stores, known), at)
        return None
    if known is None:
        known = stores.hazards.add(Alarm(AlarmId(0), one.id, one.group, word, at))
    else:
        known = replace(known, times=max(known.times, TO_ALL - 1), acknowledged_by=None, acknowledged_at=None)
    stores.audit.note(None, RAISED, f"suggestion:{one.id}", old=None, new=None, at=at)
    rung = ring(stores, known, at)
    _tell_author(stores, one, known, rung, at)
    return known


def _of_same_words(stores: Stores, one: Suggestion, at: datetime) -> Alarm | None:
    """An alarm about the words of a new suggestion that is not over: whoever was rung for it hears nothing new."""
    if one.group is None or one.above:
        return None
    found = stores.hazards.of_words(one.group, fingerprint(one.text))
    return None if found is None or found.is_over(at) else found


def _rung(stores: Stores, alarm: Alarm) -> list[Member]:
    return [stores.members.get(one) for one in stores.hazards.called(alarm.id)]


def ring(stores: Stores, alarm: Alarm, at: datetime) -> list[Member]:
    """Ring the next one, or all; and say when it rings again. Quiet hours do not hold it up.

    Nobody is rung for their own words. Who wrote anonymous ones is not known, so two are rung at first.
    """
    one = _suggestion(stores, alarm)
    group = None if alarm.group is None else stores.chats.get(alarm.group)
    times, called = alarm.times + 1, stores.hazards.called(alarm.id)
    people = _ringable(stores, one, group)
    first = 2 if one.naming is Naming.ANONYMOUS and times == 1 else 1
    rung = people if times >= TO_ALL else [who for who in people if who.id not in called][:first] or people
    next_at = None if times >= MAX_TIMES else at + (FIRST if times < TO_ALL else FURTHER)
    made = replace(alarm, times=times, next_at=next_at)
    stores.hazards.save(made)
    stores.hazards.call(alarm.id, [who.id for who in rung if who.id not in called], at)
    chats = [(who.id, who.private) for who in rung if who.private is not None]
    if not chats and group is not None and not one.above:  # nobody can be written to
        chats = [(NOBODY, group.id)]
    for who, chat in chats:
        about = _copy(alarm.id, who)
        stores.outbox.delete(about, key=f"{about}:{times}:before")
        message, key = _message(shown(stores, made), about), f"{about}:{times}"
        stores.outbox.send(chat, message, key=key, urgent=True, if_unknown=IfUnknown.AGAIN)
    return rung


def _ringable(stores: Stores, one: Suggestion, group: Chat | None) -> list[Member]:
    """Who can be rung, in their order; of what is for the next level alone, nobody below that."""
    author = one.author.id if one.naming is Naming.NAMED else NOBODY
    if one.above and group is not None:
        usual = [who for level in chain(stores, group)[1:2] for who in level]
    else:
        usual = list(on_call(stores, group).people)
    return reachable([*usual, *administrators(stores)], author)


def _copy(alarm: AlarmId, member: MemberId) -> Subject:
    return Subject("hazard", alarm, member)


def _message(alarm: Shown, about: Subject) -> Message:
    button = Button("hazard.known_button", Action("hazard.known", alarm.alarm.id))
    open_ = alarm.alarm.acknowledged_at is None
    return Message("hazard.alarm", {"shown": alarm}, [[button]] if open_ else (), about, sounds=True)


def _suggestion(stores: Stores, alarm: Alarm) -> Suggestion:
    """What an alarm is about, also one that waits for its author's word. Raises NoMore."""
    found = stores.suggestions.find(alarm.suggestion)
    if found is None:
        raise NoMore
    return found


def shown(stores: Stores, alarm: Alarm) -> Shown:
    """An alarm as people read it."""
    one, by = _suggestion(stores, alarm), alarm.acknowledged_by
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
        stores.outbox.edit(about, _message(found, about), key=f"{about}:{made.times}:known")
    one = _suggestion(stores, made)
    if one.naming is Naming.ANONYMOUS or one.author.id != actor.member.id:
        _tell_author(stores, one, made, [], at)
    return found


def _tell_author(stores: Stores, one: Suggestion, alarm: Alarm, rung: Sequence[Member], at: datetime) -> None:
    """Tell the author of a suggestion who was rung about it, or who sees to it."""
    message = Message("hazard.told", {"shown": shown(stores, alarm), "people": rung})
    step = "known" if alarm.acknowledged_at is not None else str(alarm.times)
    tell_author(stores, one, message, key=f"hazard.told:{alarm.id}:{one.id}:{step}", at=at, urgent=True)


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
