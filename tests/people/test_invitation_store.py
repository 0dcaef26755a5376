"""Who is who, on both engines: each token once, each account one person's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.people import branch as branches
from domain.people import invitation
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.stores import AT

WEEK = timedelta(days=7)


@pytest.fixture
async def people(database, branch):
    """Two on the roster."""

    def unit(stores):
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="第一党支部").id
        return stores.people.add([Entry("1", "李伟", place), Entry("2", "王海燕", place)])

    return await database.write(unit)


async def invite(database, branch, people, *digests):
    invited = [(person.id, digest) for person, digest in zip(people, digests, strict=True)]
    await database.write(lambda stores: stores.invitations.add(invited, branch.zhao.id, AT, AT + WEEK))


async def test_an_invitation_is_found_by_its_digest_and_notes_its_use(database, branch, people):
    await invite(database, branch, people, "a", "b")
    found = await database.read(lambda stores: stores.invitations.find("b"))
    assert (found.person, found.expires_at, found.used_by) == (people[1].id, AT + WEEK, None)
    await database.write(lambda stores: stores.invitations.use(found.id, branch.wang.id, AT))
    used = await database.read(lambda stores: stores.invitations.get(found.id))
    assert (used.used_by, used.used_at) == (branch.wang.id, AT)
    assert await database.read(lambda stores: stores.invitations.find("c")) is None


async def test_a_newer_invitation_drops_the_older_but_not_a_used_one(database, branch, people):
    await invite(database, branch, people, "a", "b")
    first = await database.read(lambda stores: stores.invitations.find("a"))
    await database.write(lambda stores: stores.invitations.use(first.id, branch.li.id, AT))
    await invite(database, branch, people, "c", "d")
    kept = await database.read(lambda stores: [bool(stores.invitations.find(one)) for one in "abcd"])
    assert kept == [True, False, True, True]


async def test_two_who_follow_one_link_at_once_are_not_both_let_in(database, branch, people):
    await invite(database, branch, people, invitation.digest("secret"), "b")

    def follow(stores, member):
        return invitation.accept(stores, Actor(member, branch.group, AT), digest=invitation.digest("secret"))

    await database.write(follow, branch.li)
    with pytest.raises(invitation.InvitationUsed):
        await database.write(follow, branch.wang)
    assert (await database.read(lambda stores: stores.people.of_member(branch.li.id))).number == "1"


async def test_the_store_refuses_one_account_for_two_people(database, branch, people):
    await database.write(lambda stores: stores.people.link(people[0].id, branch.li.id))
    with pytest.raises(IntegrityError):
        await database.write(lambda stores: stores.people.link(people[1].id, branch.li.id))


async def test_tries_are_counted_from_a_moment_on(database, branch, people):
    def unit(stores):
        for minutes in (0, 30, 59):
            stores.invitations.claim(branch.li.id, None, AT + timedelta(minutes=minutes))
        stores.invitations.claim(branch.wang.id, None, AT)
        return stores.invitations.tries(branch.li.id, AT)

    assert await database.write(unit) == 2


async def test_a_claim_is_open_until_it_is_answered(database, branch, people):
    made = await database.write(lambda stores: stores.invitations.claim(branch.li.id, people[0].id, AT))
    await database.write(lambda stores: stores.invitations.claim(branch.li.id, None, AT))
    assert await database.read(lambda stores: stores.invitations.open_claims(branch.li.id)) == [made]
    await database.write(lambda stores: stores.invitations.answer(made.id, confirmed=True, by=branch.zhao.id, at=AT))
    assert await database.read(lambda stores: stores.invitations.open_claims(branch.li.id)) == []
    assert (await database.read(lambda stores: stores.invitations.claimed(made.id))).answered_at == AT


async def test_secretaries_are_those_that_can_be_written_to(database, branch, people):
    def unit(stores):
        place = people[0].branch
        member = stores.members.get(branch.li.id)
        stores.grants.add(member, Role.SECRETARY, Area(branch=place), None, AT)
        before = stores.invitations.secretaries([place])
        stores.members.save(replace(member, private=branch.group.id))
        return before, stores.invitations.secretaries([place]), stores.invitations.secretaries([])

    before, after, of_none = await database.write(unit)
    assert before == {}
    assert [one.id for one in after[people[0].branch]] == [branch.li.id]
    assert of_none == {}


async def test_what_is_over_is_forgotten(database, branch, people):
    await invite(database, branch, people, "a", "b")
    await database.write(lambda stores: stores.invitations.claim(branch.li.id, None, AT))
    assert await database.write(lambda stores: stores.invitations.forget(AT)) == 0
    assert await database.write(lambda stores: stores.invitations.forget(AT + 2 * WEEK)) == 3
