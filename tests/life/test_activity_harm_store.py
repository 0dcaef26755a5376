"""What harms activities and actions: a program that was down, a place without end, people who leave or are erased."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.life.action import service
from domain.life.activity import after, attending, leaving, running, signing
from domain.life.activity.model import MAX_PLACE_CHARS, Place
from domain.messaging.delivery import Call, Receipt
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.person import Entry
from tests.life import test_action_store as action_store
from tests.life.test_activity_store import DAY, HOUR, Office, office, propose
from tests.stores import AT, queued

__all__ = ["office"]


def send(stores: Any) -> None:
    for one in queued(stores):
        stores.deliveries.sent(one.id, Receipt(one.id))


def refreshed(stores: Any) -> int:
    stores.outbox.refresh_asked()  # as the transaction's end does
    return sum(one.call is Call.EDIT for one in queued(stores))


async def test_that_sign_up_is_over_is_shown_once_also_after_a_time_without_the_program(
    database: Any, office: Office
) -> None:
    def unit(stores: Any) -> None:
        number = propose(stores, office, starts_at=AT + 2 * DAY, ends_at=AT + 2 * DAY + HOUR).id
        until = stores.activities.get(number).sign_up_until
        running.tend(stores, until - HOUR)
        assert refreshed(stores) == 0
        shown = []
        for at in (until + 3 * HOUR, until + 3 * HOUR, until + 4 * HOUR):
            send(stores)
            running.tend(stores, at)
            shown.append(refreshed(stores))
        assert shown == [1, 1, 0]  # at most once for the end of signing up, and of signing off

    await database.write(unit)


async def test_a_place_is_cut_and_a_move_to_the_same_keeps_it(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = propose(stores, office).id
        told = running.move(stores, office.chief, number=number, starts_at=AT + 2 * DAY, place="西" * 5_000)
        assert len(told.activity.place) == MAX_PLACE_CHARS

    await database.write(unit)


async def test_nobody_earns_by_what_was_called_off(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number, chief = propose(stores, office).id, office.at(0, AT + DAY)
        signing.join(stores, office.actors[1], number=number, family=0)
        code = running.begin(stores, chief, number=number).activity.code
        attending.check_in_by_code(stores, office.at(1, AT + DAY), code=code)
        member = office.actors[1].member.id
        assert stores.points.count(member, after.CAME.name, f"activity:{number}") == 1
        running.cancel(stores, chief, number=number, reason="下雨")
        assert stores.points.count(member, after.CAME.name, f"activity:{number}") == 2

    await database.write(unit)


async def test_the_seat_of_whoever_is_erased_goes_to_who_waits(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = propose(stores, office, capacity=1).id
        for one in (1, 2):
            signing.join(stores, office.actors[one], number=number, family=0)
        first, second = (office.actors[one].member.id for one in (1, 2))
        leaving.forgotten(stores, first, AT)
        places = {one.member: one.place for one in stores.activities.people(number)}
        assert places == {first: Place.OUT, second: Place.IN}

    await database.write(unit)


async def test_an_action_is_not_led_by_somebody_who_has_left_before(database: Any) -> None:
    def unit(stores: Any) -> None:
        _, actors = action_store.people(stores)
        chief, lead, mate, _ = actors
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="甲")
        (person,) = stores.people.add([Entry("1", "mate", place.id)])
        stores.people.link(person.id, mate.member.id)
        number = service.open_(stores, chief, wish=action_store.wish(actors), source="draft:1").action.id
        stores.people.leave(person.id, AT.date())
        service.left(stores, mate.member.id, None, AT)
        service.left(stores, lead.member.id, None, AT)
        assert stores.actions.get(number).lead == chief.member.id
        service.forgotten(stores, chief.member.id, AT)
        later = replace(chief, now=AT)
        assert service.report(stores, later, number=number, value=Decimal(9), note="").figures

    await database.write(unit)
