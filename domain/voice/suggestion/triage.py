"""Triage: suggestions that wait for those in charge, one after another; what nobody answers in time goes up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.messaging.message import Text
from domain.people import leading
from domain.people.permission import Permission, require
from domain.points.due import day_of
from domain.refusal import NoMore
from domain.today import Part
from domain.voice.suggestion import holding
from domain.voice.suggestion.course import consider, move
from domain.voice.suggestion.holding import ANSWER, changed, desk, held, holders
from domain.voice.suggestion.life import Case, Stage, Step, Told
from domain.voice.suggestion.notes import OPEN, passed_on
from domain.work import task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import MemberId, SuggestionId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Button
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Wanted
    from domain.voice.features import Stores
    from domain.voice.suggestion.life import Life
    from domain.work.task import Given, Plan

CHOICES = 8  # groups to choose from


@dataclass(frozen=True, slots=True)
class Card:
    """The suggestion that comes next (`None`: there is none), as whoever answers it sees it, and how many wait.

    `further` is what other features make of it.
    """

    case: Case | None
    waiting: int
    group: Chat | None = None
    today: date | None = None
    history: Sequence[Told] = ()
    supporters: int = 0
    further: Sequence[Button] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody has just decided, and how many more wait."""

    case: Case
    waiting: int
    group: Chat | None = None
    further: Sequence[Button] = ()


def place_of(stores: Stores, *, number: SuggestionId) -> Chat | None:
    """The group whose secretaries have a suggestion; `None` where the administrators do. Raises NoMore."""
    found = stores.suggestion_lives.get(number)
    if found is None or found.life.stage is Stage.OVER:
        raise NoMore
    return None if found.life.group is None else stores.chats.get(found.life.group)


def next_one(stores: Stores, actor: Actor, *, there: Sequence[Actor], after: int = 0) -> Card:
    """What waits for somebody behind a number; from the beginning again, where that was the last one."""
    require(stores, actor, Permission.TAKE_PART)
    found = desk(stores, actor, there)
    count = stores.suggestion_lives.waiting(found).count
    case = stores.suggestion_lives.next(found, after)
    if case is None and after:
        case = stores.suggestion_lives.next(found, 0)
    return card(stores, actor, case, count)


