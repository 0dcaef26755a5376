"""Roles in the store: what somebody holds at a place, in one statement, and what the roster gives."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people import member as members
from domain.people import permission
from domain.people import role as roles
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Area, Permission, Powers, Role
from domain.people.person import Entry
from domain.people.role.model import AlreadyHeld, LastAdministrator, NotYours
from tests.stores import AT, LOCALE


@pytest.fixture
async def tree(database, branch):
    """党委 > 党总支 > 党支部 > 党小组, to which the group belongs; the members keep their names."""

    def grow(stores):
        ids, parent = {}, None
        kinds = ("committee", "general_branch", "branch", "group")
        for kind in kinds:
            ids[kind] = parent = branches.add(stores, parent=parent, kind=BranchKind(kind), name=kind).id
        ids["other"] = branches.add(stores, parent=ids["committee"], kind=BranchKind.BRANCH, name="other").id
        branches.bind(stores, chat=branch.group, branch=ids["group"])
        return ids

    return await database.write(grow)


async def grant(database, who, role, area):
    return await database.write(lambda stores: stores.grants.add(who, role, area, None, AT))


async def powers(database, who, chat_id):
    def ask(stores):
        return permission.powers(stores, Actor(who, stores.chats.get(chat_id), AT))

    return await database.read(ask)


NOBODY = Powers(frozenset(), has_secretary=False)


async def test_nobody_holds_anything_at_first(database, branch):
    assert await powers(database, branch.li, branch.group.id) == NOBODY


@pytest.mark.parametrize("above", ["committee", "general_branch", "branch", "group"])
async def test_a_role_holds_over_everything_below(database, branch, tree, above):
    await grant(database, branch.li, Role.COMMITTEE, Area(branch=tree[above]))
    assert (await powers(database, branch.li, branch.group.id)).roles == {Role.COMMITTEE}
    assert (await powers(database, branch.wang, branch.group.id)).roles == set()


async def test_who_is_part_of_a_group(database, branch, tree):
    """Who is in it, whom the roster has in its branch or below, who has a role over it; nobody else."""

    def arrange(stores):
        guest, own, above, ruling, elsewhere, left = (
            stores.members.add(PersonProfile(9000 + n, f"人{n}"), AT) for n in range(6)
        )
        places = (tree["group"], tree["branch"], tree["group"])
        people = stores.people.add([Entry(f"P{n}", f"人{n}", place) for n, place in enumerate(places)])
        for person, member in zip(people, (own, above, left), strict=True):
            stores.people.link(person.id, member.id)
        stores.people.leave(people[2].id, date(2026, 11, 1))
        stores.grants.add(ruling, Role.INSPECTOR, Area(branch=tree["committee"]), None, AT)
        stores.grants.add(elsewhere, Role.SECRETARY, Area(branch=tree["other"]), None, AT)
        stores.members.join(branch.group.id, guest.id, AT)
        asked = (guest, own, above, ruling, elsewhere, left)
        group = stores.chats.get(branch.group.id)
        return [permission.is_part_of(stores, one.id, group) for one in asked]

    assert await database.write(arrange) == [True, True, False, True, False, False]


async def test_a_role_over_another_branch_is_none_here(database, branch, tree):
    await grant(database, branch.li, Role.COMMITTEE, Area(branch=tree["other"]))
    assert await powers(database, branch.li, branch.group.id) == NOBODY


@pytest.mark.parametrize(
    ("over", "led"),
    [("group", True), ("branch", True), ("general_branch", False), ("committee", False), ("other", False)],
)
async def test_a_group_is_led_by_its_branchs_secretary_and_not_by_those_further_up(database, branch, tree, over, led):
    await grant(database, branch.li, Role.SECRETARY, Area(branch=tree[over]))
    assert (await powers(database, branch.wang, branch.group.id)).has_secretary is led


async def test_a_secretary_of_the_enterprise_or_a_leader_of_the_group_ends_nothing(database, branch, tree):
    await grant(database, branch.li, Role.SECRETARY, EVERYWHERE)
    await grant(database, branch.li, Role.LEADER, Area(branch=tree["group"]))
    assert not (await powers(database, branch.wang, branch.group.id)).has_secretary


async def test_a_group_of_no_branch_has_its_own_secretary(database, branch):
    await grant(database, branch.li, Role.SECRETARY, Area(group=branch.group.id))
    assert await powers(database, branch.li, branch.group.id) == Powers(frozenset({Role.SECRETARY}), has_secretary=True)
    other = await database.write(lambda stores: stores.chats.add(ChatProfile(-2, ChatKind.GROUP, "二支部"), LOCALE, AT))
    assert await powers(database, branch.li, other.id) == NOBODY


async def test_in_private_counts_what_is_held_anywhere(database, branch, tree):
    await grant(database, branch.li, Role.SECRETARY, Area(branch=tree["other"]))
    await grant(database, branch.li, Role.LEADER, Area(group=branch.group.id))
    await grant(database, branch.wang, Role.SECRETARY, EVERYWHERE)
    home = await database.write(lambda stores: stores.chats.add(ChatProfile(101, ChatKind.PRIVATE, "李伟"), LOCALE, AT))
    assert await powers(database, branch.li, home.id) == Powers(
        frozenset({Role.SECRETARY, Role.LEADER}), has_secretary=False
    )


async def test_what_has_ended_counts_no_more(database, branch):
    number = await grant(database, branch.li, Role.SECRETARY, Area(group=branch.group.id))
    await database.write(lambda stores: stores.grants.end(number, branch.li.id, AT))
    assert await powers(database, branch.li, branch.group.id) == NOBODY
    assert await database.read(lambda stores: stores.grants.get(number)) is None


async def test_powers_cost_one_statement(database, branch, tree):
    await grant(database, branch.li, Role.SECRETARY, Area(branch=tree["branch"]))

    def ask(stores):
        chat, counted = stores.chats.get(branch.group.id), []
        event.listen(stores.connection, "before_cursor_execute", lambda *_: counted.append(1))
        permission.powers(stores, Actor(branch.li, chat, AT))
        return len(counted)

    assert await database.read(ask) == 1


async def person(database, branch, place, *, words="", left=None):
    def put(stores):
        (one,) = stores.people.add([Entry("0001", "李伟", place, role=words)])
        stores.people.link(one.id, branch.li.id)
        if left:
            stores.people.leave(one.id, left)
        return stores.people.get(one.id)

    return await database.write(put)


@pytest.mark.parametrize(
    ("left", "gone"), [(date(2026, 11, 24), True), (date(2026, 11, 25), True), (date(2026, 11, 26), False)]
)
async def test_who_has_left_may_see_what_is_theirs_and_no_more(database, branch, tree, left, gone):
    await grant(database, branch.li, Role.ADMINISTRATOR, EVERYWHERE)
    await person(database, branch, tree["branch"], left=left)
    found = await powers(database, branch.li, branch.group.id)
    assert found.has_left is gone
    assert found.allow(Permission.GRANT_ROLES) is not gone
    assert found.allow(Permission.SEE_OWN)


async def from_roster(database, who, member):
    return await database.write(roles.grant_from_roster, person=who, member=member, at=AT)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("党支部书记", Role.SECRETARY),
        (" 组织委员 ", Role.COMMITTEE),
        ("副书记", Role.COMMITTEE),
        ("党小组长", Role.LEADER),
        ("督查员", Role.INSPECTOR),
        ("Secretary", Role.SECRETARY),
    ],
)
async def test_the_rosters_words_become_a_role(database, branch, tree, words, role):
    given = await from_roster(database, await person(database, branch, tree["branch"], words=words), branch.li)
    assert (given.role, given.area, given.by) == (role, Area(branch=tree["branch"]), None)
    assert await from_roster(database, await database.read(lambda s: s.people.numbered("0001")), branch.li) is None


@pytest.mark.parametrize("words", ["", "管理员", "administrator", "车工", "employee"])
async def test_other_words_make_nobody_anything(database, branch, tree, words):
    assert await from_roster(database, await person(database, branch, tree["branch"], words=words), branch.li) is None


async def test_what_the_roster_no_longer_says_ends_and_what_was_given_by_hand_stays(database, branch, tree):
    someone = await person(database, branch, tree["branch"], words="书记")
    await from_roster(database, someone, branch.li)
    await database.write(lambda stores: stores.grants.add(branch.li, Role.INSPECTOR, EVERYWHERE, branch.wang.id, AT))
    moved = await from_roster(database, replace(someone, branch=tree["other"], role="委员"), branch.li)
    held = await database.read(lambda stores: stores.grants.of(branch.li.id))
    assert [(one.role, one.area) for one in held] == [
        (Role.INSPECTOR, EVERYWHERE),
        (Role.COMMITTEE, Area(branch=tree["other"])),
    ]
    assert held[1].id == moved.id


async def test_what_was_withdrawn_by_hand_is_not_given_again(database, branch, tree):
    someone = await person(database, branch, tree["branch"], words="书记")
    given = await from_roster(database, someone, branch.li)
    actor = Actor(branch.wang, branch.group, AT, is_root_admin=True)
    await database.write(roles.withdraw, actor, grant=given)
    assert await from_roster(database, someone, branch.li) is None


async def test_all_of_a_leaver_ends_and_is_noted(database, branch, tree):
    await grant(database, branch.li, Role.SECRETARY, EVERYWHERE)
    await grant(database, branch.li, Role.LEADER, Area(branch=tree["group"]))
    await database.write(roles.end_all, member=branch.li.id, by=None, at=AT)
    assert await database.read(lambda stores: stores.grants.of(branch.li.id)) == []
    noted = await database.read(lambda stores: [(one.action, one.old) for one in stores.audit.chain()])
    assert noted == [("role.withdrawn", "secretary enterprise"), ("role.withdrawn", f"leader branch:{tree['group']}")]


async def test_what_is_held_over_a_branch_that_is_closed_ends_and_no_more(database, branch, tree):
    await grant(database, branch.li, Role.SECRETARY, Area(branch=tree["other"]))
    await grant(database, branch.wang, Role.LEADER, Area(branch=tree["other"]))
    await grant(database, branch.li, Role.SECRETARY, Area(branch=tree["branch"]))
    await database.write(roles.end_over, branch=tree["other"], by=branch.zhao.id, at=AT)
    held = await database.read(lambda stores: stores.grants.of(branch.li.id) + stores.grants.of(branch.wang.id))
    assert [one.area for one in held] == [Area(branch=tree["branch"])]
    assert await database.read(lambda stores: [one.actor for one in stores.audit.chain()]) == [branch.zhao.id] * 2


async def test_a_role_that_waited_for_a_user_name_ends_with_its_bearers_first_word(database, branch):
    def wait(stores):
        awaited = stores.members.await_username("sun", AT)
        stores.grants.add(awaited, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        return members.meet(stores, PersonProfile(77, "孙", "sun"), AT)

    sun = await database.write(wait)
    assert (await powers(database, sun, branch.group.id)).roles == set()
    assert not (await powers(database, sun, branch.group.id)).has_secretary


async def test_of_two_who_name_the_same_one_does(database, branch):
    actor = Actor(branch.wang, branch.group, AT, is_root_admin=True)

    async def name():
        return await database.write(roles.grant, actor, to=branch.li, role=Role.SECRETARY, area=EVERYWHERE)

    await name()
    with pytest.raises(AlreadyHeld):
        await name()


async def test_two_administrators_cannot_withdraw_each_other_at_once(database, branch):
    one = await grant(database, branch.li, Role.ADMINISTRATOR, EVERYWHERE)
    other = await grant(database, branch.wang, Role.ADMINISTRATOR, EVERYWHERE)

    def withdraw(stores, number, by):
        roles.withdraw(stores, Actor(by, branch.group, AT), grant=stores.grants.get(number))

    await database.write(withdraw, other, branch.li)
    with pytest.raises(NotYours):  # no administrator any more
        await database.write(withdraw, one, branch.wang)
    with pytest.raises(LastAdministrator):
        await database.write(withdraw, one, branch.li)
