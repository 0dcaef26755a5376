"""Activities in the store on both engines: seats, approval, clashes, codes, reports, who leaves."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from domain.ids import ActivityId
from domain.life.activity import after, album, approving, attending, leaving, overview, planning, running, signing
from domain.life.activity.model import Place, Resource, State
from domain.life.activity.planning import Wish
from domain.life.activity.refusing import (
    ActivityNotFound,
    ActivityOver,
    Decided,
    EndsBeforeStart,
    EnoughPhotos,
    InThePast,
    NobodyToApprove,
    NoMorePhotos,
    NoPhotos,
    NoReason,
    NoRoom,
    NotHeld,
    NotSignedUp,
    SignOffOver,
    SignUpOver,
    TooEarly,
    TooMany,
    TooManyTries,
    UntilTooLate,
)
from domain.life.activity.reporting import EXPORT, SECTION
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.reporting import Span, Week
from tests.stores import AT, LOCALE, queued

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CROWD = 20


@dataclass
class Office:
    """A branch with a group, below another one; actors by number, the first leads the branch, `above` the other."""

    group: Any
    actors: list[Actor]
    above: Actor

    @property
    def chief(self) -> Actor:
        return self.actors[0]

    def at(self, number: int, at: Any) -> Actor:
        return replace(self.actors[number], now=at)


def set_up(stores: Any) -> Office:
    group = stores.chats.add(ChatProfile(-100, ChatKind.GROUP, "甲"), LOCALE, AT)
    top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
    branch = branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name="甲")
    branches.bind(stores, chat=group, branch=branch.id)
    group = stores.chats.get(group.id)
    actors = []
    for person in stores.people.add([Entry(f"p{one}", f"p{one}", branch.id) for one in range(CROWD + 1)]):
        known = stores.members.add(PersonProfile(100 + person.id, person.name), AT)
        stores.people.link(person.id, known.id)
        stores.members.speak(group.id, known.id, AT)
        actors.append(Actor(known, group, AT))
    boss = stores.members.add(PersonProfile(99, "boss"), AT)
    private = stores.chats.add(ChatProfile(99, ChatKind.PRIVATE, "boss"), LOCALE, AT)
    stores.members.save(replace(boss, private=private.id))
    stores.grants.add(actors[0].member, Role.SECRETARY, Area(branch=branch.id), None, AT)
    stores.grants.add(boss, Role.SECRETARY, Area(branch=top.id), None, AT)
    return Office(group, actors, Actor(stores.members.get(boss.id), private, AT))


def wish(**more: Any) -> Wish:
    made = Wish("登山", "健身", AT + DAY, AT + DAY + 2 * HOUR, "西山", 3, 2, AT + DAY - HOUR, AT + DAY, 0)
    return replace(made, **more)


def propose(stores: Any, office: Office, source: str = "draft:1", **more: Any) -> Any:
    return planning.propose(stores, office.chief, wish=wish(**more), source=source)


@pytest.fixture
async def office(database: Any) -> Office:
    made: Office = await database.write(set_up)
    return made


async def test_twenty_at_once_never_get_more_seats_than_there_are(database: Any, office: Office) -> None:
    number = (await database.write(lambda stores: propose(stores, office, capacity=7))).id

    def press(which: int) -> Any:
        return database.write(
            lambda stores: signing.join(stores, office.actors[which], number=number, family=which % 3).mine.place
        )

    places = await asyncio.gather(*(press(which) for which in range(1, CROWD + 1)))
    people = await database.read(lambda stores: stores.activities.people(number))
    assert len(people) == CROWD
    assert sum(one.seats for one in people if one.place is Place.IN) == 7
    assert {Place.IN, Place.WAITING} == set(places)
    leaving_now = [one.member for one in people if one.place is Place.IN]
    actors = [one for one in office.actors if one.member.id in leaving_now]
    await asyncio.gather(
        *(database.write(lambda stores, one=one: signing.leave(stores, one, number=number)) for one in actors)
    )
    people = await database.read(lambda stores: stores.activities.people(number))
    assert sum(one.seats for one in people if one.place is Place.IN) == 7
    assert all(one.place is Place.OUT for one in people if one.member in leaving_now)


async def test_seats_with_families_and_the_waiting_list(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = propose(stores, office).id
        one, two, three, four = office.actors[1:5]
        join = signing.join
        assert join(stores, one, number=number, family=1).mine.place is Place.IN
        with pytest.raises(TooMany):
            join(stores, two, number=number, family=3)
        assert join(stores, two, number=number, family=2).mine.place is Place.WAITING
        assert join(stores, three, number=number, family=0).mine.place is Place.IN
        assert join(stores, four, number=number, family=0).ahead == 1
        with pytest.raises(NoRoom):
            join(stores, three, number=number, family=1)
        signing.leave(stores, one, number=number)
        places = {who.member: who.place for who in stores.activities.people(number)}
        assert places == {
            one.member.id: Place.OUT,
            two.member.id: Place.WAITING,
            three.member.id: Place.IN,
            four.member.id: Place.IN,
        }
        with pytest.raises(NotSignedUp):
            signing.leave(stores, one, number=number)
        with pytest.raises(SignUpOver):
            join(stores, office.at(1, AT + DAY - HOUR), number=number, family=0)
        with pytest.raises(SignOffOver):
            signing.leave(stores, office.at(4, AT + DAY), number=number)
        stranger = stores.members.add(PersonProfile(900, "x"), AT)
        elsewhere = stores.chats.add(ChatProfile(-200, ChatKind.GROUP, "乙"), LOCALE, AT)
        with pytest.raises(ActivityNotFound):
            join(stores, Actor(stranger, elsewhere, AT), number=number, family=0)
        leaving.left(stores, three.member.id, None, AT)
        assert [who.place for who in stores.activities.people(number)].count(Place.IN) == 1

    await database.write(unit)


async def test_what_is_wrong_with_a_wish(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        for wrong, more in (
            (InThePast, {"starts_at": AT}),
            (EndsBeforeStart, {"ends_at": AT + DAY}),
            (EndsBeforeStart, {"ends_at": AT + 9 * DAY}),
            (UntilTooLate, {"sign_up_until": AT}),
            (UntilTooLate, {"sign_off_until": AT + DAY + HOUR}),
        ):
            with pytest.raises(wrong):
                propose(stores, office, **more)
        first = propose(stores, office)
        assert propose(stores, office).id == first.id
        assert sum(str(one.subject) == str(first.card) for one in queued(stores)) == 1

    await database.write(unit)


async def test_the_level_above_approves_or_returns(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        made = propose(stores, office, budget=1000)
        assert made.state is State.PROPOSED
        assert [one.id for one in approving.waiting(stores, office.above)] == [made.id]
        with pytest.raises(ActivityNotFound):
            approving.approve(stores, office.chief, number=made.id)
        with pytest.raises(ActivityNotFound):
            signing.join(stores, office.actors[1], number=made.id, family=0)
        with pytest.raises(NoReason):
            approving.give_back(stores, office.above, number=made.id, reason=" ")
        assert approving.give_back(stores, office.above, number=made.id, reason="太贵").state is State.RETURNED
        again = planning.propose(
            stores, office.chief, wish=wish(budget=1000, title="爬山"), source="draft:2", revised=made.id
        )
        assert (again.id, again.title, again.state) == (made.id, "爬山", State.PROPOSED)
        with pytest.raises(InThePast):
            approving.approve(stores, replace(office.above, now=AT + 2 * DAY), number=made.id)
        assert approving.approve(stores, office.above, number=made.id).state is State.OPEN
        with pytest.raises(Decided):
            approving.approve(stores, office.above, number=made.id)
        by_boss = replace(office.above, chat=office.group)
        assert planning.propose(stores, by_boss, wish=wish(budget=5000), source="draft:3").state is State.OPEN
        stores.members.save(replace(office.above.member, private=None))
        with pytest.raises(NobodyToApprove):
            propose(stores, office, "draft:4", budget=1000)

    await database.write(unit)


async def test_a_bus_is_seen_to_be_taken(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        bus = Resource("大客车", AT + DAY, AT + DAY + HOUR)
        taken = propose(stores, office, resources=(bus,))
        later = replace(bus, name="大 客车", since=bus.until, until=bus.until + HOUR)

        def clashes(one: Resource) -> int:
            return len(planning.outline(stores, office.chief, wish(resources=(one,))).clashes)

        assert clashes(bus) == 1
        assert clashes(replace(bus, name="大 客车", since=bus.since - HOUR, until=bus.since + HOUR)) == 1
        assert clashes(later) == 0
        assert clashes(replace(bus, name="小客车")) == 0
        assert not planning.outline(stores, office.chief, wish(resources=(bus,)), taken.id).clashes
        moved = running.move(stores, office.chief, number=taken.id, starts_at=AT + 2 * DAY)
        assert moved.activity.sign_up_until == AT + 2 * DAY - HOUR
        assert clashes(bus) == 0
        running.cancel(stores, office.chief, number=taken.id)
        with pytest.raises(ActivityOver):
            running.cancel(stores, office.chief, number=taken.id)

    await database.write(unit)


async def test_check_in_its_end_and_what_came_of_it(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number: ActivityId = propose(stores, office).id
        one, two = office.at(1, AT + DAY), office.at(2, AT + DAY)
        signing.join(stores, office.actors[1], number=number, family=1)
        signing.join(stores, office.actors[2], number=number, family=0)
        with pytest.raises(TooEarly):
            running.begin(stores, office.chief, number=number)
        chief = office.at(0, AT + DAY)
        with pytest.raises(NotHeld):
            running.change_code(stores, chief, number=number)
        old = running.begin(stores, chief, number=number).activity.code
        code = running.change_code(stores, chief, number=number).activity.code
        assert code != old
        with pytest.raises(NotHeld):
            attending.check_in(stores, one, number=number)
        assert not attending.check_in_by_code(stores, one, code=code).before
        for left in (4, 3, 2, 1, 0):
            assert attending.check_in_by_code(stores, two, code=old).left == left
        with pytest.raises(TooManyTries):
            attending.check_in_by_code(stores, two, code=code)
        with pytest.raises(NotHeld):
            attending.check_in_by_code(stores, office.at(3, AT + DAY), code=code)
        who = next(each.id for each in stores.activities.people(number) if each.member == two.member.id)
        assert len(running.mark(stores, chief, number=number, who=who).present) == 2
        assert stores.points.count(two.member.id, after.CAME.name, f"activity:{number}") == 1
        assert len(running.mark(stores, chief, number=number, who=who).present) == 2
        assert len(running.unmark(stores, chief, number=number, who=who).present) == 1
        assert stores.points.count(two.member.id, after.CAME.name, f"activity:{number}") == 2
        with pytest.raises(ActivityOver):
            after.rate(stores, one, number=number, question=0, mark=5)
        running.end(stores, chief, number=number)
        after.rate(stores, one, number=number, question=0, mark=5)
        for actor, question, mark in ((two, 0, 5), (one, 3, 5), (one, 0, 6)):
            with pytest.raises(ActivityNotFound):
                after.rate(stores, actor, number=number, question=question, mark=mark)
        effect = after.put_cost(stores, chief, number=number, spent=100).effect
        assert (effect.signed, effect.came, effect.answers, effect.a_head) == (3, 2, 1, 50)
        found = overview.quarter(stores, chief, back=0)
        assert [sheet.activity.id for sheet in found.sheets] == [number]
        reported(stores, office, number)

    await database.write(unit)


def reported(stores: Any, office: Office, number: ActivityId) -> None:
    """The summary and the export tell of it."""
    told = SECTION.tell(stores, Week(office.group, AT, AT + 7 * DAY, {}))
    assert told is not None
    assert (told.text.values["held"], told.text.values["came"]) == (1, 2)
    span = Span(office.group, AT, AT + 7 * DAY, AT + 7 * DAY, max_rows=10, named=True)
    activities, signups = EXPORT.read(stores, span).tables()
    assert activities.rows[0][:2] == (number, "登山")
    assert len(signups.rows) == 2


async def test_the_clock_reminds_once_and_ends_what_nobody_has_ended(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = propose(stores, office, starts_at=AT + 2 * DAY, ends_at=AT + 2 * DAY + HOUR).id
        waits = propose(stores, office, "draft:2", budget=2000, starts_at=AT + 2 * DAY, ends_at=AT + 2 * DAY + HOUR).id
        for at in (AT + DAY, AT + 2 * DAY - 17 * HOUR, AT + 2 * DAY - 16 * HOUR):
            running.tend(stores, at)
        assert sum("reminder" in one.body["text"] for one in queued(stores)) == 1
        running.tend(stores, AT + 3 * DAY)
        assert stores.activities.get(number).state is State.ENDED
        assert stores.activities.get(waits).state is State.CANCELLED

    await database.write(unit)


async def test_photos_are_kept_once_and_posted_once(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = propose(stores, office).id
        one, chief = office.at(1, AT + DAY), office.at(0, AT + DAY)
        with pytest.raises(NoMorePhotos):
            album.takes(stores, office.actors[1], number=number)
        running.begin(stores, chief, number=number)
        keep = album.keep
        assert keep(stores, one, number=number, file="f1", same="s1") == 1
        assert keep(stores, one, number=number, file="f1b", same="s1") == 1
        for place in range(2, 11):
            keep(stores, one, number=number, file=f"f{place}", same=f"s{place}")
        with pytest.raises(EnoughPhotos):
            keep(stores, one, number=number, file="f11", same="s11")
        keep(stores, office.at(2, AT + DAY), number=number, file="g", same="t")
        running.end(stores, chief, number=number)
        found = album.look(stores, chief, number=number)
        assert len(found.posted) == 10
        assert not found.photos[-1].chosen
        found = album.choose(stores, chief, number=number, photo=found.photos[0].id)
        found = album.choose(stores, chief, number=number, photo=found.photos[-1].id)
        assert [each.file for each in found.posted] == [*(f"f{place}" for place in range(2, 11)), "g"]
        with pytest.raises(ActivityNotFound):
            album.choose(stores, chief, number=number, photo=999)
        album.post(stores, chief, number=number)
        with pytest.raises(NoPhotos):
            album.post(stores, chief, number=number)
        with pytest.raises(NoMorePhotos):
            album.forget_mine(stores, one, number=number)
        body = next(each.body for each in queued(stores) if str(each.subject) == f"activity_album:{number}")
        assert len(body["album"]) == 10

    await database.write(unit)
