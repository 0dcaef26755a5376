"""A run goes on: the steps whose turn has come are given as tasks, and a task that ends brings others their turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.audit import AuditAction
from domain.clock.calendar import nearest_workday, workdays
from domain.ids import RunId, RunStepId
from domain.messaging import administrators
from domain.people.permission import Permission, require
from domain.work import task
from domain.work.procedure import card, looking_back
from domain.work.procedure.holding import holders, names
from domain.work.procedure.model import (
    MAX_ABOUT_CHARS,
    MAX_RUNS,
    AboutTooLong,
    EventGone,
    Run,
    RunNotFound,
    RunOver,
    RunState,
    StepState,
    TooManyRuns,
    steps_of,
)
from domain.work.procedure.planning import A_DAY, Days
from domain.work.procedure.template import OF_EVENT
from domain.work.task import LinkKind, Order, Plan, assign, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.procedure.card import Card
    from domain.work.procedure.holding import Holders
    from domain.work.procedure.model import Kept, RunStep
    from domain.work.procedure.template import Step
    from domain.work.task import Task

STARTED = AuditAction("procedure.started")
STOPPED = AuditAction("procedure.stopped")
AHEAD = (7, 14, 21, 30)  # days from today that are offered for an event
MAX_TITLE_CHARS = 200  # of a task


@dataclass(frozen=True, slots=True)
class Wish:
    """A run that is to be started: of which procedure, about what, and the day of its event, where it has one."""

    kept: Kept
    about: str = ""
    event_on: date | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A step of a run that is to be started: who will do it, and its day, where that is known already."""

    number: int
    step: Step
    names: Sequence[str]
    stands_in: bool
    day: date | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A run that is to be started, as its preview shows it."""

    wish: Wish
    steps: Sequence[Foreseen]


def outline(stores: Stores, *, group: Chat, starter: MemberId, wish: Wish) -> Outline:
    """Who would do what; nothing is stored. Days are told as far as they hang on the event alone."""
    days = None if wish.event_on is None else days_of(stores, group, wish.event_on, wish.event_on)
    found = []
    for number, step in enumerate(wish.kept.procedure.steps, 1):
        called, stands_in = names(stores, group, step.who, starter)
        day = days.day(step, days.start) if days is not None and step.anchor in OF_EVENT else None
        found.append(Foreseen(number, step, called, stands_in, day))
    return Outline(wish, found)


def days_of(stores: Stores, group: Chat, start: date, event: date | None) -> Days:
    """What the due moments of a group's run are counted with."""
    return Days(start, event, workdays(stores), setting.day_end_of(stores, group), group.zone)


