"""Lean figures and measures in the store, on both engines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.ids import MeasureId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.report import digest
from domain.work import task
from domain.work.lean import service as lean
from domain.work.lean.figures import Gauge, Kind, figures
from domain.work.lean.service import of_groups
from domain.work.measure import checking, service
from domain.work.measure.model import Measure, NoBetter, State
from domain.work.measure.service import Wish
from domain.work.task import Happening, Link, LinkKind, Order, Plan, TaskEvent
from tests.stores import AT, LOCALE, queued

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def given(stores: Any, branch: Any, number: int, **more: Any) -> Any:
    order = Order(branch.group, [branch.li], branch.zhao, Plan("巡检"), AT + DAY, f"o{number}", **more)
    return task.assign(stores, order, AT)[0]


def done(stores: Any, branch: Any, number: int, after: timedelta, *steps: Any, **more: Any) -> Any:
    one = given(stores, branch, number, **more)
    for what, hours in steps:
        stores.tasks.note(TaskEvent(one.id, what, branch.li.id, AT + hours))
    task.finish(stores, Actor(branch.li, branch.group, AT + after), number=one.id)
    return one


def measure(branch: Any, **more: Any) -> Measure:
    new = (MeasureId(0), branch.group.id, None, branch.wang.id, "站会", Gauge.ON_TIME, "", 40.0, 90.0, AT)
    return replace(Measure(*new, (AT + DAY).date()), **more)


async def test_figures_are_those_of_a_recomputation_from_the_histories(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        accepted = (Happening.ACCEPTED, HOUR)
        numbers = [
            done(stores, branch, 1, 3 * HOUR, accepted).id,
            done(stores, branch, 2, 2 * DAY, accepted, links=[Link(LinkKind.GOAL, 1), Link(LinkKind.STEP, 2)]).id,
        ]
        open_, withdrawn = given(stores, branch, 3), done(stores, branch, 4, HOUR)
        stores.tasks.withdraw(withdrawn.id, AT + 2 * HOUR)
        later = done(stores, branch, 5, 9 * DAY)
        found = stores.lean.ended([branch.group.id], AT, AT + 5 * DAY)
        assert [one.task for one in found] == numbers, "neither open nor withdrawn ones, nor those of another time"
        for one in found:
            assert [(step.what, step.at) for step in one.steps] == [
                (event.what, event.at) for event in stores.tasks.history(one.task)
            ]
        first, second = of_groups(stores, [branch.group.id], AT, AT + 5 * DAY)
        assert (first.kind, second.kind) == (Kind.PLAIN, Kind.STEP)
        assert (first.on_time, second.on_time) == (True, False)
        assert figures([first, second]).apart == 2
        assert len(of_groups(stores, [branch.group.id], AT, AT + 10 * DAY)) == 3
        assert of_groups(stores, [branch.group.id], AT - DAY, AT) == []
        assert {open_.id, later.id}.isdisjoint(numbers)

    await database.write(unit)


async def test_a_measure_comes_back_as_it_was_kept(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        made = stores.measures.add(measure(branch))
        own = stores.measures.add(measure(branch, gauge=None, figure="分钟", baseline=None, previous=made.id))
        assert stores.measures.get(made.id) == made
        assert stores.measures.of_group(branch.group.id, 9) == [own, made]
        decided = replace(made, state=State.KEPT, result=88.5, reason="好", decided_at=AT, decided_by=branch.wang.id)
        stores.measures.save(decided)
        assert stores.measures.get(made.id) == decided
        assert stores.measures.running_until(AT.date()) == []
        assert stores.measures.running_until((AT + DAY).date()) == [own]
        stores.measures.hand_over(branch.wang.id, branch.li.id)
        assert stores.measures.open_of(branch.li.id) == [replace(own, owner=branch.li.id)]
        assert stores.measures.get(made.id).decided_by == branch.li.id
        assert stores.measures.get(MeasureId(99)) is None

    await database.write(unit)


async def test_who_leads_a_branch_sees_all_below_it_and_who_leads_a_group_that_alone(
    database: Any, branch: Any
) -> None:
    def unit(stores: Any) -> None:
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
        first, second = (
            branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name=name) for name in ("一支部", "二支部")
        )
        office, other = (
            stores.chats.add(ChatProfile(-number, ChatKind.GROUP, "群"), LOCALE, AT) for number in (1002, 1003)
        )
        office, group, other = (
            branches.bind(stores, chat=chat, branch=one.id)
            for chat, one in ((office, top), (branch.group, first), (other, second))
        )
        for place, count in ((group, 6), (other, 5), (office, 1)):
            there = replace(branch, group=place)
            for number in range(count):
                done(stores, there, 100 * place.id + number, (number + 1) * HOUR)
        stores.grants.add(branch.zhao, Role.SECRETARY, Area(branch=top.id), None, AT)
        stores.grants.add(branch.wang, Role.SECRETARY, Area(group=office.id), None, AT)
        zhao, wang = (Actor(one, office, AT + DAY) for one in (branch.zhao, branch.wang))
        page = lean.show(stores, zhao, days=90)
        assert (page.days, page.may_plan, page.report.name, page.report.all.done) == (90, True, "党委", 12)
        assert [(one.name, one.lean.done) for one in page.report.units] == [("一支部", 6), ("二支部", 5)]
        assert page.report.more == 1, "the committee's own single task"
        assert lean.show(stores, wang, days=7).report.all.done == 1
        assert lean.show(stores, wang, days=7).days == 30
        below = Actor(branch.zhao, group, AT + DAY)
        assert lean.show(stores, below).report.all.done == 6
        wish = Wish("站会", Gauge.ON_TIME, "", None, 100, (AT + 9 * DAY).date())
        with pytest.raises(NoBetter):
            service.begin(stores, zhao, wish=wish)
        wish = replace(wish, gauge=Gauge.LEAD, target=0.0)
        assert service.begin(stores, zhao, wish=wish).measure.branch == top.id
        assert service.begin(stores, wang, wish=wish).measure.baseline is None, "of one task nothing is told"

    await database.write(unit)


def reachable(stores: Any, member: Any, number: int) -> Any:
    private = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, "p"), LOCALE, AT)
    stores.members.save(replace(stores.members.get(member.id), private=private.id))
    return private.id


async def test_on_its_day_a_measure_is_measured_again_and_asked_about_once(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        private = reachable(stores, branch.wang, 100)
        made = stores.measures.add(measure(branch))
        few = stores.measures.add(measure(branch, gauge=Gauge.REWORK))
        for number in range(1, 6):
            done(stores, branch, number, HOUR if number > 1 else 2 * DAY)
        checking.check(stores, AT)
        assert stores.measures.get(made.id) == made, "its day has not come"
        for slot in (AT + 2 * DAY + HOUR, AT + 3 * DAY):
            checking.check(stores, slot)
        assert stores.measures.get(made.id) == replace(made, state=State.DUE, result=80.0)
        assert stores.measures.get(few.id).result is None, "too few were reviewed"
        assert len([one for one in queued(stores) if one.chat == private]) == 2

    await database.write(unit)


async def test_who_cannot_be_asked_any_more_is_followed_by_who_is_in_charge(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        made = stores.measures.add(measure(branch))
        checking.left(stores, branch.wang.id, None, AT)
        assert stores.measures.get(made.id).owner == branch.wang.id, "nobody is in charge"
        private = reachable(stores, branch.zhao, 101)
        area = Area(group=branch.group.id)
        stores.grants.add(stores.members.get(branch.zhao.id), Role.SECRETARY, area, None, AT)
        checking.check(stores, AT + 2 * DAY)
        assert stores.measures.get(made.id).owner == branch.zhao.id
        assert [one.chat for one in queued(stores)] == [private]
        checking.left(stores, branch.zhao.id, None, AT)
        assert stores.measures.get(made.id).owner == branch.zhao.id

    await database.write(unit)


async def test_the_months_letter_tells_how_tasks_went(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> list[Any]:
        private = reachable(stores, branch.wang, 100)
        stores.grants.add(stores.members.get(branch.wang.id), Role.SECRETARY, Area(group=branch.group.id), None, AT)
        for number in range(1, 7):
            done(stores, branch, number, HOUR, (Happening.ACCEPTED, HOUR / 2))
        digest.monthly(stores, AT + 6 * DAY)
        digest.monthly(stores, AT + 6 * DAY)
        return [one for one in queued(stores) if one.chat == private]

    (told,) = await database.write(unit)
    assert "Report(" in told.body["text"]
    assert told.body["picture"]["kind"] == "lean.told"
    (line,) = told.body["picture"]["values"]["lines"]
    assert line["what"] == "all"


async def test_who_answers_for_several_groups_reads_of_all_with_a_bar_for_each(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> list[Any]:
        private = reachable(stores, branch.wang, 100)
        stores.grants.add(stores.members.get(branch.wang.id), Role.ADMINISTRATOR, Area(), None, AT)
        other = stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "第二党支部"), LOCALE, AT)
        for place in (branch.group, other):
            for number in range(5):
                done(stores, replace(branch, group=place), 100 * place.id + number, DAY, (Happening.ACCEPTED, HOUR))
        digest.monthly(stores, AT + 6 * DAY)
        return [one for one in queued(stores) if one.chat == private]

    (told,) = await database.write(unit)
    values = told.body["picture"]["values"]
    assert (values["apart"], [line["name"] for line in values["lines"]]) == (True, ["", "第一党支部", "第二党支部"])
