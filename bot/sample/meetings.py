"""Meetings of the sample: one that was held two weeks ago, with a decision and minutes; one to come."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from bot.sample.enterprise import Enterprise
from domain.life.meeting import calling, deciding, holding, minutes
from domain.life.meeting.calling import Wish
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import Way
from domain.life.meeting.kinds import Kind
from domain.life.meeting.quorum import Choice
from domain.people.actor import Actor
from domain.report.features import Stores

Event = tuple[datetime, Callable[[], object]]
Secretary = Callable[[str, datetime], Actor]
AGENDA = ("学习《中国共产党支部工作条例（试行）》", "讨论困难职工补助")
WORDS = "一、学习了条例，三人发言。\n二、同意补助，按程序报工会。"
EVERY = 5  # of so many people one was absent
HOUR = timedelta(hours=1)


def events(past: Stores, today: Stores, enterprise: Enterprise, secretary: Secretary) -> Iterator[Event]:
    """What happened, in each group; the notice of the meeting to come still stands there."""
    at, coming = enterprise.moment("-2 wed 14:00"), enterprise.moment("+1 thu 15:00")
    called = enterprise.moment("-1 fri 10:00")
    for code in enterprise.branches:
        yield at, partial(_hold, past, code, at, secretary)
        wish = Wish(Kind.THEME_DAY, coming, "党员活动室", ("参观安全教育展厅",))
        yield called, partial(_call, today, secretary(code, called), wish, f"sample/meeting/{code}/coming")


def _call(stores: Stores, actor: Actor, wish: Wish, source: str) -> None:
    calling.call(stores, actor, wish=wish, source=source)


def _hold(stores: Stores, code: str, at: datetime, secretary: Secretary) -> None:
    before, then, source = secretary(code, at - HOUR), secretary(code, at), f"sample/meeting/{code}"
    wish = Wish(Kind.ASSEMBLY, at, "三楼会议室", AGENDA)
    number = calling.call(stores, before, wish=wish, source=source).meeting.id
    for place, one in enumerate(holding.open_(stores, then, number=number).people, 1):
        if place % EVERY:
            holding.mark(stores, then, number=number, who=one.id)
    proposal = Proposal(number, AGENDA[1], "家庭突发困难", Way.OPEN)
    decision = deciding.propose(stores, then, wish=proposal, source=source)
    for one in stores.meetings.people(number):
        if one.is_present and one.entitled:
            stores.decisions.vote(decision.id, one.id, Choice.FOR)
    deciding.end(stores, then, number=decision.id)
    holding.end(stores, secretary(code, at + HOUR), number=number)
    minutes.keep(stores, secretary(code, at + HOUR), number=number, text=WORDS, errands=(), source=source)
