"""The roster in the store."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from domain.people.branch import BranchKind, bind
from domain.people.person import Absence, Accounts, Entry, Placement, Rate, participation

TODAY = date(2026, 11, 25)
LONG_AGO = date(1900, 1, 1)
NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)


@pytest.fixture
async def places(database):
    """A committee with two branches."""

    def plant(stores):
        top = stores.branches.add(None, BranchKind.COMMITTEE, "党委")
        return [top, *(stores.branches.add(top.id, BranchKind.BRANCH, name) for name in ("一支部", "二支部"))]

    return await database.write(plant)


@pytest.fixture
async def people(database, places):
    """Two people of the first branch, one of the second."""
    _, first, second = places
    entries = [
        Entry("00017", "李伟", first.id, "书记", "13800000000", date(2019, 7, 1)),
        Entry("00018", "王海燕", first.id),
        Entry("00019", "李伟", second.id),
    ]
    return await database.write(lambda stores: stores.people.add(entries))


def on(month, day):
    return date(2026, month, day)


async def test_who_is_on_the_roster_is_found_by_number_account_and_branch(database, places, people, branch):
    li, wang, _ = people
    await database.write(lambda stores: stores.people.link(li.id, branch.li.id))
    linked = replace(li, member=branch.li.id)
    assert await database.read(lambda stores: stores.people.numbered("00017")) == linked
    assert await database.read(lambda stores: stores.people.numbered("17")) is None
    assert await database.read(lambda stores: stores.people.of_member(branch.li.id)) == linked
    assert await database.read(lambda stores: stores.people.of_member(branch.wang.id)) is None
    assert await database.read(lambda stores: stores.people.in_branch(places[1].id)) == [linked, wang]
    assert await database.read(lambda stores: stores.people.in_branch(places[0].id)) == []
    assert len(await database.read(lambda stores: stores.people.of(places[0].id))) == 3


async def test_people_are_found_by_name_as_it_is_spoken(database, places, people):
    def more(stores):
        stores.people.add([Entry("00020", "李 伟", places[1].id), Entry("00021", "阿依古丽·买买提", places[1].id)])
        stores.people.leave(people[2].id, TODAY)

    await database.write(more)
    found = await database.read(lambda stores: stores.people.called("李伟"))
    assert [one.number for one in found] == ["00017", "00020"], "and nobody who has left"
    for name in ("阿依古丽·买买提", "阿依古丽买买提"):
        assert [one.number for one in await database.read(lambda stores, n=name: stores.people.called(n))] == ["00021"]


async def test_an_account_is_one_persons(database, people, branch):
    await database.write(lambda stores: stores.people.link(people[0].id, branch.li.id))
    with pytest.raises(IntegrityError):
        await database.write(lambda stores: stores.people.link(people[1].id, branch.li.id))
    await database.write(lambda stores: stores.people.link(people[0].id, None))
    await database.write(lambda stores: stores.people.link(people[1].id, branch.li.id))


async def test_a_number_is_one_persons(database, places, people):
    with pytest.raises(IntegrityError):
        await database.write(lambda stores: stores.people.add([Entry("00017", "赵敏", places[1].id)]))


async def test_what_is_saved_of_somebody_does_not_move_them(database, people):
    changed = replace(people[0], name="李玮", role="", phone="", joined_on=None, branch=people[2].branch)
    await database.write(lambda stores: stores.people.save([changed]))
    known = await database.read(lambda stores: stores.people.get(people[0].id))
    assert known == replace(changed, branch=people[0].branch)


async def test_moves_keep_their_history(database, places, people):
    _, first, second = places
    for place, day in ((second, on(3, 1)), (first, on(6, 1)), (second, on(6, 1))):  # the second of one day corrects
        await database.write(lambda stores, p=place, d=day: stores.people.place(people[0].id, p.id, d))
    assert await database.read(lambda stores: stores.people.placements(people[0].id)) == [
        Placement(people[0].id, first.id, LONG_AGO, on(3, 1)),
        Placement(people[0].id, second.id, on(3, 1), on(6, 1)),
        Placement(people[0].id, second.id, on(6, 1), None),
    ]
    assert (await database.read(lambda stores: stores.people.get(people[0].id))).branch == second.id


async def test_who_leaves_is_kept_and_may_come_back(database, places, people):
    await database.write(lambda stores: stores.people.leave(people[0].id, on(5, 1)))
    known = await database.read(lambda stores: stores.people.numbered("00017"))
    assert known.left_on == on(5, 1)
    assert len(await database.read(lambda stores: stores.people.of(places[0].id))) == 2
    await database.write(lambda stores: stores.people.place(people[0].id, places[2].id, on(9, 1)))
    assert (await database.read(lambda stores: stores.people.get(people[0].id))).left_on is None
    assert await database.read(lambda stores: stores.people.placements(people[0].id)) == [
        Placement(people[0].id, places[1].id, LONG_AGO, on(5, 1)),
        Placement(people[0].id, places[2].id, on(9, 1), None),
    ]


async def away(database, person, since, until):
    await database.write(lambda stores: stores.people.absent([Absence(person.id, since, until)]))


async def test_leave_replaces_what_it_overlaps(database, people):
    li = people[0]
    for since, until in ((on(1, 1), on(1, 5)), (on(11, 1), on(11, 10)), (on(11, 8), on(11, 20)), (on(12, 1), None)):
        await away(database, li, since, until)
    await away(database, people[1], on(11, 1), on(11, 3))

    def known(stores):
        return [(one.since, one.until) for one in stores.people.absences(li.id)]

    spans = [(on(1, 1), on(1, 5)), (on(11, 8), on(11, 20)), (on(12, 1), None)]
    assert await database.read(known) == spans
    assert len(await database.read(lambda stores: stores.people.all_absences())) == 4
    await away(database, li, on(11, 15), None)  # nobody knows until when: all that is later is in it
    assert await database.read(known) == [(on(1, 1), on(1, 5)), (on(11, 15), None)]


async def test_who_comes_back_early_is_there_and_later_leave_is_gone(database, people):
    li = people[0]
    for since, until in ((on(11, 20), on(11, 30)), (on(12, 10), on(12, 20))):
        await away(database, li, since, until)
    assert await database.write(lambda stores: stores.people.back(li.id, TODAY))
    assert await database.read(lambda stores: stores.people.absences(li.id)) == [Absence(li.id, on(11, 20), TODAY)]
    assert not await database.write(lambda stores: stores.people.back(li.id, TODAY))


async def test_who_is_on_leave_today_is_told_by_account(database, people, branch):
    await database.write(lambda stores: stores.people.link(people[0].id, branch.li.id))
    await database.write(lambda stores: stores.people.link(people[1].id, branch.wang.id))
    await away(database, people[0], on(11, 20), on(11, 26))
    everybody = [branch.li.id, branch.wang.id, branch.zhao.id]

    async def absent(day):
        return await database.read(lambda stores: stores.people.away(everybody, day))

    assert [await absent(day) for day in (on(11, 19), on(11, 26))] == [set(), set()]
    assert [await absent(day) for day in (on(11, 20), on(11, 25))] == [{branch.li.id}] * 2
    assert await database.read(lambda stores: stores.people.away([], TODAY)) == set()
    await database.write(lambda stores: stores.people.leave(people[1].id, on(12, 1)))
    assert [await absent(day) for day in (on(11, 30), on(12, 1))] == [set(), {branch.wang.id}]


async def test_a_branchs_leave_is_listed_from_today_on(database, places, people):
    await away(database, people[0], on(11, 1), on(11, 25))
    await away(database, people[1], on(12, 1), None)
    await away(database, people[2], on(11, 24), on(11, 26))

    async def absent(place, limit=10):
        found = await database.read(lambda stores: stores.people.absent_in(places[place].id, TODAY, limit))
        return [(person.number, absence.since) for person, absence in found]

    assert await absent(0) == [("00019", on(11, 24)), ("00018", on(12, 1))]
    assert await absent(1) == [("00018", on(12, 1))]
    assert await absent(0, limit=1) == [("00019", on(11, 24))]


async def test_accounts_are_told_apart_by_branch(database, places, people, branch):
    await database.write(lambda stores: stores.people.link(people[0].id, branch.li.id))
    await database.write(lambda stores: stores.people.link(people[2].id, branch.wang.id))
    everybody = [branch.li.id, branch.wang.id, branch.zhao.id]
    found = await database.read(lambda stores: stores.people.accounts(everybody, places[1].id))
    assert found == Accounts(frozenset({branch.li.id}), frozenset({branch.li.id, branch.wang.id}))
    assert await database.read(lambda stores: stores.people.accounts([], places[1].id)) == Accounts(
        frozenset(), frozenset()
    )


async def test_who_was_away_all_the_time_is_not_counted(database, places, people):
    week = (on(11, 23), on(11, 30))

    async def counted(place=0, span=week):
        return len(await database.read(lambda stores: stores.people.on_duty(places[place].id, *span)))

    assert [await counted(place) for place in (0, 1, 2)] == [3, 2, 1]
    await away(database, people[0], on(11, 23), on(11, 30))
    await away(database, people[1], on(11, 24), None)  # was there on Monday
    assert await counted() == 2
    assert await counted(span=(on(11, 24), on(11, 25))) == 1
    await database.write(lambda stores: stores.people.leave(people[2].id, TODAY))
    assert await counted() == 1


@pytest.fixture
async def bound(database, places, branch):
    """The group, bound to the first branch."""
    return await database.write(bind, chat=branch.group, branch=places[1].id)


async def rate(database, chat, members, **more):
    span = (datetime(2026, 11, 23, 4, tzinfo=UTC), datetime(2026, 11, 25, 4, tzinfo=UTC))
    return await database.read(participation, chat=chat, members=members, since=span[0], until=span[1], **more)


async def test_a_rate_counts_people_and_lets_guests_stand_for_those_whose_account_is_not_known(
    database, places, people, branch, bound
):
    li, wang, zhao = branch.li.id, branch.wang.id, branch.zhao.id
    assert await rate(database, branch.group, [li]) is None  # bound to no branch
    assert await rate(database, bound, [li]) == Rate(1, 2)
    assert await rate(database, bound, [li, wang, zhao]) == Rate(2, 2)
    await database.write(lambda stores: stores.people.link(people[0].id, li))
    assert await rate(database, bound, [wang, zhao]) == Rate(1, 2)
    await database.write(lambda stores: stores.people.link(people[2].id, zhao))  # of the other branch
    assert await rate(database, bound, [zhao]) == Rate(0, 2)
    await database.write(lambda stores: stores.people.link(people[1].id, wang))
    assert await rate(database, bound, [li, zhao]) == Rate(1, 2)
    assert await rate(database, bound, [], unnamed=7) == Rate(2, 2)
    assert (await rate(database, bound, [li])).percent == 50


async def test_who_is_away_all_the_time_is_missing_from_no_rate(database, people, branch, bound):
    await database.write(lambda stores: stores.people.link(people[0].id, branch.li.id))
    await away(database, people[0], on(11, 23), on(11, 26))
    assert await rate(database, bound, []) == Rate(0, 1)
    assert await rate(database, bound, [branch.li.id]) == Rate(1, 2)  # took part all the same
    await away(database, people[1], on(11, 1), None)
    assert await rate(database, bound, []) is None


async def test_a_member_stands_for_somebody_until_their_account_is_known(database, people, branch):
    li, wang, _ = people
    names = ["李伟", "王海燕"]
    standing = await database.write(lambda stores: stores.members.await_named(names, NOON))
    assert [(one.name, one.platform_id) for one in standing] == [("李伟", None), ("王海燕", None)]
    assert await database.read(lambda stores: stores.members.several([standing[1].id, standing[0].id])) == [
        standing[1],
        standing[0],
    ]
    both = {li.id: standing[0].id, wang.id: standing[1].id}
    await database.write(lambda stores: stores.people.stand_in(both))
    assert await database.read(lambda stores: stores.people.awaited([li.id, wang.id])) == both
    await database.write(lambda stores: stores.people.end_awaiting(li.id))
    assert await database.read(lambda stores: stores.people.awaited([li.id, wang.id])) == {wang.id: standing[1].id}
    assert await database.read(lambda stores: stores.people.awaited([])) == {}


async def test_leave_is_known_of_accounts_and_of_who_stands_for_somebody(database, people, branch):
    li, wang, _ = people

    def fill(stores):
        stores.people.link(li.id, branch.li.id)
        (one,) = stores.members.await_named(["王海燕"], NOON)
        stores.people.stand_in({wang.id: one.id})
        stores.people.absent([Absence(li.id, on(11, 25), on(11, 28)), Absence(wang.id, on(11, 26), None)])
        return one.id

    standing = await database.write(fill)
    asked = [branch.li.id, branch.wang.id, standing]

    def on_leave(day):
        return lambda stores: (
            {who for who, _ in stores.people.absent_on(asked, day)},
            stores.people.away(asked, day),
        )

    assert await database.read(on_leave(on(11, 24))) == (set(), set())
    assert await database.read(on_leave(on(11, 27))) == ({branch.li.id, standing},) * 2
    assert await database.read(on_leave(on(11, 28))) == ({standing},) * 2


async def test_people_are_found_by_their_accounts(database, people, branch):
    li, *_ = people
    await database.write(lambda stores: stores.people.link(li.id, branch.li.id))
    found = await database.read(lambda stores: stores.people.of_members([branch.li.id, branch.wang.id]))
    assert [one.id for one in found] == [li.id]
    assert await database.read(lambda stores: stores.people.of_members([])) == []