def later(stores: Stores, actor: Actor, *, number: SuggestionId, version: int, there: Sequence[Actor]) -> Card:
    """Put one off, and go on to the next: who made it hears that somebody looks into it, and until when."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.suggestion_lives.get(number)
    own = None if found is None else next((one for one in there if one.chat.id == found.life.group), None)
    if found is not None and own is not None and found.life.version == version:
        consider(stores, own, number=number, version=version)
    return next_one(stores, actor, there=there, after=number)


def outcome(stores: Stores, actor: Actor, *, case: Case, there: Sequence[Actor]) -> Outcome:
    """What became of one that somebody has just answered, and how many more wait."""
    require(stores, actor, Permission.TAKE_PART)
    group = None if case.life.group is None else stores.chats.get(case.life.group)
    return Outcome(case, waiting(stores, actor, there), group, stores.hooks.suggestion_steps(case))


def waiting(stores: Stores, actor: Actor, there: Sequence[Actor]) -> int:
    """How many wait for somebody."""
    require(stores, actor, Permission.TAKE_PART)
    return stores.suggestion_lives.waiting(desk(stores, actor, there)).count


def card(stores: Stores, actor: Actor, case: Case | None, count: int) -> Card:
    """A suggestion as whoever answers it sees it."""
    require(stores, actor, Permission.TAKE_PART)
    if case is None:
        return Card(None, count)
    group = None if case.life.group is None else stores.chats.get(case.life.group)
    lines = [one for one in stores.suggestion_lives.history(case.suggestion.id) if one.reason]
    told = [Told(one, None if one.by is None else stores.members.get(one.by)) for one in lines]
    supporters = len(stores.suggestions.supporters(case.suggestion.id))
    return Card(case, count, group, actor.today, told[-3:], supporters, stores.hooks.suggestion_steps(case))


def shown(stores: Stores, actor: Actor, *, number: SuggestionId) -> Card:
    """A suggestion at any stage, for whoever may answer it. Raises what `holding.held` does."""
    require(stores, actor, ANSWER)
    return card(stores, actor, held(stores, actor, number), 0)


def places(stores: Stores, actor: Actor, *, number: SuggestionId, words: str = "") -> list[Chat]:
    """Groups to pass a suggestion on to, by a part of their names. Raises what `holding.held` does."""
    own = held(stores, actor, number).life.group
    found = (one for one in stores.chats.groups() if one.id != own and one.is_admitted and one.active)
    return [one for one in found if words in (one.title or "")][:CHOICES]


def may_go_up(stores: Stores, actor: Actor, *, number: SuggestionId) -> bool:
    """Whether somebody is above those who have a suggestion. Raises what `holding.held` does."""
    return holding.may_go_up(stores, held(stores, actor, number).life)


def give_task(
    stores: Stores,
    actor: Actor,
    *,
    number: SuggestionId,
    mentions: Sequence[Wanted],
    plan: Plan,
    due_at: datetime,
    source: str,
) -> Given:
    """Make a task of what was adopted; when that is done, so is the suggestion. Raises WrongStep, and as `task.give`.

    The task names nobody who suggested it.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    found = held(stores, actor, number)
    if not found.life.may(Step.ASSIGN):
        raise changed(stores, found.life)
    given = task.give(stores, actor, mentions=mentions, plan=plan, due_at=due_at, source=source)
    due_on = actor.chat.day(due_at)
    batch = given.tasks[0].batch
    move(stores, found, Step.ASSIGN, by=actor.member.id, at=actor.heard_at, due_on=due_on, batch=batch)
    return given


def tell(stores: Stores, actor: Actor) -> Part | None:
    """How many suggestions wait for somebody, and what happens to those that nobody answers."""
    there = leading.groups_led(stores, actor, ANSWER)
    found = desk(stores, actor, there)
    if not (found.groups or found.below or found.homeless):
        return None
    known = stores.suggestion_lives.waiting(found)
    if not known.count:
        return None
    values = {"count": known.count, "due_on": known.due_on, "passed_on": known.passed_on}
    return Part(Text("triage.today", values), OPEN)


def escalate_overdue(stores: Stores, slot: datetime) -> None:
    """Pass on to the next level what was not answered in time, and tell those there by one message each."""
    told: Counter[MemberId] = Counter()
    people: dict[MemberId, Member] = {}
    for life in stores.suggestion_lives.overdue(day_of(stores, slot)):
        for one in _escalate(stores, life, slot):
            told[one.id] += 1
            people[one.id] = one
    for who, count in told.items():
        passed_on(stores, people[who], count, slot)


def _escalate(stores: Stores, life: Life, at: datetime) -> list[Member]:
    """Those of the next level, who have it now; nobody where there is none."""
    before = {one.id for one in holders(stores, life)}
    case = stores.suggestion_lives.get(life.suggestion)
    if case is None or not holding.may_go_up(stores, life):
        return []
    moved = move(stores, case, Step.ESCALATE, by=None, at=at)
    return [one for one in holders(stores, moved.life) if one.id not in before]


def close_unconfirmed(stores: Stores, slot: datetime) -> None:
    """What is done counts as confirmed where its author has said nothing until the day that they were told."""
    for life in stores.suggestion_lives.unconfirmed(day_of(stores, slot)):
        case = stores.suggestion_lives.get(life.suggestion)
        if case is not None:
            move(stores, case, Step.CONFIRM, by=None, at=slot)


def pass_on(stores: Stores, slot: datetime) -> None:
    """What the clock does with suggestions each morning."""
    escalate_overdue(stores, slot)
    close_unconfirmed(stores, slot)


# Before the morning's work, on the day after the last day for the answer.
MORNING = Schedule("suggestion.overdue", cron="25 8 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
