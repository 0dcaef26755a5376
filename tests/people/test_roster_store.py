"""Rosters brought into the store: what changes, what is left alone, and that the second time nothing does."""

from dataclasses import replace
from datetime import date

import pytest

from domain.people import branch, role, roster
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Role
from domain.people.person import Placement
from domain.people.roster import PlanChanged, Roster, Row, Why
from tests.stores import AT

TODAY = date(2026, 11, 25)
LATER = date(2026, 12, 1)
LONG_AGO = date(1900, 1, 1)
KINDS = {"党委": BranchKind.COMMITTEE, "总支": BranchKind.GENERAL_BRANCH}
FIRST, SECOND, OTHER = ("党委", "总支", "一支部"), ("党委", "总支", "二支部"), ("党委", "三支部")


def row(number, name, path, **more):
    return Row(0, number, name, path, **more)


LI, WANG = row("0017", "李伟", FIRST, role="书记", phone="13800000000"), row("0018", "王海燕", FIRST)
ZHAO, ZHOU = row("0019", "赵敏", SECOND), row("0020", "周杰", OTHER)
ALL = (LI, WANG, ZHAO, ZHOU)


def file(*rows, told=("role", "phone", "joined_on")):
    """A file with these people; rows are numbered from 2."""
    numbered = [replace(one, row=place) for place, one in enumerate(rows, 2)]
    names = {name: KINDS.get(name, BranchKind.BRANCH) for one in rows for name in one.branch}
    return Roster(numbered, frozenset(told), names)


@pytest.fixture
def plan(database):
    async def plan(*rows, **more):
        return roster.plan(await database.read(roster.known), file(*rows, **more))

    return plan


@pytest.fixture
def bring_in(database, plan):
    async def bring_in(*rows, day=TODAY, **more):
        found = await plan(*rows, **more)
        agreed = {"agreed": found.fingerprint, "by": None, "day": day, "at": AT, "sure": True}
        return (await database.write(roster.carry_out, roster=file(*rows, **more), **agreed)).plan

    return bring_in


@pytest.fixture
def listed(database):
    async def listed(day=TODAY):
        found = await database.read(roster.listed, day=day)
        return {one.person.number: (one.person.name, one.branch) for one in found}

    return listed


async def test_a_first_roster_makes_the_tree_and_everybody_in_it(database, bring_in, listed):
    done = await bring_in(*ALL)
    assert len(done.new) == 4
    assert done.branches == (("党委",), ("党委", "总支"), FIRST, SECOND, OTHER)
    assert await listed() == {one.number: (one.name, one.branch) for one in ALL}
    kinds = [one.kind for one in await database.read(lambda stores: stores.branches.all())]
    assert kinds == [BranchKind.COMMITTEE, BranchKind.GENERAL_BRANCH, *[BranchKind.BRANCH] * 3]
    known = await database.read(lambda stores: stores.people.numbered("0017"))
    assert (known.role, known.phone, known.member) == ("书记", "13800000000", None)


async def test_the_same_file_again_changes_nothing(plan, bring_in):
    away = replace(LI, leave_from=date(2026, 11, 20), leave_to=date(2026, 11, 30))
    await bring_in(away, WANG, ZHAO, ZHOU)
    found = await plan(away, WANG, ZHAO, ZHOU)
    assert found.empty
    assert found.same == 4
    assert not found.unclear


async def test_what_has_changed_is_told_and_kept(database, plan, bring_in):
    await bring_in(*ALL)
    changed = replace(LI, name="李玮", phone="", joined_on=date(2019, 7, 1))
    found = await plan(changed, WANG, ZHAO, ZHOU)
    (change,) = found.changed
    assert change.fields == ["name", "phone", "joined_on"]
    assert found.same == 3
    await bring_in(changed, WANG, ZHAO, ZHOU)
    known = await database.read(lambda stores: stores.people.numbered("0017"))
    assert (known.name, known.phone, known.joined_on) == ("李玮", "", date(2019, 7, 1))


async def test_a_column_that_the_file_does_not_have_changes_nothing(plan, bring_in):
    await bring_in(*ALL)
    assert (await plan(replace(LI, role="", phone=""), WANG, ZHAO, ZHOU, told=())).empty


