"""Whatever two rosters say, one after the other: the second, once more, changes nothing, and nobody is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from domain.people import roster
from domain.people.branch import BranchKind
from domain.people.roster import Roster, Row
from storage.schema import metadata
from storage.stores import Stores
from tests.stores import AT, Renderer

DAYS = [date(2026, 11, day) for day in (2, 10, 20)]
NAMES = ["李伟", "王海燕", "赵敏"]
NUMBERS = ["1", "01", "001", "2", "A3", ""]
PATHS = [
    ("党委", "一支部"),
    ("党委", "二支部"),
    ("党委",),
    ("一支部",),
    ("二支部",),
    ("总支", "一支部"),
    ("一支部", "小组"),
]
ROWS = st.builds(
    Row,
    row=st.just(0),
    number=st.sampled_from(NUMBERS),
    name=st.sampled_from(NAMES),
    branch=st.sampled_from(PATHS),
    role=st.sampled_from(["", "书记"]),
    phone=st.sampled_from(["", "13800000000"]),
    joined_on=st.sampled_from([None, *DAYS]),
    leave_from=st.sampled_from([None, *DAYS[:2]]),
    leave_to=st.sampled_from([None, DAYS[2]]),
    bare_number=st.booleans(),
)


@st.composite
def files(draw: Any) -> Roster:
    """A file as the sheets' room gives it: each number once, no noughts before one that is kept as a number."""
    rows = draw(st.lists(ROWS, max_size=8, unique_by=lambda row: row.number or id(row)))
    kept = [
        replace(row, row=place, bare_number=row.bare_number and row.number.isdecimal() and row.number[0] != "0")
        for place, row in enumerate(rows, 2)
    ]
    told = draw(st.sets(st.sampled_from(["role", "phone", "joined_on"])))
    return Roster(kept, frozenset(told), dict.fromkeys((name for path in PATHS for name in path), BranchKind.BRANCH))


@contextmanager
def empty() -> Iterator[Stores]:
    """A store of a moment."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        yield Stores(connection, Renderer(), AT)
    engine.dispose()


def bring_in(stores: Any, file: Roster, day: date) -> roster.Plan:
    agreed = roster.plan(roster.known(stores), file).fingerprint
    return roster.carry_out(stores, roster=file, agreed=agreed, by=None, day=day, at=AT, sure=True).plan


@settings(max_examples=30, deadline=None)
@given(files(), files())
def test_the_second_time_nothing_changes(first: Roster, second: Roster) -> None:
    with empty() as stores:
        bring_in(stores, first, DAYS[0])
        before = {person.number for person in stores.people.all()}
        bring_in(stores, second, DAYS[1])
        assert roster.plan(roster.known(stores), second).empty
        assert before <= {person.number for person in stores.people.all()}
        for person in stores.people.all():
            open_ones = [one for one in stores.people.placements(person.id) if one.until is None]
            assert [one.branch for one in open_ones] == ([] if person.left_on else [person.branch])
