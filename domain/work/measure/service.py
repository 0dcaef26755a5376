"""Measures are begun, looked at, checked and decided, each by who plans the work of its group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.ids import MeasureId
from domain.people.permission import Permission, require
from domain.work import task
from domain.work.lean.figures import Gauge
from domain.work.lean.service import measured, reach
from domain.work.measure.card import refresh_card, shown
from domain.work.measure.model import (
    CHOICES,
    MAX_NAME_CHARS,
    MAX_REASON_CHARS,
    MAX_TEXT_CHARS,
    AlreadyDecided,
    BadDay,
    Measure,
    MeasureNotFound,
    NothingToReport,
    State,
    check_number,
    check_target,
    check_words,
)
from domain.work.task import Link, LinkKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.naming import Wanted
    from domain.work.features import Stores
    from domain.work.lean.figures import Lean
    from domain.work.measure.model import Shown
    from domain.work.task import Given, Plan

BEGUN, DECIDED = AuditAction("measure.begun"), AuditAction("measure.decided")
BASELINE = timedelta(days=90)  # before a measure begins
MAX_TIME_UNTIL_CHECK = timedelta(days=366)
LISTED = 10
PLAN = Permission.PLAN_WORK


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to try. The baseline is theirs to name only where the figure is their own."""

    text: str
    gauge: Gauge | None
    figure: str
    baseline: float | None
    target: float
    check_on: date
    previous: MeasureId | None = None


def gauges(stores: Stores, group: Chat, branch: BranchId | None, at: datetime) -> Mapping[Gauge, float | None]:
    """The figures that the bot measures, as they were in the last 90 days."""
    lean = measured(stores, group, branch, at - BASELINE, at)
    return {gauge: _rounded(lean, gauge) for gauge in Gauge}


def _rounded(lean: Lean, gauge: Gauge) -> float | None:
    """A figure as it is told, so that what is compared with a target is what people read."""
    value = lean.value(gauge)
    return None if value is None else round(value, 1)


def check_day(day: date, today: date) -> date:
    """A day for the check. Raises BadDay."""
    if not today < day <= today + MAX_TIME_UNTIL_CHECK:
        raise BadDay(day=day)
    return day


def begin(stores: Stores, actor: Actor, *, wish: Wish) -> Shown:
    """Begin a measure in the actor's group; what the bot measures, it measures now.

    Raises NoWords, BadNumber, NoBetter, BadDay.
    """
    require(stores, actor, PLAN)
    branch = reach(stores, actor, PLAN)
    baseline = _baseline(stores, actor, branch, wish)
    new = Measure(
        MeasureId(0),
        actor.group.id,
        branch,
        actor.member.id,
        check_words(wish.text, MAX_TEXT_CHARS),
        wish.gauge,
        "" if wish.gauge else check_words(wish.figure, MAX_NAME_CHARS),
        baseline,
        check_target(wish.target, wish.gauge, baseline),
        actor.heard_at,
        check_day(wish.check_on, actor.today),
        previous=None if wish.previous is None else _of_actor(stores, actor, wish.previous).id,
    )
    made = stores.measures.add(new)
    stores.audit.note(actor.member.id, BEGUN, f"measure:{made.id}", old=None, new=None, at=actor.heard_at)
    return shown(stores, made)


def _baseline(stores: Stores, actor: Actor, branch: BranchId | None, wish: Wish) -> float | None:
    """What the figure was before: measured, or as it was said. Raises BadNumber."""
    if wish.gauge is not None:
        return gauges(stores, actor.group, branch, actor.heard_at)[wish.gauge]
    return None if wish.baseline is None else check_number(wish.baseline, None)


def _of_actor(stores: Stores, actor: Actor, number: MeasureId) -> Measure:
    """A measure of the actor's group. Raises MeasureNotFound."""
    found = stores.measures.get(number)
    if found is None or found.group != actor.group.id:
        raise MeasureNotFound  # other groups' measures are not shown
    return found


def group_of(stores: Stores, *, number: MeasureId) -> ChatId:
    """The group whose measure it is. Raises MeasureNotFound."""
    found = stores.measures.get(number)
    if found is None:
        raise MeasureNotFound
    return found.group


