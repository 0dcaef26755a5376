"""What is done about a finding: its cause, a measure with an owner and a deadline, who verifies it. That is a task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.life.rectification import seeing, sources
from domain.life.rectification.card import refresh_pages, refresh_planners
from domain.life.rectification.model import (
    MAX_CAUSE_CHARS,
    MAX_REASON_CHARS,
    Finding,
    NobodyVerifies,
    NotOpen,
    NotYours,
    OwnVerifier,
    State,
    TooLate,
    check_words,
)
from domain.messaging.message import Message
from domain.people.permission import EVERYWHERE, Area, Permission, allows_over, require
from domain.work import task
from domain.work.task import Given, Link, LinkKind, Order
from domain.work.task.service import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from domain.ids import FindingId, MemberId
    from domain.life.features import Stores
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Wanted
    from domain.work.task import Plan

PLANNED, DROPPED = AuditAction("rectification.planned"), AuditAction("rectification.dropped")
EXTENDED = AuditAction("rectification.extended")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be done: why it came to the finding, what its owners do until when, and who verifies it, if named."""

    cause: str
    plan: Plan
    owners: Sequence[Wanted]
    due_at: datetime
    verifier: MemberId | None = None


def check_due(finding: Finding, due_at: datetime, at: datetime) -> datetime:
    """A deadline that is not later than the one that came with the finding, unless that has passed. Raises TooLate."""
    last = finding.round.last_at
    if last is not None and at < last < due_at:
        raise TooLate(last=last)
    return due_at


def verifier_for(
    stores: Stores, planner: Member, finding: Finding, owners: Collection[MemberId], wanted: MemberId | None
) -> Member:
    """Who verifies it: who was named, else the first who may. Raises OwnVerifier, NobodyVerifies."""
    if wanted is not None and wanted in owners:
        raise OwnVerifier(verifier=stores.members.get(wanted))
    if wanted is not None:
        return stores.members.get(wanted)
    found = seeing.verifiers(stores, finding, planner, owners)
    if not found:
        raise NobodyVerifies
    return found[0]


def plan(stores: Stores, actor: Actor, *, number: FindingId, measure: Measure, source: str) -> Given:
    """Agree on a measure: its owners get a task whose result the verifier accepts or returns.

    Raises FindingNotFound, HasMeasure, NotOpen, NoWords, TooLate, OwnVerifier, NobodyVerifies, and what `task.give`
    does.
    """
    require(stores, actor, seeing.PLAN)
    finding = seeing.to_plan(stores, actor, number=number)
    cause, due_at = check_words(measure.cause, MAX_CAUSE_CHARS), check_due(finding, measure.due_at, actor.now)
    people = meant(stores, actor, measure.owners)
    verifier = verifier_for(stores, actor.member, finding, {one.id for one in people}, measure.verifier)
    order = Order(
        actor.group,
        people,
        actor.member,
        measure.plan,
        due_at,
        source,
        reviewer=verifier.id,
        links=(Link(LinkKind.FINDING, number),),
    )
    tasks = task.assign(stores, order, actor.now, heard_at=actor.heard_at)
    its_round = replace(
        finding.round,
        due_at=due_at,
        cause=cause,
        measure=measure.plan.title,
        planned_by=actor.member.id,
        planned_at=actor.heard_at,
        batch=tasks[0].batch,
        owner=people[0].id,
    )
    _save(stores, actor, replace(finding, state=State.UNDERWAY, verifier=verifier.id, round=its_round), PLANNED)
    sources.measured(stores, finding, tasks[0])
    waiting = [one.name for one in people if one.platform_id is None]
    return Given(tasks, waiting=waiting, around=task.around(stores, tasks[0]))


def _save(stores: Stores, actor: Actor, finding: Finding, action: AuditAction) -> None:
    at = actor.heard_at
    stores.findings.save(finding)
    stores.audit.note(actor.member.id, action, f"finding:{finding.id}", old=None, new=None, at=at)
    refresh_planners(stores, finding, finding.state, at)
    refresh_pages(stores, finding, finding.state, at)
    seeing.changed(stores, finding, finding.state, at)


def to_drop(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """An open finding that somebody may take back. Raises FindingNotFound, NotYours, HasMeasure, NotOpen."""
    require(stores, actor, Permission.TAKE_PART)
    finding = seeing.seen(stores, actor, number=number)
    if finding.state is not State.OPEN:
        raise NotOpen(finding=finding)
    if not _may_drop(stores, actor, finding):
        raise NotYours(finder=stores.members.get(finding.finder))
    return finding


def _may_drop(stores: Stores, actor: Actor, finding: Finding) -> bool:
    """Whether somebody may say that it was no finding: who has found it, and those above the branch."""
    if actor.member.id == finding.finder:
        return True
    branch = actor.group.branch
    parent = None if branch is None else stores.branches.get(branch).parent
    area = EVERYWHERE if parent is None else Area(branch=parent)
    return allows_over(stores, actor, seeing.PLAN, area)


def to_extend(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """A finding whose deadline somebody has set who may move it. Raises FindingNotFound, NotYours, NotOpen."""
    require(stores, actor, Permission.TAKE_PART)
    finding = seeing.seen(stores, actor, number=number)
    if not finding.is_begun or finding.round.last_at is None:
        raise NotOpen(finding=finding)
    if not _may_drop(stores, actor, finding):
        raise NotYours(finder=stores.members.get(finding.finder))
    return finding


def extend(stores: Stores, actor: Actor, *, number: FindingId, last_at: datetime) -> Finding:
    """Set another deadline for rectifying it; that of the task is moved by the branch. Raises what `to_extend` does."""
    require(stores, actor, Permission.TAKE_PART)
    finding = to_extend(stores, actor, number=number)
    extended = replace(finding, round=replace(finding.round, last_at=last_at))
    _save(stores, actor, extended, EXTENDED)
    for one in seeing.planners(stores, extended):
        if one.private is not None and one.id != actor.member.id:
            told = Message("rectification.extended", {"finding": extended}, silent=True)
            key = f"finding:{number}:extended:{one.id}:{actor.heard_at.timestamp()}"
            stores.outbox.send(one.private, told, key=key)
    return extended


def drop(stores: Stores, actor: Actor, *, number: FindingId, reason: str) -> Finding:
    """Say that it was no finding, and why; it counts nowhere. Raises NoWords, and what `to_drop` does."""
    require(stores, actor, Permission.TAKE_PART)
    finding = to_drop(stores, actor, number=number)
    dropped = replace(finding, state=State.DROPPED, reason=check_words(reason, MAX_REASON_CHARS))
    _save(stores, actor, dropped, DROPPED)
    return dropped


def show(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """A finding of the actor's group. Raises FindingNotFound."""
    require(stores, actor, Permission.TAKE_PART)
    return seeing.seen(stores, actor, number=number)
