"""Findings of the sample: two branches have the same, closed and in hand; another one waits for a measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.sample.enterprise import Enterprise
from domain.life.rectification import planning
from domain.life.rectification.model import Kind, Source
from domain.life.rectification.opening import Discovery, open_finding
from domain.life.rectification.planning import Measure
from domain.people.actor import Actor
from domain.people.naming import Chosen
from domain.report.features import Stores
from domain.work import task
from domain.work.task import Grade, Plan


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in a branch, found by the secretary of another; moments as the sample writes them."""

    branch: str
    by: str
    found: str
    title: str
    kind: Kind
    source: Source
    item: str = ""
    cause: str = ""
    measure: str = ""
    owner: str = ""
    planned: str = ""
    due: str = ""
    ready: str = ""
    closed: str = ""


FINDINGS = (
    Told(
        "machining",
        "assembly",
        "-3 mon 15:00",
        "支委会会议记录缺少签到",
        Kind.RECORDS,
        Source.SUPERVISION,
        "3.2",
        "记录员换人，没有交接",
        "补齐两次签到，记录本首页附要求",
        "li",
        "-3 tue 09:20",
        "-2 fri 18:00",
        "-2 thu 16:10",
        "-2 fri 10:00",
    ),
    Told(
        "assembly",
        "machining",
        "-2 mon 15:30",
        "支委会记录缺签到",
        Kind.RECORDS,
        Source.SUPERVISION,
        "3.2",
        "以为发了通知就不用签到",
        "会前发签到表，会后当场核对",
        "zhang",
        "-2 tue 09:40",
        "-1 fri 18:00",
        "-1 fri 11:20",
    ),
    Told(
        "machining",
        "machining",
        "-1 thu 14:00",
        "党员责任区标识有三处褪色",
        Kind.SITE,
        Source.SELF_CHECK,
        due="+1 fri 18:00",
    ),
)

Who = Callable[[str, str, datetime], Actor]
"""Somebody of the sample by their code, in the group of a branch, at a moment."""


def events(
    stores: Stores, enterprise: Enterprise, actor: Who, chosen: Callable[[str], Chosen]
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """What happens to them, each with its moment."""
    for number, told in enumerate(FINDINGS):
        source, at = f"sample/finding/{number}", enterprise.moment(told.found)
        finder, secretary = enterprise.secretary(told.by).code, enterprise.secretary(told.branch).code
        last_at = enterprise.moment(told.due) if told.due else None
        yield at, partial(_open, stores, actor(finder, told.branch, at), told, source, last_at)
        if told.planned and last_at is not None:
            at = enterprise.moment(told.planned)
            measure = Measure(told.cause, Plan(told.measure), (chosen(told.owner),), last_at)
            yield at, partial(_plan, stores, actor(secretary, told.branch, at), measure, source)
        if told.ready:
            at = enterprise.moment(told.ready)
            yield at, partial(_finish, stores, actor(told.owner, told.branch, at), source)
        if told.closed:
            at = enterprise.moment(told.closed)
            yield at, partial(_accept, stores, actor(finder, told.branch, at), source)


def _open(stores: Stores, actor: Actor, told: Told, source: str, last_at: datetime | None) -> None:
    open_finding(
        stores,
        actor,
        Discovery(source, actor.group.id, told.title, told.source, told.kind, item=told.item, due_at=last_at),
    )


def _plan(stores: Stores, actor: Actor, measure: Measure, source: str) -> None:
    """The finder verifies it; nobody of the sample's past has a private chat, so that they are named."""
    found = stores.findings.opened_by(source)
    if found is not None:
        named = replace(measure, verifier=found.finder)
        planning.plan(stores, actor, number=found.id, measure=named, source=source)


def _finish(stores: Stores, actor: Actor, source: str) -> None:
    task.finish(stores, actor, number=stores.tasks.given_by(source)[0].id)


def _accept(stores: Stores, actor: Actor, source: str) -> None:
    task.accept(stores, actor, number=stores.tasks.given_by(source)[0].id, grade=Grade.GOOD)
