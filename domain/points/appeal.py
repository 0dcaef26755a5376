"""Appeals: somebody has a question about their points, and who is in charge answers within some workdays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import plain
from domain.admin import setting
from domain.admin.setting import Name
from domain.clock.calendar import workdays
from domain.ids import AppealId
from domain.messaging.administrators import administrators, secretaries, secretaries_among
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import (
    EVERYWHERE,
    Permission,
    allows_over,
    require,
    require_everywhere,
    require_over,
)
from domain.points import account
from domain.points.adjustment import NotYourOwn, area
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.points.account import Item
    from domain.points.adjustment import Adjusted
    from domain.points.features import Stores

MAX_A_DAY = 3
MAX_TEXT_CHARS = 500
CHOICES = 6  # items to choose from
A_DAY = timedelta(days=1)


class NoWords(Refusal):
    """No words, or too many."""

    text = "appeal.no_words"


class TooManyAppeals(Refusal):
    """More in a day than one person has in earnest."""

    text = "appeal.too_many"


class AlreadyAsked(Refusal):
    """Their question about it waits for its answer."""

    text = "appeal.already_asked"


class Answered(Refusal):
    """Somebody else has answered it."""

    text = "appeal.already_answered"


class State(StrEnum):
    """What has become of an appeal."""

    OPEN = "open"
    EXPLAINED = "explained"
    CORRECTED = "corrected"
    ERASED = "erased"  # with whoever asked


class Level(StrEnum):
    """Who answers."""

    SECRETARY = "secretary"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, slots=True)
class Appeal:
    """A question about an item (its first entry's number), or about something that is missing (`None`).

    `due_on` is the last day for the answer.
    """

    id: AppealId
    member: MemberId
    entry: int | None
    text: str
    level: Level
    made_at: datetime
    due_on: date
    state: State = State.OPEN
    answer: str = ""
    answered_by: MemberId | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question goes: to whom, until when they answer; `escalates`: to the administrators where they do not."""

    level: Level
    answerers: Sequence[Member]
    due_on: date

    @property
    def escalates(self) -> bool:
        """Whether it goes on to the administrators when nobody has answered in time."""
        return self.level is Level.SECRETARY


@dataclass(frozen=True, slots=True)
class Shown:
    """An appeal as people see it, with who asks and what it is about."""

    appeal: Appeal
    member: Member
    item: Item | None
    by: Member | None = None


class Appeals(Protocol):
    """Appeals in the store."""

    def add(self, appeal: Appeal) -> Appeal:
        """Remember an appeal; its id is given now."""

    def get(self, appeal: AppealId) -> Appeal | None:
        """One appeal, if there is such a one."""

    def save(self, appeal: Appeal) -> None:
        """Remember what has changed about an appeal."""

    def open_of(self, member: MemberId) -> list[Appeal]:
        """A member's appeals that wait for their answers, oldest first."""

    def has_asked(self, member: MemberId, entry: int) -> bool:
        """Whether a member has asked about an item before."""

    def since(self, member: MemberId, at: datetime) -> int:
        """How many a member has made since a moment."""

    def answerers(self, appeal: AppealId) -> list[MemberId]:
        """Who was asked for the answer."""

    def ask(self, appeal: AppealId, members: Iterable[MemberId]) -> None:
        """Note who is asked for the answer; whoever was before is not any more."""

    def waiting_for(self, member: MemberId) -> list[Appeal]:
        """What waits for a member's answer, the first due first."""

    def overdue(self, day: date) -> list[Appeal]:
        """What secretaries had to answer before a day and did not."""

    def open_within(self, first: date, last: date) -> int:
        """How many are open about entries of a span of days, or about something that is missing."""


class HasAppeals(Protocol):
    """Stores with this one among them."""

    @property
    def appeals(self) -> Appeals:
        """See `Appeals`."""


def choices(stores: Stores, actor: Actor) -> list[Item]:
    """One's newest items, to ask about one of them."""
    require(stores, actor, Permission.SEE_OWN)
    return account.recent(stores, actor.member.id, CHOICES)


def route(stores: Stores, actor: Actor, *, number: int | None) -> Route:
    """Where one's question about an item goes. Raises NoMore, AlreadyAsked, TooManyAppeals."""
    require(stores, actor, Permission.SEE_OWN)
    own, at = actor.member.id, actor.heard_at
    item = None if number is None else _own_item(stores, own, number)
    if item is not None and item.number in {one.entry for one in stores.appeals.open_of(own)}:
        raise AlreadyAsked
    if stores.appeals.since(own, at - A_DAY) >= MAX_A_DAY:
        raise TooManyAppeals(most=MAX_A_DAY)
    due_on = workdays_after(stores, actor.today, setting.days_of(stores, Name.APPEAL_DAYS))
    found = [] if _is_for_administrators(stores, actor, item) else _secretaries(stores, own)
    if found:
        return Route(Level.SECRETARY, found, due_on)
    return Route(Level.ADMINISTRATORS, _administrators(stores, own), due_on)


def _own_item(stores: Stores, member: MemberId, number: int) -> Item:
    item = account.item(stores, number)
    if item.lines[0].entry.member != member:
        raise NoMore
    return item


def _is_for_administrators(stores: Stores, actor: Actor, item: Item | None) -> bool:
    """What a person has decided, what was answered before, and what a secretary asks is not for a secretary."""
    own = actor.member.id
    if allows_over(stores, actor, Permission.ADJUST_POINTS, area(stores, own)):
        return True
    if item is None:
        return False
    decided = any(stores.adjustments.made(line.number) for line in item.lines)
    return decided or stores.appeals.has_asked(own, item.number)


def _secretaries(stores: Stores, member: MemberId) -> list[Member]:
    """The secretaries of a member's branch or the next above it, else of their group; who can be written to."""
    person = stores.people.of_member(member)
    if person is None:
        home = stores.members.home(member)
        return [] if home is None else _reachable(secretaries(stores, stores.chats.get(home)), member)
    for branch in stores.branches.ancestors(person.branch):
        found = _reachable(secretaries_among(stores.grants.of_branch(branch.id)), member)
        if found:
            return found
    return []


def _administrators(stores: Stores, but: MemberId) -> list[Member]:
    return _reachable(administrators(stores), but)


def _reachable(members: Iterable[Member], but: MemberId) -> list[Member]:
    found = {one.id: one for one in members if one.private is not None and one.id != but}
    return list(found.values())


def workdays_after(stores: Stores, day: date, count: int) -> date:
    """The day that is so many workdays after another."""
    works = workdays(stores)
    while count:
        day += A_DAY
        count -= works(day)
    return day


def check_words(words: str) -> str:
    """A question or an answer as it is kept. Raises NoWords."""
    found = plain.clean(words).strip()
    if not plain.line(found) or len(found) > MAX_TEXT_CHARS:
        raise NoWords(most=MAX_TEXT_CHARS)
    return found


def ask(stores: Stores, actor: Actor, *, number: int | None, words: str) -> Shown:
    """Ask about an item, or about something that is missing; who is in charge is told in private.

    Raises NoWords, and what `route` does.
    """
    require(stores, actor, Permission.SEE_OWN)
    text, way = check_words(words), route(stores, actor, number=number)
    item = None if number is None else _own_item(stores, actor.member.id, number)
    entry = None if item is None else item.number
    new = Appeal(AppealId(0), actor.member.id, entry, text, way.level, actor.heard_at, way.due_on)
    made = stores.appeals.add(new)
    _put(stores, made, way.answerers, actor.heard_at)
    return shown(stores, made)


def _put(stores: Stores, appeal: Appeal, answerers: Sequence[Member], at: datetime) -> None:
    """Tell those who answer, each by one message of their own."""
    stores.appeals.ask(appeal.id, [one.id for one in answerers])
    for one in answerers:
        if one.private is not None:
            stores.outbox.send(one.private, card(stores, appeal, one.id), key=f"{_subject(appeal, one.id)}")
        stores.hooks.changed(one.id, f"appeal:{appeal.id}:{appeal.level}", at)


def _subject(appeal: Appeal, answerer: MemberId) -> Subject:
    return Subject("appeal", appeal.id, answerer)


def shown(stores: Stores, appeal: Appeal) -> Shown:
    """An appeal with who asks, what it is about and who has answered."""
    item = None if appeal.entry is None else account.item(stores, appeal.entry)
    by = None if appeal.answered_by is None else stores.members.get(appeal.answered_by)
    return Shown(appeal, stores.members.get(appeal.member), item, by)


def card(stores: Stores, appeal: Appeal, answerer: MemberId) -> Message:
    """The message to one who answers, as it is now."""
    row = [
        Button("appeal.correct_button", Action("appeal.correct", appeal.id)),
        Button("appeal.explain_button", Action("appeal.explain", appeal.id)),
    ]
    buttons = [row] if appeal.state is State.OPEN else []
    return Message("appeal.card", {"shown": shown(stores, appeal)}, buttons, _subject(appeal, answerer))


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
    stores.outbox.delete(_subject(found, own), key=f"{key}:before")
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
    return _close(stores, actor, replace(open_, state=State.EXPLAINED, answer=answer))


def correct(stores: Stores, actor: Actor, *, number: AppealId, done: Adjusted) -> Shown:
    """Answer by what was changed. Raises NoMore where that was somebody else's, and what `to_answer` does."""
    open_ = to_answer(stores, actor, number=number).appeal
    if done.member.id != open_.member:
        raise NoMore
    answer = f"{done.points:+} {done.reason}"
    return _close(stores, actor, replace(open_, state=State.CORRECTED, answer=answer))


def _close(stores: Stores, actor: Actor, answered: Appeal) -> Shown:
    at = actor.heard_at
    closed = replace(answered, answered_by=actor.member.id, answered_at=at)
    stores.appeals.save(closed)
    _redraw(stores, closed, at)
    found = shown(stores, closed)
    if found.member.private is not None:
        stores.outbox.send(
            found.member.private, Message("appeal.told", {"shown": found}), key=f"told:appeal:{closed.id}"
        )
    stores.hooks.changed(closed.member, f"appeal:{closed.id}:closed", at)
    return found


def _redraw(stores: Stores, appeal: Appeal, at: datetime) -> None:
    """Let the messages to those who answer, and their cards, say how it stands."""
    for one in stores.appeals.answerers(appeal.id):
        subject = _subject(appeal, one)
        stores.outbox.edit(subject, card(stores, appeal, one), key=f"{subject}:{appeal.state}:{appeal.level}")
        stores.hooks.changed(one, f"appeal:{appeal.id}:{appeal.state}:{appeal.level}", at)


def escalate_overdue(stores: Stores, slot: datetime) -> None:
    """Pass on to the administrators, once, what the secretaries have not answered in time."""
    for one in stores.appeals.overdue(day_of(stores, slot)):
        escalate(stores, one, slot)


def day_of(stores: Stores, at: datetime) -> date:
    """The enterprise's calendar day."""
    return at.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()


def escalate(stores: Stores, appeal: Appeal, at: datetime) -> None:
    """Pass an appeal on to the administrators. The messages to the secretaries say so."""
    due_on = workdays_after(stores, day_of(stores, at), setting.days_of(stores, Name.APPEAL_DAYS))
    up = replace(appeal, level=Level.ADMINISTRATORS, due_on=due_on)
    stores.appeals.save(up)
    before, above = stores.appeals.answerers(appeal.id), _administrators(stores, appeal.member)
    for one in before:
        subject = _subject(appeal, one)
        passed_on = Message("appeal.passed_on", {"shown": shown(stores, up)}, subject=subject)
        still = one in {other.id for other in above}
        message = card(stores, up, one) if still else passed_on
        stores.outbox.edit(subject, message, key=f"{subject}:passed_on")
        stores.hooks.changed(one, f"appeal:{appeal.id}:passed_on", at)
    _put(stores, up, above, at)


def may_answer(stores: Stores, actor: Actor, appeal: Appeal) -> bool:
    """Whether somebody may still answer what they were asked for."""
    over = EVERYWHERE if appeal.level is Level.ADMINISTRATORS else area(stores, appeal.member)
    return allows_over(stores, actor, Permission.ADJUST_POINTS, over)
