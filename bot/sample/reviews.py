"""Tasks of the sample whose results are reviewed: one was returned once and then accepted, two wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.sample.enterprise import Enterprise
from domain.ids import EvidenceId
from domain.people.actor import Actor
from domain.people.naming import Chosen
from domain.report.features import Stores
from domain.work import task
from domain.work.task import MYSELF, Evidence, EvidenceKind, Grade, Plan, Terms

BRANCH = "machining"


@dataclass(frozen=True, slots=True)
class Told:
    """A task with what was handed in for it, and how it was judged; moments as the sample writes them."""

    owner: str
    plan: Plan
    given: str
    due: str
    handed_in: tuple[tuple[str, str], ...]
    returned: tuple[str, str] | None = None
    accepted: tuple[str, Grade] | None = None


TASKS = (
    Told(
        "sun",
        Plan("修订二号加工中心换模标准作业表", "步骤、时间、责任人三栏齐全", "作业表一份", "上周的换模录像"),
        "-2 thu 09:00",
        "-1 tue 18:00",
        (("-1 mon 16:20", "作业表初稿，共 14 步"), ("-1 tue 10:05", "已补内外部作业的区分，外部作业 5 步前移")),
        ("-1 mon 17:00", "没区分内部、外部作业，请补上再交"),
        ("-1 tue 15:30", Grade.EXCELLENT),
    ),
    Told(
        "zhou",
        Plan("量具红牌区整改", "红牌区画线、挂牌，台账一致", "整改前后对比"),
        "-1 wed 09:10",
        "-1 fri 18:00",
        (("-1 fri 16:40", "红牌区已画线，过期量具 7 件全部下架登记"),),
    ),
    Told(
        "wang",
        Plan("首件检验提示卡试用小结", "写清用了几天、拦住几件", "小结半页"),
        "-1 wed 09:20",
        "-1 fri 18:00",
        (("-1 fri 17:10", "试用四天，拦住首件不合格 2 件，建议推广到磨床班"),),
    ),
)

Who = Callable[[str, str, datetime], Actor]
"""Somebody of the sample by their code, in the group of a branch, at a moment."""


def events(
    stores: Stores, enterprise: Enterprise, actor: Who, chosen: Callable[[str], Chosen]
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """What happens to them, each with its moment."""
    secretary = enterprise.secretary(BRANCH).code
    for number, told in enumerate(TASKS):
        at, source = enterprise.moment(told.given), f"sample/review/{number}"
        yield (
            at,
            partial(
                task.give,
                stores,
                actor(secretary, BRANCH, at),
                mentions=[chosen(told.owner)],
                plan=told.plan,
                due_at=enterprise.moment(told.due),
                source=source,
                terms=Terms(reviewer=MYSELF),
            ),
        )
        for when, words in told.handed_in:
            at = enterprise.moment(when)
            yield at, partial(_hand_in, stores, actor(told.owner, BRANCH, at), source, words)
        if told.returned is not None:
            at, reason = enterprise.moment(told.returned[0]), told.returned[1]
            yield at, partial(_give_back, stores, actor(secretary, BRANCH, at), source, reason)
        if told.accepted is not None:
            at, grade = enterprise.moment(told.accepted[0]), told.accepted[1]
            yield at, partial(_accept, stores, actor(secretary, BRANCH, at), source, grade)


def _hand_in(stores: Stores, actor: Actor, source: str, words: str) -> None:
    given = stores.tasks.given_by(source)[0]
    by, kept = actor.member.id, f"{source}:{actor.now.timestamp()}"
    stores.evidence.put(Evidence(EvidenceId(0), given.id, by, actor.now, EvidenceKind.TEXT, kept, words))
    task.finish(stores, actor, number=given.id)


def _give_back(stores: Stores, actor: Actor, source: str, reason: str) -> None:
    task.give_back(stores, actor, number=stores.tasks.given_by(source)[0].id, reason=reason)


def _accept(stores: Stores, actor: Actor, source: str, grade: Grade) -> None:
    task.accept(stores, actor, number=stores.tasks.given_by(source)[0].id, grade=grade)
