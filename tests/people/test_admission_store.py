"""Groups that are not admitted, in the store: no clock, no points, no board, no home, no message; one decision."""

import asyncio
from datetime import timedelta

import pytest

from domain.features import GROUP_SCHEDULES
from domain.messaging.chat import Admission
from domain.messaging.message import Message
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.person import Entry
from domain.points import points
from tests.points.events import ON_TIME
from tests.stores import AT, queued

OTHERS = [Admission.PENDING, Admission.REFUSED]


def change(stores, group, admission):
    """Make a group something; as it is then."""
    assert stores.chats.decide(stores.chats.get(group.id), admission, None, AT)
    return stores.chats.get(group.id)


async def test_of_two_decisions_at_once_one_holds(engine, branch):
    workers = [await engine.open(), await engine.open()]
    group = await workers[0].write(change, group=branch.group, admission=Admission.PENDING)

    def decide(stores, admission, by):
        return stores.chats.decide(group, admission, by, AT)

    found = await asyncio.gather(
        workers[0].write(decide, admission=Admission.ADMITTED, by=branch.li.id),
        workers[1].write(decide, admission=Admission.REFUSED, by=branch.wang.id),
    )
    assert sorted(found) == [False, True]
    winner = branch.li if found[0] else branch.wang
    assert await workers[0].read(lambda stores: stores.chats.decided_by(group.id)) == winner.id


async def test_a_link_is_used_once_by_two_at_once(engine):
    workers = [await engine.open(), await engine.open()]
    await workers[0].write(lambda stores: stores.admin_links.replace("d" * 64, AT + timedelta(hours=1)))

    def use(stores):
        return stores.admin_links.use("d" * 64, AT)

    assert sorted(await asyncio.gather(*(worker.write(use) for worker in workers))) == [False, True]


@pytest.mark.parametrize("admission", OTHERS)
async def test_the_clock_knows_no_such_group(database, branch, admission):
    def plan(stores):
        stores.schedules.add_missing(GROUP_SCHEDULES, "Asia/Shanghai")
        return [one.group for one in stores.schedules.due(AT, 99) if one.group is not None]

    assert branch.group.id in await database.write(plan)
    await database.write(change, group=branch.group, admission=admission)
    assert await database.write(plan) == []
    assert await database.read(lambda stores: stores.chats.groups()) == []
    assert await database.read(lambda stores: stores.schedules.groups("study.prompt")) == (0, 0)


@pytest.mark.parametrize("admission", OTHERS)
async def test_nothing_is_earned_there(database, branch, admission):
    def award(stores):
        group = change(stores, branch.group, admission)
        return points.award(stores, branch.li.id, group, *ON_TIME, source="task:1", cause="", at=AT)

    assert await database.write(award) is None
    assert await database.read(lambda stores: stores.points.total(branch.li.id)) == 0


@pytest.mark.parametrize("admission", OTHERS)
async def test_what_was_earned_there_lifts_no_branch(database, branch, admission):
    def earn(stores):
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        (person,) = stores.people.add([Entry("1", "李伟", own.id, joined_on=AT.date())])
        stores.people.link(person.id, branch.li.id)
        points.award(stores, branch.li.id, branch.group, *ON_TIME, source="task:1", cause="", at=AT)
        return own.id

    own = await database.write(earn)
    monday = branch.group.week(AT)

    def board(stores):
        return dict(stores.branches.points(own, monday, monday + timedelta(days=7)))

    assert await database.read(board) == {own: 5}
    await database.write(change, group=branch.group, admission=admission)
    assert await database.read(board) == {}


@pytest.mark.parametrize("admission", OTHERS)
async def test_nobody_is_at_home_there(database, branch, admission):
    await database.write(change, group=branch.group, admission=admission)
    assert await database.read(lambda stores: stores.members.home(branch.li.id)) is None
    assert await database.read(lambda stores: stores.members.groups_of(branch.li.id, 9)) == []


@pytest.mark.parametrize("admission", OTHERS)
async def test_nothing_is_said_there(database, branch, admission):
    def say(stores):
        stores.outbox.send(branch.group.id, Message("general.failed"), key="before")
        change(stores, branch.group, admission)
        stores.outbox.withdraw(branch.group.id)
        stores.outbox.send(branch.group.id, Message("general.failed"), key="after", urgent=True)
        return [one for one in queued(stores) if one.chat == branch.group.id]

    assert await database.write(say) == []