async def test_a_move_keeps_where_somebody_was_before(database, plan, bring_in, listed):
    await bring_in(*ALL)
    moved = replace(LI, branch=SECOND)
    assert [move.to for move in (await plan(moved, WANG, ZHAO, ZHOU)).moved] == [SECOND]
    await bring_in(moved, WANG, ZHAO, ZHOU)
    assert (await listed())["0017"] == ("李伟", SECOND)
    known = await database.read(lambda stores: stores.people.numbered("0017"))
    places = {one.id: one.name for one in await database.read(lambda stores: stores.branches.all())}
    history = await database.read(lambda stores: stores.people.placements(known.id))
    assert [(places[one.branch], one.since, one.until) for one in history] == [
        ("一支部", LONG_AGO, TODAY),
        ("二支部", TODAY, None),
    ]


async def test_who_is_missing_from_a_branch_of_the_file_has_left_and_nobody_else(database, plan, bring_in, listed):
    await bring_in(*ALL)
    found = await plan(WANG, ZHAO)  # the third branch is not in this file
    assert [one.name for one in found.left] == ["李伟"]
    await bring_in(WANG, ZHAO)
    assert set(await listed()) == {"0018", "0019", "0020"}
    known = await database.read(lambda stores: stores.people.numbered("0017"))
    assert known.left_on == TODAY
    assert (await plan(WANG, ZHAO)).empty


async def test_who_comes_back_is_the_same_person(database, plan, bring_in):
    await bring_in(*ALL)
    before = await database.read(lambda stores: stores.people.numbered("0017"))
    await bring_in(WANG, ZHAO)
    (move,) = (await plan(*ALL)).moved
    assert move.is_return
    await bring_in(*ALL, day=LATER)
    again = await database.read(lambda stores: stores.people.numbered("0017"))
    assert again == before
    history = await database.read(lambda stores: stores.people.placements(before.id))
    assert history == [
        Placement(before.id, before.branch, LONG_AGO, TODAY),
        Placement(before.id, before.branch, LATER, None),
    ]


async def test_many_leavers_look_like_half_a_file(plan, bring_in):
    crowd = [row(f"1{number:03}", f"张{number}", FIRST) for number in range(30)]
    await bring_in(*crowd)
    assert not (await plan(*crowd[:20])).worrying
    assert (await plan(*crowd[:19])).worrying


async def test_a_third_of_each_branch_counts_and_not_of_the_whole(plan, bring_in):
    crowd = [row(f"1{number:03}", f"张{number}", FIRST) for number in range(30)]
    small = [row(f"2{number:03}", f"李{number}", SECOND) for number in range(4)]
    await bring_in(*crowd, *small)
    assert not (await plan(*crowd, *small[:3])).worrying
    (thinned,) = (await plan(*crowd, *small[:2])).thinned
    assert (thinned.branch, thinned.left, thinned.of) == (SECOND, 2, 4)


async def test_so_many_leave_only_where_it_was_said_that_this_is_right(database, plan, bring_in):
    await bring_in(*ALL)
    agreed = {"agreed": (await plan(WANG, ZHAO)).fingerprint, "by": None, "day": TODAY, "at": AT}
    with pytest.raises(roster.ManyLeave):
        await database.write(roster.carry_out, roster=file(WANG, ZHAO), **agreed)
    assert (await database.read(lambda stores: stores.people.numbered("0017"))).left_on is None


async def test_who_the_file_says_is_gone_leaves_wherever_they_were(plan, bring_in, listed):
    await bring_in(*ALL)
    gone = replace(ZHOU, gone=True, branch=())
    assert [one.name for one in (await plan(LI, WANG, ZHAO, gone)).left] == ["周杰"]
    here = replace(ZHOU, branch=SECOND)
    found = await plan(LI, WANG, ZHAO, gone, here)  # one row where they were, one where they are now
    assert ([one.person.name for one in found.moved], found.left) == (["周杰"], ())
    await bring_in(LI, WANG, ZHAO, gone)
    assert (await plan(LI, WANG, ZHAO, gone)).empty
    stranger = row("0099", "钱进", ("党委", "四支部"), gone=True)
    assert (await plan(LI, WANG, ZHAO, stranger)).empty


