"""The sample's goals: two key points of the year, two months, two branches; reported, adjusted, with tasks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from bot.sample.enterprise import Enterprise
from domain.ids import BranchId, GoalId
from domain.messaging.chat import Chat
from domain.people.actor import Actor
from domain.people.member import Member
from domain.people.permission import Area
from domain.report.features import Stores
from domain.work import task
from domain.work.goal import service
from domain.work.goal.model import YES_NO, Goal, Happened, Level, Measure, MeasureKind
from domain.work.goal.service import Wish
from domain.work.task import Link, LinkKind, Order, Plan

FIRST, SECOND = "machining", "assembly"  # codes of the sample's branches
A_DAY = timedelta(days=1)
BEGUN = "-4 mon 09:00"
HAZARDS = Measure(MeasureKind.NUMBER, Decimal(20), "项")
FEWER = Measure(MeasureKind.NUMBER, Decimal(15), "项")
NEARLY_ALL = Measure(MeasureKind.SHARE, Decimal(95))
YEAR, MONTH, BEFORE = "year", "month", "before"  # at whose end a goal is due; the last is the month before this one
TOP = ""  # stands for the branch above the others


@dataclass(frozen=True, slots=True)
class Planned:
    """A goal of the sample: of which branch (its code), below which other one, due at the end of what."""

    name: str
    branch: str
    above: str | None
    title: str
    measure: Measure
    weight: int
    due: str


PLANNED = (
    Planned("safety", TOP, None, "党建促安全：全年无重伤事故", YES_NO, 0, YEAR),
    Planned("study", TOP, None, "建设学习型党支部", YES_NO, 0, YEAR),
    Planned("training", TOP, "safety", "安全培训全覆盖", NEARLY_ALL, 40, BEFORE),
    Planned("month", TOP, "safety", "本月隐患查改", YES_NO, 60, MONTH),
    Planned("first_hazards", FIRST, "month", "查改隐患 20 项", HAZARDS, 60, MONTH),
    Planned("second_hazards", SECOND, "month", "查改装配线隐患", HAZARDS, 40, MONTH),
    Planned("first_study", FIRST, "study", "党员学习参与率 95%", NEARLY_ALL, 50, YEAR),
    Planned("second_study", SECOND, "study", "每季度一次党课", YES_NO, 30, YEAR),
)


class Goals:
    """Plans the goals and lets them be worked at, in the order of time."""

    def __init__(
        self, stores: Stores, enterprise: Enterprise, members: Mapping[str, Member], groups: Mapping[str, Chat]
    ) -> None:
        """`members` by their codes, `groups` by those of their branches."""
        self._stores, self._enterprise = stores, enterprise
        self._members, self._groups = members, groups
        self._made: dict[str, Goal] = {}

    def events(self) -> Iterator[tuple[datetime, Callable[[], object]]]:
        """All that happened to them, each with its moment."""
        yield self._at(BEGUN), self._plan
        for told in (
            ("training", FIRST, "-4 fri 16:00", 96, "两人补训后到齐"),
            ("first_hazards", FIRST, "-3 fri 17:00", 6, ""),
            ("first_hazards", FIRST, "-2 fri 17:00", 14, "吊具两项等配件"),
            ("second_hazards", SECOND, "-2 thu 16:30", 12, ""),
            ("first_study", FIRST, "-1 thu 11:00", 88, "三人出差，回来补学"),
        ):
            yield self._at(told[2]), partial(self._report, *told)
        yield self._at("-3 tue 10:00"), self._adjust
        yield self._at("-3 wed 09:30"), self._give

    def _at(self, written: str) -> datetime:
        return self._enterprise.moment(written)

    def _secretary(self, code: str) -> Member:
        return self._members[self._enterprise.secretary(code).code]

    def _home(self, code: str) -> BranchId:
        branch = self._groups[code].branch
        assert branch is not None  # noqa: S101 - the sample's groups are bound
        return branch

    def _plan(self) -> None:
        """Add all of them, from the top down."""
        for one in PLANNED:
            wish = self._wish(one)
            self._made[one.name] = service.put(self._stores, wish, by=self._secretary(FIRST), at=self._at(BEGUN))

    def _wish(self, one: Planned) -> Wish:
        parent = None if one.above is None else self._made[one.above]
        level = Level.YEAR if parent is None else Level.MONTH if parent.level is Level.YEAR else Level.BRANCH
        first = self._home(FIRST)
        home = self._home(one.branch) if one.branch else self._stores.branches.get(first).parent or first
        since, due = self._span(one.due)
        owner = self._secretary(one.branch or FIRST) if one.above else None
        number = None if parent is None else parent.id
        return Wish(Area(branch=home), number, level, one.title, one.measure, one.weight, since, due, owner)

    def _span(self, due: str) -> tuple[date, date]:
        """The first and the last day."""
        today = self._enterprise.today
        if due == YEAR:
            return date(today.year, 1, 1), date(today.year, 12, 31)
        last = _month_end(today) if due == MONTH else today.replace(day=1) - A_DAY
        return last.replace(day=1), last

    def _report(self, name: str, code: str, when: str, value: int, note: str) -> None:
        actor = Actor(self._secretary(code), self._groups[code], self._at(when))
        service.report(self._stores, actor, number=self._number(name), value=Decimal(value), note=note)

    def _number(self, name: str) -> GoalId:
        return self._made[name].id

    def _adjust(self) -> None:
        before, by = self._made["second_hazards"], self._secretary(SECOND)
        wanted, reason, at = replace(before, measure=FEWER), "两台设备停机大修，不在检查范围", self._at("-3 tue 10:00")
        service.change(self._stores, before, wanted, reason=reason, what=Happened.CHANGED, by=by, at=at)

    def _give(self) -> None:
        """Tasks for the Party lectures, one of which is done."""
        at, due = self._at("-3 wed 09:30"), self._at("0 fri 18:00")
        own = self._enterprise.of(SECOND)[1:3]
        owners = [self._members[one.code] for one in own]
        plan = Plan("准备本季度党课", "联系装配质量实际", "讲稿一份")
        links = [Link(LinkKind.GOAL, self._number("second_study"))]
        group, giver = self._groups[SECOND], self._secretary(SECOND)
        given = task.assign(self._stores, Order(group, owners, giver, plan, due, "sample/goal", links=links), at)
        done = Actor(owners[0], group, self._at("-2 wed 15:00"))
        task.finish(self._stores, done, number=given[0].id)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - A_DAY
