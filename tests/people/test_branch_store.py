"""The tree of branches in the store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.people.branch import BranchClosed, BranchKind, BranchNotEmpty, NameTaken, UnderItself
from domain.people.branch import structure as branch
from domain.people.person import Entry
from domain.points import points
from tests.points.events import ON_TIME
from tests.stores import AT

TODAY = date(2026, 11, 25)


@pytest.fixture
async def tree(database):
    """党委 with a 党总支 of two 党支部, the first of which has a 党小组."""

    def plant(stores):
        made = {}
        above = None
        for kind in (BranchKind.COMMITTEE, BranchKind.GENERAL_BRANCH, BranchKind.BRANCH, BranchKind.GROUP):
            made[kind.value] = branch.add(stores, parent=above, kind=kind, name=f"{kind}1")
            above = made[kind.value].id
        made["second"] = branch.add(stores, parent=made["general_branch"].id, kind=BranchKind.BRANCH, name="branch2")
        return made

    return await database.write(plant)


async def names(database, query, **values):
    return [found.name for found in await database.read(query, **values)]


async def test_what_a_branch_is_part_of_comes_nearest_first(database, tree):
    found = await names(database, lambda stores: stores.branches.ancestors(tree["group"].id))
    assert found == ["group1", "branch1", "general_branch1", "committee1"]
    assert await names(database, lambda stores: stores.branches.ancestors(tree["committee"].id)) == ["committee1"]


async def test_a_subtree_is_a_branch_and_all_below_it(database, tree):
    found = await database.read(lambda stores: stores.branches.subtree(tree["general_branch"].id))
    assert found == [tree[name].id for name in ("general_branch", "branch", "group", "second")]


async def test_a_branch_is_found_by_the_names_from_the_top_down(database, tree):
    path = ("committee1", "general_branch1", "branch2")
    assert await database.read(branch.at, names=path) == tree["second"]
    assert await database.read(branch.at, names=("committee1", "branch2")) is None
    assert await database.read(branch.at, names=()) is None
    assert await database.read(branch.path, branch=tree["second"].id) == path


async def test_a_name_is_free_again_elsewhere_but_not_in_the_same_place(database, tree):
    with pytest.raises(NameTaken):
        await database.write(branch.add, parent=tree["general_branch"].id, kind=BranchKind.BRANCH, name="branch1")
    with pytest.raises(NameTaken):
        await database.write(branch.add, parent=None, kind=BranchKind.COMMITTEE, name="committee1")
    with pytest.raises(NameTaken):
        await database.write(branch.rename, branch=tree["second"].id, name="branch1")
    await database.write(branch.add, parent=tree["second"].id, kind=BranchKind.GROUP, name="branch1")


@pytest.mark.parametrize("below", ["general_branch", "branch", "group"])
async def test_a_branch_does_not_go_below_itself(database, tree, below):
    with pytest.raises(UnderItself):
        await database.write(branch.move, branch=tree["general_branch"].id, to=tree[below].id)
    assert (await database.read(lambda stores: stores.branches.get(tree["general_branch"].id))).parent


async def test_a_branch_moves_with_all_that_is_in_it(database, tree):
    await database.write(branch.move, branch=tree["branch"].id, to=tree["second"].id)
    found = await names(database, lambda stores: stores.branches.ancestors(tree["group"].id))
    assert found == ["group1", "branch1", "branch2", "general_branch1", "committee1"]
    moved = await database.write(branch.move, branch=tree["branch"].id, to=None)
    assert moved.parent is None
    assert len(await names(database, lambda stores: stores.branches.children(None))) == 2


def li(place):
    return Entry("00017", "李伟", place.id, role="书记", phone="13800000000", joined_on=date(2019, 7, 1))


async def test_a_branch_with_people_closes_once_it_is_said_where_they_go(database, tree, branch_of_li):
    closing = {"branch": tree["group"].id, "at": AT, "day": TODAY}
    for nowhere in (None, tree["group"].id):
        with pytest.raises(BranchNotEmpty):
            await database.write(branch.close, **closing, people_to=nowhere)
    await database.write(branch.close, **closing, people_to=tree["second"].id)
    assert (await database.read(lambda stores: stores.people.numbered("00017"))).branch == tree["second"].id
    assert (await database.read(lambda stores: stores.chats.get(branch_of_li.id))).branch == tree["second"].id
    assert tree["group"].id not in await database.read(lambda stores: stores.branches.subtree(tree["branch"].id))
    with pytest.raises(BranchClosed):
        await database.write(branch.close, **closing, people_to=tree["second"].id)
    with pytest.raises(BranchClosed):
        await database.write(branch.bind, chat=branch_of_li, branch=tree["group"].id)


@pytest.fixture
async def branch_of_li(database, tree, branch):
    def begin(stores):
        (person,) = stores.people.add([li(tree["group"])])
        stores.people.link(person.id, branch.li.id)
        stores.chats.save(replace(branch.group, branch=tree["group"].id))
        return stores.chats.get(branch.group.id)

    return await database.write(begin)


async def test_a_branch_with_branches_below_it_does_not_close(database, tree):
    with pytest.raises(BranchNotEmpty):
        await database.write(branch.close, branch=tree["branch"].id, people_to=tree["second"].id, at=AT, day=TODAY)


async def test_a_chat_is_bound_to_a_branch_and_let_go_again(database, tree, branch_of_li):
    assert (await database.read(lambda stores: stores.chats.of_branch(tree["group"].id))) == [branch_of_li]
    await database.write(branch.bind, chat=branch_of_li, branch=None)
    assert (await database.read(lambda stores: stores.chats.of_branch(tree["group"].id))) == []


async def test_points_stay_with_the_branch_of_their_day(database, tree, branch, branch_of_li):
    def earn(stores, ago):
        at = AT - timedelta(days=ago)
        points.award(stores, branch.li.id, branch.group, *ON_TIME, source=f"{ago}", cause="巡检", at=at)

    for ago in (40, 10, 2, 0):
        await database.write(earn, ago)
    person = await database.read(lambda stores: stores.people.numbered("00017"))
    await database.write(lambda stores: stores.people.place(person.id, tree["second"].id, TODAY - timedelta(days=2)))

    async def earned(place, since, until):
        span = (TODAY - timedelta(days=since), TODAY - timedelta(days=until))
        return dict(await database.read(lambda stores: stores.branches.points(tree[place].id, *span)))

    group, second = tree["group"].id, tree["second"].id
    assert await earned("committee", 100, -1) == {group: 10, second: 10}
    assert await earned("committee", 30, 0) == {group: 5, second: 5}
    assert await earned("branch", 100, -1) == {group: 10}
    assert await earned("second", 1, -1) == {second: 5}
    assert await earned("second", 100, 2) == {}