async def test_rights_that_an_import_gives_and_takes_are_told(database, plan, bring_in):
    secretary = row("0021", "陈书记", SECOND, role="支部书记")
    (power,) = (await plan(*ALL[1:], secretary)).powers
    assert (power.name, power.was, power.now, power.gains, power.waits) == (
        "陈书记",
        "",
        "支部书记",
        Role.SECRETARY,
        True,
    )
    await bring_in(*ALL, secretary)
    assert (await plan(*ALL, secretary)).powers == ()

    def link(stores):
        person = stores.people.numbered("0021")
        member = stores.members.add(PersonProfile(99, "陈书记"), AT)
        stores.people.link(person.id, member.id)
        role.grant_from_roster(stores, stores.people.get(person.id), member, AT)

    await database.write(link)
    (power,) = (await plan(*ALL, replace(secretary, role="委员"))).powers
    assert (power.gains, power.loses, power.waits) == (Role.COMMITTEE, (Role.SECRETARY,), False)
    (power,) = (await plan(*ALL, replace(secretary, branch=FIRST))).powers
    assert (power.branch, power.gains, power.loses) == (FIRST, Role.SECRETARY, (Role.SECRETARY,))
    (power,) = (await plan(*ALL)).powers
    assert (power.name, power.gains, power.loses) == ("陈书记", None, (Role.SECRETARY,))
    assert (await plan(*ALL, replace(secretary, role="管理员"))).powers[0].gains is None


async def test_a_right_that_was_withdrawn_by_hand_is_not_told_as_given(database, plan, bring_in):
    secretary = row("0021", "陈书记", SECOND, role="支部书记")
    await bring_in(*ALL, secretary)

    def withdraw(stores):
        person = stores.people.numbered("0021")
        member = stores.members.add(PersonProfile(99, "陈书记"), AT)
        stores.people.link(person.id, member.id)
        given = role.grant_from_roster(stores, stores.people.get(person.id), member, AT)
        stores.grants.end(given.id, member.id, AT)
        return role.grant_from_roster(stores, stores.people.get(person.id), member, AT)

    assert await database.write(withdraw) is None
    assert (await plan(*ALL, replace(secretary, name="陈淑芬"))).powers == ()
    (power,) = (await plan(*ALL, replace(secretary, branch=FIRST))).powers
    assert (power.branch, power.gains) == (FIRST, Role.SECRETARY)


async def test_leave_is_noted_and_corrected(database, plan, bring_in):
    await bring_in(replace(LI, leave_from=date(2026, 11, 20), leave_to=date(2026, 11, 30)))
    await bring_in(replace(LI, leave_from=date(2026, 11, 20), leave_to=date(2026, 12, 4)))
    (known,) = await database.read(lambda stores: stores.people.all_absences())
    assert (known.since, known.until) == (date(2026, 11, 20), date(2026, 12, 5))
    (one,) = await database.read(roster.listed, day=TODAY)
    assert (one.leave_from, one.leave_to) == (date(2026, 11, 20), date(2026, 12, 4))
    (one,) = await database.read(roster.listed, day=date(2026, 12, 5))
    assert (one.leave_from, one.leave_to) == (None, None)
    assert (await plan(LI)).empty  # an empty cell does not end a leave, which may be known from the chat


async def test_who_has_no_number_is_known_by_a_name_that_is_the_only_one_of_its_branch(plan, bring_in):
    namesake = row("0021", "李伟", SECOND)
    await bring_in(*ALL, namesake)
    nameless = replace(LI, number="", phone="13900000000")
    found = await plan(nameless, WANG, ZHAO, ZHOU, namesake)
    assert [change.before.number for change in found.changed] == ["0017"]
    assert not found.unclear


async def test_who_cannot_be_told_apart_is_unclear_and_does_not_leave(plan, bring_in):
    twin = row("0021", "李伟", FIRST)
    await bring_in(*ALL, twin)
    found = await plan(WANG, ZHAO, ZHOU, replace(LI, number=""), row("", "钱进", FIRST))
    assert [(one.row, one.name, one.why) for one in found.unclear] == [
        (5, "李伟", Why.NO_NUMBER),
        (6, "钱进", Why.NO_NUMBER),
    ]
    assert found.empty


