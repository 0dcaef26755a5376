"""The totals are what the ledger adds up to, and `verify` sees it when they are not."""

import pytest
from sqlalchemy import text

from domain.points import points, verify
from domain.points.verify import Difference
from tests.points.events import LATE, ON_TIME
from tests.stores import AT


@pytest.fixture
async def earned(database, branch):
    """Li has 5 and 5, one of which was taken back; Wang has 2."""

    def earn(stores):
        for source, by in (("task:1", branch.li), ("task:2", branch.li)):
            points.award(stores, by.id, branch.group, *ON_TIME, source=source, cause="巡检", at=AT)
        points.reverse(stores, branch.li.id, ON_TIME[0], source="task:2", at=AT)
        points.award(stores, branch.wang.id, branch.group, *LATE, source="task:3", cause="台账", at=AT)

    await database.write(earn)
    return branch


async def change(database, statement, **values):
    await database.write(lambda stores: stores.connection.execute(text(statement), values))


async def test_totals_that_were_kept_with_the_ledger_are_right(database, earned):
    assert await database.read(verify.differences) == []


async def test_an_empty_store_is_right(database):
    assert await database.read(verify.differences) == []


async def test_a_total_that_was_tampered_with_is_found(database, earned):
    await change(database, "UPDATE points_totals SET points = 50 WHERE member_id = :li", li=earned.li.id)
    assert await database.read(verify.differences) == [Difference(earned.li.id, kept=50, ledger=5)]


async def test_totals_that_are_gone_are_found(database, earned):
    await change(database, "DELETE FROM points_totals")
    await change(database, "DELETE FROM points_weeks")
    monday, group = earned.group.week(AT), earned.group.id
    assert await database.read(verify.differences) == [
        Difference(earned.li.id, 0, 5),
        Difference(earned.wang.id, 0, 2),
        Difference(earned.li.id, 0, 5, group, monday),
        Difference(earned.wang.id, 0, 2, group, monday),
    ]


async def test_a_total_without_any_entry_is_found(database, earned):
    await change(database, "INSERT INTO points_totals (member_id, points) VALUES (:zhao, 7)", zhao=earned.zhao.id)
    assert await database.read(verify.differences) == [Difference(earned.zhao.id, kept=7, ledger=0)]


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-25", "2026-11-29", "2027-01-03"])
async def test_every_day_of_a_week_counts_into_the_week_of_its_monday(database, branch, day):
    def enter(stores):
        at = AT.fromisoformat(f"{day}T02:00:00+00:00")
        points.award(stores, branch.li.id, branch.group, *ON_TIME, source="task:1", cause="巡检", at=at)

    await database.write(enter)
    assert await database.read(verify.differences) == []


async def test_nothing_is_repaired(database, earned):
    await change(database, "UPDATE points_weeks SET points = points + 1")
    found = await database.read(verify.differences)
    assert len(found) == 2
    assert await database.read(verify.differences) == found