def listing(stores: Stores, actor: Actor) -> Sequence[Measure]:
    """The newest measures of the actor's group, those that are open first."""
    require(stores, actor, PLAN)
    return sorted(stores.measures.of_group(actor.group.id, LISTED), key=lambda one: not one.is_open)


def show(stores: Stores, actor: Actor, *, number: MeasureId) -> Shown:
    """One measure of the actor's group. Raises MeasureNotFound."""
    require(stores, actor, PLAN)
    return shown(stores, _of_actor(stores, actor, number))


def measured_again(stores: Stores, measure: Measure, at: datetime) -> Measure:
    """A measure whose day has come, with what its figure is now, since it began."""
    if measure.gauge is None:
        return replace(measure, state=State.DUE)
    group = stores.chats.get(measure.group)
    found = measured(stores, group, measure.branch, measure.made_at, at)
    return replace(measure, state=State.DUE, result=_rounded(found, measure.gauge))


def check_now(stores: Stores, actor: Actor, *, number: MeasureId) -> Shown:
    """Check a measure before its day, or once more. Raises MeasureNotFound, AlreadyDecided."""
    require(stores, actor, PLAN)
    found = _undecided(stores, _of_actor(stores, actor, number))
    checked = measured_again(stores, found, actor.heard_at)
    stores.measures.save(checked)
    _changed(stores, checked, actor.heard_at)
    return shown(stores, checked)


def report(stores: Stores, actor: Actor, *, number: MeasureId, value: float) -> Shown:
    """Say what a figure of one's own is now. Raises MeasureNotFound, AlreadyDecided, NothingToReport, BadNumber."""
    require(stores, actor, PLAN)
    found = _undecided(stores, _of_actor(stores, actor, number))
    if found.gauge is not None:
        raise NothingToReport
    told = replace(found, state=State.DUE, result=check_number(value, None))
    stores.measures.save(told)
    _changed(stores, told, actor.heard_at)
    return shown(stores, told)


def decide(stores: Stores, actor: Actor, *, number: MeasureId, choice: State, reason: str) -> Shown:
    """Say what becomes of a measure, and why; also before its day. Raises MeasureNotFound, AlreadyDecided, NoWords."""
    require(stores, actor, PLAN)
    if choice not in CHOICES:
        raise ValueError(choice)
    found = _undecided(stores, _of_actor(stores, actor, number))
    why = check_words(reason, MAX_REASON_CHARS)
    at = actor.heard_at
    done = replace(found, state=choice, reason=why, decided_at=at, decided_by=actor.member.id)
    stores.measures.save(done)
    stores.audit.note(actor.member.id, DECIDED, f"measure:{number}", old=None, new=choice.value, at=at)
    _changed(stores, done, at)
    return shown(stores, done)


def _undecided(stores: Stores, measure: Measure) -> Measure:
    """Raises AlreadyDecided."""
    if not measure.is_open:
        by = None if measure.decided_by is None else stores.members.get(measure.decided_by)
        raise AlreadyDecided(measure=measure, by=by)
    return measure


def undecided(stores: Stores, actor: Actor, *, number: MeasureId) -> Measure:
    """A measure of which something may still be said. Raises MeasureNotFound, AlreadyDecided."""
    require(stores, actor, PLAN)
    return _undecided(stores, _of_actor(stores, actor, number))


def _changed(stores: Stores, measure: Measure, at: datetime) -> None:
    refresh_card(stores, measure, at)
    stores.hooks.changed(measure.owner, f"measure:{measure.id}:{measure.state}:{at.timestamp()}", at)


def give_task(
    stores: Stores,
    actor: Actor,
    *,
    number: MeasureId,
    mentions: Sequence[Wanted],
    plan: Plan,
    due_at: datetime,
    source: str,
) -> Given:
    """Give tasks in the group that serve a measure.

    Raises MeasureNotFound, AlreadyDecided, and what `task.give` does.
    """
    undecided(stores, actor, number=number)
    link = Link(LinkKind.MEASURE, number)
    return task.give(stores, actor, mentions=mentions, plan=plan, due_at=due_at, source=source, links=(link,))
