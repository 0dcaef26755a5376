"""What harms a meeting: strangers who outvote, a group that goes to another branch, people who have gone."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from domain.life.meeting import attending, calling, deciding, holding, looking, minutes
from domain.life.meeting.calling import Wish
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import NotEntitled, Way
from domain.life.meeting.kinds import Kind
from domain.life.meeting.minutes import Errand, Written
from domain.life.meeting.preparing import Preparer
from domain.life.meeting.quorum import Choice, Count, Outcome
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.naming import Chosen
from domain.people.naming import Kind as Kinds
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.life.test_meeting_store import DAY, HOUR, Office, call, office
from tests.stores import AT, LOCALE, queued

__all__ = ["office"]


def known(stores: Any, group: Any, name: str) -> Actor:
    """Somebody who has spoken in a group."""
    member = stores.members.add(PersonProfile(hash(name) % 10_000 + 5_000, name), AT)
    stores.members.speak(group.id, member.id, AT)
    return Actor(member, stores.chats.get(group.id), AT)


def unlisted(stores: Any) -> tuple[dict[str, Actor], Any]:
    """A group without a roster, of three people, the first of whom leads it; and an open meeting of them."""
    group = stores.chats.add(ChatProfile(-300, ChatKind.GROUP, "丙"), LOCALE, AT)
    actors = {name: known(stores, group, name) for name in "xyz"}
    stores.grants.add(actors["x"].member, Role.SECRETARY, Area(group=group.id), None, AT)
    wish = Wish(Kind.REGULAR, AT + HOUR, "一楼", ())
    number = calling.call(stores, actors["x"], wish=wish, source="draft:x").meeting.id
    return actors, number


def arrive(stores: Any, number: Any, *actors: Actor) -> None:
    for one in actors:
        attending.check_in_by_code(stores, one, code=stores.meetings.get(number).code)


async def test_who_comes_in_during_a_vote_does_not_outvote_those_it_began_with(database: Any) -> None:
    def unit(stores: Any) -> None:
        actors, number = unlisted(stores)
        chief = actors["x"]
        holding.open_(stores, chief, number=number)
        holding.put_button(stores, chief, number=number)
        arrive(stores, number, actors["x"], actors["y"])
        one = deciding.propose(stores, chief, wish=Proposal(number, "补助", "", Way.OPEN), source="draft:1")
        late = [known(stores, chief.chat, f"late{place}") for place in range(3)]
        arrive(stores, number, *late)
        for actor in late:
            with pytest.raises(NotEntitled):
                deciding.vote(stores, actor, number=one.id, choice=Choice.FOR)
        deciding.vote(stores, actors["y"], number=one.id, choice=Choice.AGAINST)
        ended = deciding.end(stores, chief, number=one.id)
        assert (ended.count, ended.outcome) == (Count(3, 0, 1), Outcome.REJECTED)
        two = deciding.propose(stores, chief, wish=Proposal(number, "采购", "", Way.OPEN), source="draft:2")
        assert two.count.entitled == 6
        deciding.vote(stores, late[0], number=two.id, choice=Choice.FOR)
        assert stores.decisions.votes(two.id)

    await database.write(unit)


async def test_who_has_left_a_group_without_a_roster_does_not_count(database: Any) -> None:
    def unit(stores: Any) -> None:
        actors, number = unlisted(stores)
        stores.members.leave(actors["x"].chat.id, actors["z"].member.id, AT)
        roll = holding.open_(stores, actors["x"], number=number)
        assert [one.name for one in roll.people] == ["x", "y"]

    await database.write(unit)


async def test_a_group_that_becomes_another_branchs_keeps_the_list_of_its_meeting(
    database: Any, office: Office
) -> None:
    def unit(stores: Any) -> None:
        called = call(stores, office)
        other = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="乙")
        branches.bind(stores, chat=office.chief.chat, branch=other.id)
        stores.grants.add(office.chief.member, Role.SECRETARY, Area(branch=other.id), None, AT)
        moved = replace(office.chief, chat=stores.chats.get(office.chief.chat.id))
        roll = holding.open_(stores, moved, number=called.meeting.id)
        assert [one.name for one in roll.people] == list("abcd")
        assert roll.quorum.entitled == 4
        actors, number = unlisted(stores)
        branches.bind(stores, chat=actors["x"].chat, branch=office.branch.id)
        bound = replace(actors["x"], chat=stores.chats.get(actors["x"].chat.id))
        stores.grants.add(bound.member, Role.SECRETARY, Area(branch=office.branch.id), None, AT)
        assert [one.name for one in holding.open_(stores, bound, number=number).people] == ["x", "y", "z"]
        assert looking.roll_of(stores, stores.meetings.get(number)).quorum.entitled == 3

    await database.write(unit)


async def test_minutes_that_are_sent_again_give_new_tasks_alone(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        holding.open_(stores, office.chief, number=number)
        b, d = (Chosen(Kinds.PERSON, office.persons[name].id) for name in "bd")
        keep = partial(minutes.keep, stores, office.chief, number=number)
        first, other = Errand(b, AT + DAY, "整改"), Errand(d, AT + DAY, "整改")
        assert len(keep(written=Written("一", [first, other]), source="draft:1").given) == 2
        later = [replace(one, due_at=AT + 2 * DAY) for one in (first, other)]
        again = keep(written=Written("二", [*later, Errand(b, AT + DAY, "采购")]), source="draft:2")
        assert [one.task.plan.title for one in again.given] == ["采购"]
        assert again.meeting.minutes == "二"

    await database.write(unit)


async def test_the_code_of_ones_own_meeting_holds_in_a_group_that_has_another(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        code = holding.open_(stores, office.chief, number=number).meeting.code
        other = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="乙")
        group = stores.chats.add(ChatProfile(-200, ChatKind.GROUP, "乙"), LOCALE, AT)
        branches.bind(stores, chat=group, branch=other.id)
        (person,) = stores.people.add([Entry("9", "i", other.id)])
        leader = known(stores, group, "i")
        stores.people.link(person.id, leader.member.id)
        leader = replace(leader, chat=stores.chats.get(group.id))
        stores.grants.add(leader.member, Role.SECRETARY, Area(branch=other.id), None, AT)
        wish = Wish(Kind.REGULAR, AT + HOUR, "二楼", ())
        there = calling.call(stores, leader, wish=wish, source="draft:i").meeting.id
        holding.open_(stores, leader, number=there)
        guest = replace(office.actors["b"], chat=leader.chat)
        assert not attending.check_in_by_code(stores, guest, code=code).before
        assert [one.name for one in looking.roll_of(stores, stores.meetings.get(number)).present] == ["b"]

    await database.write(unit)


async def test_each_slot_of_the_clock_does_its_work_once(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office, starts_at=AT + 2 * DAY).meeting.id
        begins = AT + 2 * DAY
        for at in (begins - HOUR, begins - HOUR, begins - HOUR / 2):
            holding.tend(stores, at)
        told = len(queued(stores))
        holding.tend(stores, begins - HOUR / 2)
        assert len(queued(stores)) == told
        for at in (begins + DAY, begins + DAY, begins + 2 * DAY):
            holding.tend(stores, at)
        assert stores.meetings.get(number).ended_at == begins + DAY

    await database.write(unit)


async def test_who_was_named_twice_prepares_an_item_once(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number, b = call(stores, office).meeting.id, office.actors["b"].member.id
        awaited = stores.members.await_username("later", AT).id
        lines = [(None, awaited), (None, b), (office.persons["b"].id, None)]
        stores.preparers.add([Preparer(number, 1, person, member, "") for person, member in lines])
        stores.preparers.hand_over(awaited, b)
        assert [(one.item, one.member) for one in stores.preparers.of(number)] == [(1, b)]
        assert len(stores.preparers.of_member(b)) == 1

    await database.write(unit)
