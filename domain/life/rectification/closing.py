"""A finding is closed once the results of its tasks were accepted, and opened again if it came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name
from domain.life.rectification import seeing
from domain.life.rectification.card import page_of, refresh_pages, tell_planners
from domain.life.rectification.model import MAX_REASON_CHARS, Finding, Round, State, check_words
from domain.messaging.message import Message
from domain.points import points
from domain.points.due import day_of
from domain.points.event import Event, EventName, Fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.life.features import Stores
    from domain.work.task import Task

CLOSED = Event(EventName("rectification.closed"), facts=(Fact("on_time", bool), Fact("came_back", int)))


def task_ended(stores: Stores, task: Task, at: datetime) -> None:
    """A task was done or withdrawn: with the last of its command its finding is closed, or waits for a measure again.

    Only a result that somebody else has accepted closes it.
    """
    finding = stores.findings.of_task(task.batch)
    if finding is None or finding.state is not State.UNDERWAY:
        return
    left = stores.tasks.batch(task.batch)
    if any(one.done_at is None for one in left):
        return
    by = _accepted_by(stores, left)
    if by is None:
        _release(stores, finding, at)
    else:
        _close(stores, finding, left, by, at)


def _accepted_by(stores: Stores, tasks: Sequence[Task]) -> MemberId | None:
    """Who has accepted the last result; nobody where there is none, or its owner said so alone."""
    if not tasks or any(one.grade is None for one in tasks):
        return None
    last = max(tasks, key=lambda one: (one.done_at or one.given_at, one.id))
    by = next((one.by for one in reversed(stores.tasks.history(last.id)) if one.by is not None), None)
    return None if by in {one.owner.id for one in tasks} else by


def _release(stores: Stores, finding: Finding, at: datetime) -> None:
    """Its tasks were withdrawn: somebody has to say again what is done."""
    last = finding.round
    again = replace(last, batch=None, owner=None, due_at=None, measure="", planned_by=None, planned_at=None)
    opened = replace(finding, state=State.OPEN, round=again)
    stores.findings.save(opened)
    tell_planners(stores, opened, at, but=None)
    _changed(stores, opened, "released", at)


def _close(stores: Stores, finding: Finding, tasks: Sequence[Task], by: MemberId, at: datetime) -> None:
    done_at = max(one.done_at or at for one in tasks)
    its_round = replace(
        finding.round,
        due_at=max(one.due_at for one in tasks),
        owner=tasks[0].owner.id,
        rectified_at=max(one.ended_at or at for one in tasks),
        closed_at=done_at,
        closed_by=by,
        look_on=day_of(stores, done_at) + timedelta(days=setting.days_of(stores, Name.LOOK_BACK_DAYS)),
    )
    closed = replace(finding, state=State.CLOSED, verifier=by, round=its_round)
    stores.findings.save(closed)
    _changed(stores, closed, "closed", at)
    _tell_finder(stores, closed)
    for one in tasks:
        _award(stores, closed, one, at)


def _award(stores: Stores, finding: Finding, task: Task, at: datetime) -> None:
    """What the scheme in force gives for it; nobody earns by what they gave themselves."""
    if task.earns:
        facts = {"on_time": task.on_time, "came_back": finding.came_back}
        source, group = f"finding:{finding.id}:{finding.round.number}:{task.id}", stores.chats.get(finding.group)
        points.award(stores, task.owner.id, group, CLOSED, facts, source=source, cause=finding.title, at=at)


def _tell_finder(stores: Stores, finding: Finding) -> None:
    """Who has found it hears that it is done, silently, unless they have verified it."""
    finder = stores.members.get(finding.finder)
    if finder.private is not None and finder.id != finding.verifier:
        values = {"shown": seeing.shown(stores, finding)}
        key = f"{page_of(finding.id)}:closed:{finding.round.number}"
        stores.outbox.send(finder.private, Message("rectification.closed", values, silent=True), key=key)


def _changed(stores: Stores, finding: Finding, cause: str, at: datetime) -> None:
    refresh_pages(stores, finding, cause, at)
    seeing.changed(stores, finding, cause, at)


def open_again(stores: Stores, finding: Finding, by: MemberId, note: str, at: datetime) -> Finding:
    """It came back: another round begins, and those in charge say what is done. Raises NoWords."""
    words = check_words(note, MAX_REASON_CHARS)
    stores.findings.save(replace(finding, round=replace(finding.round, looked_at=at, holds=False, note=words)))
    opened = replace(finding, state=State.OPEN, round=Round(finding.round.number + 1, at))
    stores.findings.save(opened)
    tell_planners(stores, opened, at, but=by)
    _changed(stores, opened, "came_back", at)
    return opened
