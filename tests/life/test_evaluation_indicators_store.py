"""The figures of an evaluation on both engines: counted for all branches at once, and opened to what happened."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.life.evaluation.indicator import (
    ATTENDANCE,
    BY_WORD,
    NO_DATA,
    Figure,
    Period,
    Reach,
    Window,
)
from domain.life.meeting import attending, holding
from domain.people import branch as branches
from domain.people.branch import BranchKind
from tests.life.test_meeting_store import Office, call, set_up
from tests.stores import AT

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), ZoneInfo("Asia/Shanghai"))


@pytest.fixture
async def office(database: Any) -> Office:
    made: Office = await database.write(set_up)
    return made


async def test_attendance_of_branches_and_people(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        attending.take_leave(stores, office.actors["c"], number=number, reason="出差")
        holding.open_(stores, office.at("a", AT), number=number)
        holding.put_button(stores, office.chief, number=number)
        attending.check_in(stores, office.actors["a"], number=number)
        attending.check_in(stores, office.actors["b"], number=number)
        indicator, own = BY_WORD[ATTENDANCE], office.branch.id
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="公司党委")
        stores.branches.save(replace(office.branch, parent=top.id))
        found = indicator.read(stores, [own, top.id], NOVEMBER)
        assert found == {own: Figure(Fraction(2, 3), 3), top.id: Figure(Fraction(2, 3), 3)}
        assert indicator.read(stores, [top.id], NOVEMBER, reach=Reach.OWN) == {top.id: NO_DATA}
        page = indicator.entries(stores, top.id, NOVEMBER, window=Window(0, 3))
        assert page.total == 4 and len(page.entries) == 3
        everything = indicator.entries(stores, top.id, NOVEMBER).entries
        assert [(one.who, one.part, one.of) for one in everything] == [
            ("d", 0, 1),
            ("c", 0, 0),
            ("b", 1, 1),
            ("a", 1, 1),
        ]
        assert {(one.what, one.about) for one in everything} == {("meeting.assembly", f"meeting:{number}")}
        people = {name: one.id for name, one in office.persons.items()}
        values = {
            name: indicator.read_people(stores, people.values(), NOVEMBER)[one].value for name, one in people.items()
        }
        assert values == {"a": 1, "b": 1, "c": None, "d": 0}
        later = replace(NOVEMBER, first=date(2026, 12, 1), last=date(2026, 12, 31))
        assert indicator.read(stores, [own], later) == {own: NO_DATA}

    await database.write(unit)
