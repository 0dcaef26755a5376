"""Trainings of the sample: one that was held in each branch and gave certificates, one that is planned."""

from collections.abc import Iterator
from functools import partial

from bot.sample.company import Company, Event
from domain.life.meeting import holding
from domain.life.training import planning, sessions
from domain.life.training.model import Scope, Whom
from domain.life.training.planning import Wish
from domain.life.training.quarter import Quarter

HELD, PLANNED = "支部工作条例专题培训", "有限空间作业安全"
EVERY = 6  # of so many people one was absent, and is due
VALID_MONTHS = 12


def events(company: Company) -> Iterator[Event]:
    """What happened, each with its moment."""
    for code in company.enterprise.branches:
        yield company.step("-9 mon 09:00"), partial(_plan, company, code)
        yield company.step("-6 fri 15:00"), partial(_hold, company, code)
    yield company.step("-1 mon 10:00"), partial(_plan_next, company)


def _plan(company: Company, code: str) -> None:
    actor = company.secretary(code, company.step("-9 mon 09:00"))
    wish = Wish(HELD, Whom(Scope.PARTY), 120, Quarter.of(actor.today), required=True, valid_months=VALID_MONTHS)
    planning.plan(company.stores, actor, wish=wish, source=f"sample/training/{code}")


def _hold(company: Company, code: str) -> None:
    at, stores = company.step("-6 fri 15:00"), company.stores
    before, then = company.secretary(code, company.step("-7 mon 09:00")), company.secretary(code, at)
    planned = stores.trainings.planned_by(f"sample/training/{code}")
    assert planned is not None  # noqa: S101 - it was planned before
    _, roll = sessions.schedule(
        stores, before, number=planned.id, starts_at=at, place="三楼会议室", source=f"sample/session/{code}"
    )
    number = roll.meeting.id
    for place, one in enumerate(holding.open_(stores, then, number=number).people, 1):
        if place % EVERY:
            holding.mark(stores, then, number=number, who=one.id)
    holding.end(stores, then, number=number)


def _plan_next(company: Company) -> None:
    code = next(iter(company.enterprise.branches))
    actor = company.secretary(code, company.step("-1 mon 10:00"))
    wish = Wish(PLANNED, Whom(), 90, Quarter.of(actor.today).later(1), required=True)
    planning.plan(company.stores, actor, wish=wish, source="sample/training/next")