async def test_two_rows_that_mean_the_same_person_are_unclear(plan, bring_in):
    await bring_in(*ALL)
    nameless = replace(LI, number="")
    found = await plan(nameless, LI, WANG, ZHAO, ZHOU)
    assert [(one.row, one.why) for one in found.unclear] == [(2, Why.NO_NUMBER)]  # whoever has a number has their row
    assert found.empty
    found = await plan(nameless, nameless, WANG, ZHAO, ZHOU)
    assert [(one.row, one.why) for one in found.unclear] == [(3, Why.SAME_PERSON)]
    assert found.empty


async def test_noughts_that_a_spreadsheet_has_lost_are_found_again_for_the_same_name(plan, bring_in):
    await bring_in(*ALL)
    assert (await plan(replace(LI, number="17", bare_number=True), WANG, ZHAO, ZHOU)).empty
    other = replace(LI, number="17", name="别人", bare_number=True)
    assert [one.name for one in (await plan(other, LI, WANG, ZHAO, ZHOU)).new] == ["别人"]
    written = replace(LI, number="17")  # as text it is another number
    assert [one.number for one in (await plan(written, LI, WANG, ZHAO, ZHOU)).new] == ["17"]


async def test_a_branch_may_be_named_by_the_end_of_its_path(database, plan, bring_in):
    await bring_in(*ALL)
    short = [replace(one, branch=one.branch[-1:]) for one in ALL]
    assert (await plan(*short)).empty
    assert (await plan(*[replace(one, branch=one.branch[-2:]) for one in ALL])).empty
    top = (await database.read(branch.at, names=("党委",))).id
    await database.write(branch.add, parent=top, kind=BranchKind.BRANCH, name="一支部")
    found = await plan(*short)
    assert [one.why for one in found.unclear] == [Why.SEVERAL_BRANCHES] * 2
    assert not found.left


async def test_a_new_branch_goes_below_the_one_that_its_path_ends_in(plan, bring_in):
    await bring_in(*ALL)
    found = await plan(*ALL, row("0030", "钱进", ("总支", "四支部", "甲小组")))
    assert found.branches == (("党委", "总支", "四支部"), ("党委", "总支", "四支部", "甲小组"))


async def test_what_was_not_agreed_to_is_not_done(database, plan, bring_in, listed):
    agreed = (await plan(*ALL)).fingerprint
    await bring_in(WANG)
    terms = {"agreed": agreed, "by": None, "day": TODAY, "at": AT}
    with pytest.raises(PlanChanged) as caught:
        await database.write(roster.carry_out, roster=file(*ALL), **terms)
    assert len(caught.value.plan.new) == 3
    assert set(await listed()) == {"0018"}


async def test_an_import_that_fails_on_the_way_leaves_nothing(database, listed, plan):
    found = file(*ALL)
    agreed = roster.plan(await database.read(roster.known), found).fingerprint

    def fail_at_last(stores):
        roster.carry_out(stores, roster=found, agreed=agreed, by=None, day=TODAY, at=AT)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(fail_at_last)
    assert await listed() == {}
    assert await database.read(lambda stores: stores.branches.all()) == []


async def test_an_import_is_in_the_audit_log_without_a_name(database, bring_in):
    await bring_in(*ALL)
    (record,) = list(await database.read(lambda stores: list(stores.audit.chain())))
    assert (record.action, record.subject) == ("file.imported", "roster")
    assert record.new == "new:4"


async def held(database, member):
    grants = await database.read(lambda stores: stores.grants.of(member.id))
    return [(one.role.value, one.where) for one in grants]


async def test_roles_of_known_accounts_follow_the_roster_and_end_with_leaving(database, branch, bring_in):
    await bring_in(*ALL)

    def link(stores):
        person = stores.people.numbered("0017")
        stores.people.link(person.id, branch.li.id)
        role.grant_from_roster(stores, person, branch.li, AT)

    await database.write(link)
    assert await held(database, branch.li) == [("secretary", "一支部")]
    await bring_in(replace(LI, branch=SECOND, role="组织委员"), WANG, ZHAO, ZHOU)
    assert await held(database, branch.li) == [("committee", "二支部")]
    await bring_in(WANG, ZHAO, ZHOU, day=LATER)
    assert await held(database, branch.li) == []
