"""The plan of trainings by quarter: a line is planned, looked at, and taken out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import TrainingId
from domain.life.training import people
from domain.life.training.model import (
    FARTHEST_QUARTERS,
    HUNDRED,
    MAX_MINUTES,
    MAX_SUBJECT_CHARS,
    MAX_VALID_MONTHS,
    Exam,
    NoSubject,
    Scope,
    Training,
    TrainingNotFound,
    UnknownAudience,
    Whom,
    WithdrawnAlready,
    WrongHours,
    WrongPassMark,
    WrongQuarter,
    WrongValidity,
)
from domain.life.training.quarter import Quarter
from domain.life.training.standing import Standing, state
from domain.people.permission import Permission, require
from domain.study.sets import testing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import BranchId
    from domain.life.features import Stores
    from domain.life.meeting.model import Meeting
    from domain.life.training.model import Session
    from domain.life.training.people import Learner
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

PLANNED, WITHDRAWN = AuditAction("training.planned"), AuditAction("training.withdrawn")


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever plans a training asks for."""

    subject: str
    whom: Whom
    minutes: int
    quarter: Quarter
    required: bool = False
    valid_months: int | None = None
    test: Exam | None = None
    need: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What would be planned, and for how many people."""

    wish: Wish
    people: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The trainings of a group in a quarter, its own and those of the branches above."""

    group: Chat
    quarter: Quarter
    trainings: Sequence[Training]


@dataclass(frozen=True, slots=True)
class Detail:
    """A training with its sessions in a group. `is_own` tells whether it was planned there."""

    training: Training
    group: Chat
    people: int
    done: int
    sessions: Sequence[tuple[Session, Meeting]]
    is_own: bool


def check(stores: Stores, group: Chat, wish: Wish, today: Quarter) -> None:
    """Whether a wish can be planned.

    Raises NoSubject, WrongHours, WrongQuarter, WrongValidity, WrongPassMark, UnknownAudience.
    """
    if not plain.key(wish.subject):
        raise NoSubject
    if not 0 < wish.minutes <= MAX_MINUTES:
        raise WrongHours(most=MAX_MINUTES // 60)
    if not today <= wish.quarter <= today.later(FARTHEST_QUARTERS):
        raise WrongQuarter(first=today, last=today.later(FARTHEST_QUARTERS))
    if wish.valid_months is not None and not 0 < wish.valid_months <= MAX_VALID_MONTHS:
        raise WrongValidity(most=MAX_VALID_MONTHS)
    if wish.test is not None and not 0 < wish.test.pass_mark <= HUNDRED:
        raise WrongPassMark
    _check_whom(stores, group, wish.whom)


def _check_whom(stores: Stores, group: Chat, whom: Whom) -> None:
    is_role = whom.scope is Scope.ROLE and whom.name not in people.roles(stores, group)
    is_branch = whom.scope is Scope.BRANCH and whom.branch not in people.below(stores, group)
    if is_role or is_branch:
        raise UnknownAudience(name=whom.name)


def outline(stores: Stores, group: Chat, wish: Wish) -> Outline:
    """What a wish would plan."""
    return Outline(wish, len(people.meant(stores, wish.whom, group.branch, people.of_group(stores, group))))


def plan(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Training:
    """Plan a training, once for each source. Raises what `check` does, and TooFewQuestions."""
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.trainings.planned_by(source)
    if known is not None:
        return known
    group = actor.group
    check(stores, group, wish, Quarter.of(actor.today))
    if wish.test is not None:
        testing.check(stores, group, wish.test.topic, actor.now)
    new = Training(
        TrainingId(0),
        group.id,
        group.branch,
        plain.tidy(wish.subject)[:MAX_SUBJECT_CHARS],
        wish.whom,
        wish.minutes,
        wish.quarter,
        wish.required,
        actor.member.id,
        actor.heard_at,
        wish.valid_months,
        wish.test,
        wish.need,
    )
    made = stores.trainings.add(new, source)
    stores.audit.note(actor.member.id, PLANNED, f"training:{made.id}", old=None, new=None, at=actor.heard_at)
    return made


def withdraw(stores: Stores, actor: Actor, *, number: TrainingId) -> Training:
    """Take a training out of the group's own plan; certificates stay. Raises TrainingNotFound, WithdrawnAlready."""
    require(stores, actor, Permission.PLAN_WORK)
    training = stores.trainings.get(number)
    if training is None or training.group != actor.group.id:
        raise TrainingNotFound
    if training.withdrawn_at is not None:
        raise WithdrawnAlready(training=training)
    stores.trainings.withdraw(number, actor.heard_at)
    stores.audit.note(actor.member.id, WITHDRAWN, f"training:{number}", old=None, new=None, at=actor.heard_at)
    return training


def applying(stores: Stores, group: Chat) -> list[Training]:
    """The trainings that concern people of a group: its own, and those of the branches above it."""
    above: list[BranchId] = [] if group.branch is None else [one.id for one in stores.branches.ancestors(group.branch)]
    return stores.trainings.over(above, group.id)


def held_here(stores: Stores, actor: Actor, number: TrainingId) -> Training:
    """A training of the group's plan or of a branch above, for whoever plans the group's work.

    Raises TrainingNotFound, WithdrawnAlready.
    """
    require(stores, actor, Permission.PLAN_WORK)
    training = stores.trainings.get(number)
    above = () if actor.group.branch is None else stores.branches.ancestors(actor.group.branch)
    if training is None or not (training.group == actor.group.id or training.branch in {one.id for one in above}):
        raise TrainingNotFound
    if training.withdrawn_at is not None:
        raise WithdrawnAlready(training=training)
    return training


def show(stores: Stores, actor: Actor, *, quarter: Quarter | None = None) -> Plan:
    """The plan of a quarter; of the one that runs where none is named."""
    require(stores, actor, Permission.PLAN_WORK)
    wanted = quarter or Quarter.of(actor.today)
    found = [one for one in applying(stores, actor.group) if one.quarter == wanted]
    return Plan(actor.group, wanted, found)


def detail(stores: Stores, actor: Actor, *, number: TrainingId) -> Detail:
    """A training with its sessions in the group. Raises TrainingNotFound, WithdrawnAlready."""
    training = held_here(stores, actor, number)
    group = actor.group
    learners = people.meant(stores, training.whom, training.branch, people.of_group(stores, group))
    done = len(learners) - len(missing(stores, training, learners, actor.today))
    held = []
    for session in stores.trainings.sessions(number):
        meeting = stores.meetings.get(session.meeting)
        if meeting is not None and meeting.group == group.id:
            held.append((session, meeting))
    return Detail(training, group, len(learners), done, held, is_own=training.group == group.id)


def missing(stores: Stores, training: Training, learners: Sequence[Learner], day: date) -> list[Learner]:
    """Those who have not done a training, or whose certificate has run out or is about to."""
    records = stores.trainings.records(same(stores, training))
    found = []
    for one in learners:
        now = state(training, [record for record in records if one.has(record)], day)
        if now.standing is not Standing.DONE:
            found.append(one)
    return found


def same(stores: Stores, training: Training) -> list[TrainingId]:
    """The trainings of the same plan about the same subject, with those that were withdrawn not among them."""
    found = [one.id for one in stores.trainings.of_group(training.group) if one.key == training.key]
    return [*{*found, training.id}]
