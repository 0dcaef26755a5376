"""Goals in the store on both engines: trees, versions, reports, the tasks that serve them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind, closing
from domain.people.permission import Area, Role
from domain.work import task
from domain.work.goal import importing, monthly, reading, service
from domain.work.goal.lines import Goals, Line, WrongGoals
from domain.work.goal.model import (
    YES_NO,
    Counted,
    GoalCycle,
    GoalNotFound,
    GoalState,
    Happened,
    Level,
    Measure,
    MeasureKind,
    WrongLevel,
)
from domain.work.goal.service import Wish
from domain.work.task import Link, LinkKind, Order, Plan
from tests.stores import AT

LATER = AT + timedelta(days=1)
TIMES = Measure(MeasureKind.NUMBER, Decimal("12.5"), "次")


def wish(branch: Any, title: str = "安全年", **more: Any) -> Wish:
    told = {
        "home": Area(group=branch.group.id),
        "parent": None,
        "level": Level.YEAR,
        "measure": TIMES,
        "weight": 40,
        "since": date(2026, 1, 1),
        "due": date(2026, 12, 31),
        **more,
    }
    return Wish(title=title, **told)


def planner(branch: Any) -> Actor:
    return Actor(branch.zhao, branch.group, AT, is_root_admin=True)


async def test_a_goal_is_kept_with_all_its_versions(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        chief = planner(branch)
        added = service.add(stores, chief, wish=wish(branch, owner=branch.li, code="Y1"))
        assert stores.goals.get(added.id) == added
        assert stores.goals.coded({"Y1", "Y2"}) == [added]
        wanted = replace(added, title="平安年", due=date(2027, 1, 31), owner=branch.wang)
        changed = service.adjust(stores, replace(chief, now=LATER), wanted=wanted, reason="延期")
        assert stores.goals.get(added.id) == changed == replace(wanted, version=2)
        first, second = stores.goals.versions(added.id)
        assert (first.goal, first.what, first.by) == (added, Happened.ADDED, branch.zhao)
        assert (second.goal, second.reason, second.at) == (changed, "延期", LATER)
        assert stores.goals.adjusted([added.id], LATER, LATER + timedelta(1)) == [second]
        told = reading.past(stores, chief, number=added.id).told[0].changes
        assert [name for name, _, _ in told] == ["title", "due", "owner"]
        assert stores.goals.of_owner(branch.li.id) == []
        stores.goals.hand_over(branch.wang.id, branch.li.id)
        assert [one.id for one in stores.goals.of_owner(branch.li.id)] == [added.id]
        assert stores.goals.versions(added.id)[1].goal.owner == branch.li

    await database.write(unit)


async def test_trees_reports_and_tasks_as_they_were_at_a_moment(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        chief = planner(branch)
        top = service.add(stores, chief, wish=wish(branch))
        told, served = (
            service.add(stores, chief, wish=wish(branch, title, parent=top.id, level=Level.MONTH))
            for title in ("查隐患", "办培训")
        )
        service.report(stores, chief, number=told.id, value=Decimal("5"))
        service.report(stores, replace(chief, now=LATER), number=told.id, value=Decimal("12.5"), note="完成")
        links = [Link(LinkKind.GOAL, served.id)]
        plan, due = Plan("培训"), AT + timedelta(days=3)
        order = Order(branch.group, [branch.li, branch.wang], branch.zhao, plan, due, "o", links=links)
        first, second = task.assign(stores, order, AT)
        task.finish(stores, Actor(branch.li, branch.group, LATER), number=first.id)
        numbers = [top.id, told.id, served.id]
        assert [one.id for one in stores.goals.below(top.id)] == numbers
        assert [one.id for one in stores.goals.of(top.home)] == numbers
        assert [one.id for one in stores.goals.above(served.id)] == [served.id, top.id]
        assert stores.goals.values(numbers, AT + timedelta(hours=1)) == {told.id: Decimal("5")}
        assert stores.goals.tasks(numbers, AT + timedelta(hours=1)) == {served.id: Counted(2, 0)}
        assert [reading.whole(stores, top, at).percent for at in (AT, LATER)] == [20, 75]
        task.withdraw(stores, chief, number=second.id)
        assert stores.goals.tasks(numbers, LATER + timedelta(hours=1)) == {served.id: Counted(1, 1)}
        assert reading.whole(stores, top, LATER).percent == 100, "a withdrawn task counts nowhere"
        assert [one.note for one in stores.goals.reports(told.id)] == ["", "完成"]
        assert stores.goals.homes() == [top.home]

    await database.write(unit)


async def test_what_cannot_stand_below_a_goal_is_refused(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        chief = planner(branch)
        top = service.add(stores, chief, wish=wish(branch))
        month = service.add(stores, chief, wish=wish(branch, "查隐患", parent=top.id, level=Level.MONTH))
        with pytest.raises(WrongLevel):
            service.add(stores, chief, wish=wish(branch, "年", parent=month.id))
        with pytest.raises(GoalCycle) as refused:
            service.adjust(stores, chief, wanted=replace(top, parent=month.id, level=Level.MONTH), reason="换")
        assert refused.value.values["titles"] == ["安全年", "查隐患", "安全年"]
        other = replace(chief, is_root_admin=False, member=branch.li, chat=replace(branch.group, id=99))
        with pytest.raises(GoalNotFound):
            reading.open_(stores, other, number=top.id)

    await database.write(unit)


async def test_goals_of_who_leaves_have_nobody_and_their_versions_say_so(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        added = service.add(stores, planner(branch), wish=wish(branch, owner=branch.li))
        stores.hooks.left(branch.li.id, branch.zhao.id, LATER)
        assert stores.goals.get(added.id).owner is None
        assert stores.goals.versions(added.id)[-1].what is Happened.OWNER_LEFT

    await database.write(unit)


async def test_a_table_is_imported_whole_or_not_at_all(database: Any, branch: Any) -> None:
    home = Area(group=branch.group.id)
    due = date(2026, 11, 30)
    lines = [
        Line(3, "查隐患", TIMES, due, code="B", parent="A", owner="李伟", weight=30),
        Line(2, "安全年", YES_NO, due, code="A"),
        Line(4, "无编号", YES_NO, due, parent="安全年"),
    ]

    def unit(stores: Any) -> None:
        done = importing.carry_out(stores, goals=Goals(lines), home=home, by=None, at=AT)
        assert (done.added, [(one.title, one.weights) for one in done.off]) == (
            ("安全年", "查隐患", "无编号"),
            [("安全年", 30)],
        )
        again = importing.plan(stores, goals=Goals(lines), home=home)
        assert (again.is_empty, again.same) == (True, 3)
        one, other = stores.goals.coded({"A", "B"})
        assert (other.parent, other.owner, other.level) == (one.id, branch.li, Level.MONTH)
        with pytest.raises(WrongGoals) as wrong:
            importing.carry_out(
                stores,
                goals=Goals([*lines, replace(lines[0], row=5, code="C", owner="没有")]),
                home=home,
                by=None,
                at=AT,
            )
        assert [(fault.row, fault.reason) for fault in wrong.value.faults] == [(5, "no_such_person")]
        moved = [replace(lines[1], parent="B", reason="换", level=Level.MONTH), replace(lines[0], parent="A")]
        with pytest.raises(WrongGoals, match="cycle"):
            importing.plan(stores, goals=Goals(moved), home=home)

    await database.write(unit)


async def test_a_role_over_a_branch_sees_and_plans_below_it(database: Any, branch: Any) -> None:
    from domain.people import branch as branches
    from domain.people.branch import BranchKind

    def unit(stores: Any) -> None:
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
        below, beside = (
            branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name=name) for name in ("一", "二")
        )
        bound = branches.bind(stores, chat=branch.group, branch=below.id)
        chief = Actor(branch.zhao, bound, AT, is_root_admin=True)
        year = service.add(stores, chief, wish=wish(branch, home=Area(branch=top.id)))
        parts = [
            service.add(
                stores, chief, wish=wish(branch, one.name, home=Area(branch=one.id), parent=year.id, level=Level.BRANCH)
            )
            for one in (below, beside)
        ]
        member = Actor(branch.li, bound, AT)
        shown = reading.open_(stores, member, number=year.id)
        assert ([line.node.goal.title for line in shown.lines], shown.hidden) == (["一"], 1)
        assert not shown.may_plan
        with pytest.raises(GoalNotFound):
            reading.open_(stores, member, number=parts[1].id)
        stores.grants.add(branch.wang, Role.SECRETARY, Area(branch=top.id), None, AT)
        over = Actor(branch.wang, stores.chats.get(branch.group.id), AT)
        assert service.plannable(stores, over, number=parts[0].id) == parts[0]

    await database.write(unit)


async def test_a_month_is_told_as_it_stood_at_its_end(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        chief = planner(branch)
        top = service.add(stores, chief, wish=wish(branch))
        november = {"since": date(2026, 11, 1), "due": date(2026, 11, 30), "level": Level.MONTH, "parent": top.id}
        done, late = (
            service.add(stores, chief, wish=wish(branch, title, measure=YES_NO, **november)) for title in ("甲", "乙")
        )
        service.report(stores, chief, number=done.id, value=Decimal(1))
        january = replace(chief, now=AT + timedelta(days=50))
        service.report(stores, january, number=late.id, value=Decimal(1))
        home = Area(group=branch.group.id)
        month = monthly.report(stores, january, home=home, first=date(2026, 11, 1))
        assert (month.due, month.reached, month.progress, month.before) == (2, 1, 50, 0)
        assert [one.goal.title for one in month.late] == ["乙"]
        assert [(one.node.goal.title, one.before, one.step) for one in month.rows][1:] == [("甲", 0, 100), ("乙", 0, 0)]
        running = monthly.report(stores, chief, home=home, first=date(2026, 11, 1))
        assert (running.day, list(running.late)) == (date(2026, 11, 25), []), "it is not over"
        none = monthly.report(stores, january, home=home, first=date(2025, 1, 1))
        assert none.is_empty

    await database.write(unit)


async def test_goals_of_a_closed_branch_are_the_branchs_above_until_it_is_reopened(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="公司党委")
        place = branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name="一支部")
        chief, home = Actor(branch.zhao, branch.group, AT, is_root_admin=True), Area(branch=place.id)
        highest = service.put(stores, wish(branch, "公司目标", home=Area(branch=top.id)), by=None, at=AT)
        own = service.put(stores, wish(branch, home=home, parent=highest.id, owner=branch.li), by=None, at=AT)
        below = service.put(stores, wish(branch, "查隐患", home=home, parent=own.id), by=None, at=AT)
        dropped = service.put(stores, wish(branch, "不做", home=home), by=None, at=AT)
        stores.goals.save(replace(dropped, state=GoalState.DROPPED))
        closing.close(stores, chief, branch=place.id, people_to=None, shown="0-0-0")
        assert {stores.goals.get(one.id).home for one in (own, below)} == {Area(branch=top.id)}
        assert stores.goals.versions(own.id)[-1].what is Happened.BRANCH_CLOSED
        li = Actor(branch.li, branch.group, AT)
        assert reading.open_(stores, li, number=own.id).node.goal.id == own.id, "whoever answers for it still sees it"
        closing.reopen(stores, chief, branch=place.id)
        assert {stores.goals.get(one.id).home for one in (own, below)} == {home}
        assert stores.goals.get(highest.id) == highest

    await database.write(unit)
