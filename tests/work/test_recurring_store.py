"""Recurring tasks in the store on both engines: what the clock gives, once, whatever happens between."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from domain.ids import RecurringId
from domain.people import branch as branches
from domain.people.branch import BranchKind, structure
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.work.recurring import Holder, Recurring, State
from domain.work.recurring.giving import give_due, run
from domain.work.recurring.keeping import start
from domain.work.rhythm import By, CatchUp, Rhythm, Spot, Turn, Unit
from domain.work.task import Link, LinkKind, Plan
from tests.stores import AT

WEEKLY = Rhythm(Unit.WEEK, (Spot(By.DAY, 1),), time(9))
MONDAY = AT + timedelta(days=5)  # 30 November, 10:00


def weekly(branch: Any, **more: Any) -> Recurring:
    none = Turn(date(2026, 11, 23), -1)
    plan = Plan("交周报", "一页", "周报", "模板")
    return Recurring(RecurringId(0), branch.group.id, branch.zhao, plan, WEEKLY, none, AT, **more)


async def test_a_recurring_task_is_kept_as_it_is(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        made = stores.recurring.add(weekly(branch, owners=[branch.wang, branch.li], basis="条例"), "1/1")
        assert stores.recurring.get(made.id) == made
        assert stores.recurring.begun_by("1/1") == made
        assert stores.recurring.begun_by("1/2") is None
        changed = replace(made, state=State.PAUSED, catch_up=CatchUp.EACH, last_due_at=AT, plan=Plan("另一件"))
        stores.recurring.save(changed)
        assert stores.recurring.named_in(branch.group.id, 10) == [changed]
        stores.recurring.save(replace(changed, state=State.STOPPED))
        assert stores.recurring.named_in(branch.group.id, 10) == []
        assert stores.recurring.get(made.id).state is State.STOPPED

    await database.write(unit)


async def test_each_turn_is_given_once_however_often_the_clock_runs(database: Any, branch: Any) -> None:
    def begin(stores: Any) -> None:
        stores.recurring.add(start(stores, weekly(branch, owners=[branch.li, branch.wang]), AT), "1/1")

    def titles(stores: Any) -> list[tuple[str, str]]:
        found = stores.tasks.open_in(branch.group.id, 100)
        return sorted((task.owner.name, f"{branch.group.local(task.due_at):%F %H:%M}") for task in found)

    await database.write(begin)
    for moment in (AT, AT + timedelta(days=1), AT + timedelta(days=1), MONDAY, MONDAY):
        await database.write(run, slot=moment)
    due = "2026-11-30 09:00"
    assert await database.read(titles) == sorted((who.name, due) for who in (branch.li, branch.wang))
    await database.write(run, slot=MONDAY + timedelta(days=21))  # away for three weeks
    last = {due for _, due in await database.read(titles)}
    assert len(last) == 2, "of the missed ones the latest alone is made up for"


async def test_a_missed_turn_is_due_on_the_next_workday(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        made = stores.recurring.add(start(stores, weekly(branch, owners=[branch.li]), AT), "1/1")
        (given,) = give_due(stores, made, MONDAY)  # due an hour ago
        assert f"{branch.group.local(given.due_at):%F %H:%M}" == "2026-12-01 18:00"

    await database.write(unit)


async def test_a_turn_of_a_role_is_its_holders_or_else_the_secretarys(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        branches.bind(stores, chat=branch.group, branch=place.id)
        (li,) = stores.people.add([Entry("1", "李伟", place.id, "副书记兼组织委员")])
        stores.people.link(li.id, branch.li.id)
        stores.grants.add(branch.zhao, Role.SECRETARY, Area(branch=place.id), None, AT)
        for number, (role, owner) in enumerate({"组织委员": branch.li, "宣传委员": branch.zhao}.items()):
            entry = weekly(branch, holder=Holder(place.id, role))
            made = stores.recurring.add(start(stores, entry, AT), f"1/{number}")
            (given,) = give_due(stores, made, AT + timedelta(days=1))
            assert (given.owner.id, given.branch) == (owner.id, place.id)
            assert [one.id for one in stores.tasks.linked_to(Link(LinkKind.DUTY, made.id))] == [given.id]
        assert len(stores.recurring.held_in(place.id, branch.group.id)) == 2
        assert len(stores.recurring.held_in_branches([place.id])) == 2

    await database.write(unit)


async def test_without_anybody_it_pauses_and_keeps_its_turn(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        made = stores.recurring.add(start(stores, weekly(branch, owners=[branch.li]), AT), "1/1")
        stores.members.join(branch.group.id, branch.li.id, AT)
        stores.members.leave(branch.group.id, branch.li.id, AT)
        assert give_due(stores, made, MONDAY - timedelta(hours=2)) == []
        found = stores.recurring.get(made.id)
        assert (found.state, found.next_at, found.settled) == (State.PAUSED, None, made.settled)
        assert stores.recurring.due(MONDAY, 10) == []

    await database.write(unit)


async def test_what_waits_for_an_account_is_its_owners_once(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        both = stores.recurring.add(weekly(branch, owners=[branch.li, branch.wang]), "1/1")
        one = stores.recurring.add(weekly(branch, owners=[branch.li]), "1/2")
        stores.recurring.hand_over(branch.li.id, branch.wang.id)
        assert [who.id for who in stores.recurring.get(both.id).owners] == [branch.wang.id]
        assert [who.id for who in stores.recurring.get(one.id).owners] == [branch.wang.id]
        stores.recurring.hand_over(branch.zhao.id, branch.li.id)
        assert stores.recurring.get(one.id).giver.id == branch.li.id

    await database.write(unit)


async def test_duties_in_a_closed_branch_rest_until_it_is_reopened(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        stores.grants.add(branch.zhao, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        duty = stores.recurring.add(start(stores, weekly(branch, holder=Holder(place.id, "宣传委员")), AT), "1/1")
        structure.close(stores, branch=place.id, people_to=None, at=AT, day=AT.date())
        assert give_due(stores, duty, AT + timedelta(days=1)) == [], "nobody stands in for a role that is no more"
        structure.reopen(stores, branch=stores.branches.find(place.id))
        (given,) = give_due(stores, stores.recurring.get(duty.id), MONDAY - timedelta(hours=2))
        assert given.owner.id == branch.zhao.id

    await database.write(unit)