def start(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Run:
    """Start a run in the group, post its card, and give its first steps. Said again, it starts nothing.

    Raises NotAllowed, TooManyRuns, EventGone, AboutTooLong.
    """
    require(stores, actor, Permission.PLAN_WORK)
    earlier = stores.procedures.started_by(source)
    if earlier is not None:
        return earlier
    _check(stores, actor, wish)
    new = Run(
        RunId(0),
        wish.kept,
        actor.group.id,
        actor.member.id,
        actor.heard_at,
        steps_of(wish.kept.procedure.steps),
        wish.about,
        wish.event_on,
    )
    run = stores.procedures.start(new, source)
    stores.audit.note(actor.member.id, STARTED, str(run.card), old=None, new=None, at=actor.heard_at)
    going = go_on(stores, run, actor.heard_at)
    stores.outbox.send(going.group, card.drawn(stores, going, actor.heard_at), key=str(going.card))
    return going


def _check(stores: Stores, actor: Actor, wish: Wish) -> None:
    if len(wish.about) > MAX_ABOUT_CHARS:
        raise AboutTooLong(most=MAX_ABOUT_CHARS)
    if wish.event_on is not None and wish.event_on < actor.today:
        raise EventGone(day=wish.event_on)
    if len(stores.procedures.going(actor.group.id)) >= MAX_RUNS:
        raise TooManyRuns(most=MAX_RUNS)


def go_on(stores: Stores, run: Run, at: datetime) -> Run:
    """Give the steps whose turn has come, each once. Returns the run as it then stands."""
    turn = _Turn(stores, run, at)
    opened = {one.id: turn.give(one) for one in run.ready()}
    return replace(run, steps=tuple(opened.get(one.id, one) for one in run.steps))


class _Turn:
    """Gives the steps of a run whose turn comes at a moment."""

    def __init__(self, stores: Stores, run: Run, at: datetime) -> None:
        self.stores = stores
        self.run = run
        self.at = at
        self.group = stores.chats.get(run.group)
        self.days = days_of(stores, self.group, self.group.day(run.started_at), run.event_on)

    def give(self, one: RunStep) -> RunStep:
        """Give the task of a step, and tell whoever does it."""
        found = self._holders(one.step.who)
        order = self._order(one, found.people)
        self._tell(assign(self.stores, order, self.at), one)
        opened = replace(one, state=StepState.OPEN, opened_at=self.at, due_at=order.due_at, stands_in=found.stands_in)
        self.stores.procedures.save_step(opened)
        return opened

    def _order(self, one: RunStep, owners: Sequence[Member]) -> Order:
        step, title = one.step, f"{self.run.title}：{one.step.title}"
        return Order(
            self.group,
            owners,
            self.stores.members.get(self.run.starter),
            Plan(title[:MAX_TITLE_CHARS], step.check, step.outcome),
            self.days.due(step, self.at),
            f"procedure:{one.id}",
            reviewer=self._reviewer(step, owners),
            together=len(owners) > 1,
            links=(one.link,),
        )

    def _holders(self, who: str) -> Holders:
        return holders(self.stores, self.group, who, self.run.starter, self.at)

    def _reviewer(self, step: Step, owners: Sequence[Member]) -> MemberId | None:
        """Who judges the result, if not one of its owners."""
        if not step.reviewer:
            return None
        found = self._holders(step.reviewer).people[0].id
        return None if found in {one.id for one in owners} else found

    def _tell(self, tasks: Sequence[Task], one: RunStep) -> None:
        """Send the task's card: in private to who does it, into the group where they can only be called there."""
        owners = [task.owner for task in tasks]
        private = owners[0].private if len(owners) == 1 else None
        shown = replace(drawn(tasks), sounds=True)
        self.stores.outbox.send(private or tasks[0].group, shown, key=f"procedure.step:{one.id}")


def task_ended(stores: Stores, ended: Task, at: datetime) -> None:
    """A task was done or withdrawn: where it was a step's, that step has ended once no task of it is open."""
    for link in stores.tasks.links(ended.batch):
        run = stores.procedures.run_of(RunStepId(link.number)) if link.kind is LinkKind.STEP else None
        if run is not None and run.state is RunState.GOING:
            _end_step(stores, run, RunStepId(link.number), at)


def _end_step(stores: Stores, run: Run, number: RunStepId, at: datetime) -> None:
    one = next(step for step in run.steps if step.id == number)
    left = stores.tasks.linked_to(one.link)
    if one.state is not StepState.OPEN or any(task.done_at is None for task in left):
        return
    state = StepState.DONE if left else StepState.SKIPPED
    over = replace(one, state=state, ended_at=at)
    stores.procedures.save_step(over)
    now = replace(run, steps=tuple(over if step.id == number else step for step in run.steps))
    if now.ended == len(now.steps):
        _finish(stores, now, at)
    else:
        now = go_on(stores, now, at)
    card.refresh(stores, now, at, f"ended:{number}")


def _finish(stores: Stores, run: Run, at: datetime) -> None:
    done = replace(run, state=RunState.DONE, ended_at=at)
    stores.procedures.end(done)
    looking_back.ask(stores, done, at)


def starter_left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Somebody has left by the roster: the runs that they have started are now the secretary's, where there is one."""
    for run in stores.procedures.started(member):
        group = stores.chats.get(run.group)
        heirs = [one for one in administrators.secretaries(stores, group) if one.id != member]
        if heirs:
            stores.procedures.hand_over(run.id, heirs[0].id)
            if run.state is RunState.DONE and stores.lessons.of_run(run.id) is None:
                stores.outbox.delete(looking_back.about(run), key=f"{looking_back.about(run)}:{at.timestamp()}")


def find(stores: Stores, actor: Actor, *, number: RunId) -> Run:
    """A run of the group. Raises NotAllowed, RunNotFound."""
    require(stores, actor, Permission.PLAN_WORK)
    run = stores.procedures.run(number)
    if run is None or run.group != actor.group.id:
        raise RunNotFound
    return run


def look(stores: Stores, actor: Actor, *, number: RunId) -> Card:
    """A run of the group with all its steps. Raises NotAllowed, RunNotFound."""
    return card.whole(stores, find(stores, actor, number=number))


def days_ahead(stores: Stores, actor: Actor) -> list[date]:
    """Some workdays that may be the day of an event. Raises NotAllowed."""
    require(stores, actor, Permission.PLAN_WORK)
    works = workdays(stores)
    days = (nearest_workday(actor.today + ahead * A_DAY, works, A_DAY) for ahead in AHEAD)
    return list(dict.fromkeys(days))


def stoppable(stores: Stores, actor: Actor, *, number: RunId) -> Run:
    """A run of the group that goes on. Raises NotAllowed, RunNotFound, RunOver."""
    run = find(stores, actor, number=number)
    if run.state is not RunState.GOING:
        raise RunOver(run=run)
    return run


def stop(stores: Stores, actor: Actor, *, number: RunId) -> Run:
    """Stop a run of the group: its open tasks are withdrawn, nothing more is given.

    Raises NotAllowed, RunNotFound, RunOver.
    """
    run = stoppable(stores, actor, number=number)
    stopped = replace(run, state=RunState.STOPPED, ended_at=actor.heard_at)
    stores.procedures.end(stopped)  # first: what is withdrawn below brings no step its turn
    for one in run.steps:
        for open_one in stores.tasks.linked_to(one.link) if one.state is StepState.OPEN else ():
            if open_one.done_at is None:
                task.withdraw(stores, actor, number=open_one.id)
    stores.audit.note(actor.member.id, STOPPED, str(run.card), old=None, new=None, at=actor.heard_at)
    card.refresh(stores, stopped, actor.heard_at, "stopped")
    return stopped
