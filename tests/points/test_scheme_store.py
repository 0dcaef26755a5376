"""Versions of the rules in the store, on both engines: several workers, concurrency, old entries, changes by hand."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from domain.features import EVENTS
from domain.people.actor import Actor
from domain.points import points, score, tampering
from domain.points.scheme import default, service
from domain.points.scheme.checking import check
from domain.points.scheme.problem import WrongScheme
from domain.points.scheme.simulation import run
from storage import migrate
from tests.points.events import ANSWERED, LATE, MADE, ON_TIME, READ, RIGHT
from tests.points.test_tampering import KEY, admin, by_hand, found
from tests.stores import AT

DAILY = (Path(__file__).parents[2] / "docs" / "points" / "daily.toml").read_text(encoding="utf-8")
TODAY = DAILY.replace("2027-01-01", "2026-11-25")


def give(stores, branch, what, number, at=AT):
    credit = points.award(stores, branch.li.id, branch.group, *what, source=f"s:{number}", cause="x", at=at)
    return None if credit is None else (str(credit.rule), credit.points)


async def test_every_worker_goes_by_a_version_as_soon_as_it_is_activated(engine, database, branch):
    other = await engine.open()
    assert await other.write(give, branch, READ, 1) == ("study.read", 1)
    await database.write(lambda stores: stores.schemes.add(date(2026, 11, 25), TODAY, None, AT))
    assert await other.write(give, branch, READ, 2) == ("read", 1)
    yesterday = AT - timedelta(days=1)
    assert await other.write(give, branch, READ, 3, yesterday) == ("study.read", 1)
    later = TODAY.replace('name = "read"', 'name = "later"')
    await other.write(lambda stores: stores.schemes.add(date(2026, 11, 25), later, None, AT))
    assert await database.write(give, branch, READ, 4) == ("later", 1)


async def test_what_is_possible_goes_by_a_version_as_soon_as_it_is_activated(engine, database, branch):
    def possible(stores):
        return {str(one.rule) for one in score.possible_today(stores, Actor(branch.li, branch.group, AT))}

    other = await engine.open()
    assert "study.read" in await other.read(possible)
    await database.write(lambda stores: stores.schemes.add(date(2026, 11, 25), TODAY, None, AT))
    assert "study.read" not in await other.read(possible)
    assert "read" in await database.read(possible)


async def test_a_version_that_was_undone_is_not_gone_by(database, branch):
    def undone(stores):
        stores.schemes.add(date(2026, 11, 25), TODAY, None, AT)
        assert give(stores, branch, READ, 1) == ("read", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(undone)
    other = TODAY.replace('name = "read"', 'name = "other"')
    await database.write(lambda stores: stores.schemes.add(date(2026, 11, 25), other, None, AT))
    assert await database.write(give, branch, READ, 1) == ("other", 1)


async def test_no_cap_is_exceeded_by_many_at_once(engine, database, branch):
    await database.write(lambda stores: stores.schemes.add(date(2026, 11, 25), TODAY, None, AT))
    other = await engine.open()
    works = [(database, other)[n % 2].write(give, branch, READ, n) for n in range(12)]
    given = [points for _, points in await asyncio.gather(*works)]
    assert sum(given) == 6
    assert await database.read(lambda stores: stores.points.total(branch.li.id)) == 6


async def test_only_an_administrator_activates_and_never_for_a_day_that_is_past(database, branch):
    version = await database.write(service.activate, admin(branch), text=DAILY)
    assert (version.number, version.since, version.activated_by) == (1, date(2027, 1, 1), branch.zhao.id)
    with pytest.raises(WrongScheme):
        await database.write(service.activate, admin(branch), text=DAILY.replace("2027-01-01", "2026-11-24"))
    records = await database.read(lambda stores: stores.audit.of_kinds([service.ACTIVATED]))
    assert [(one.subject, one.old, one.new) for one in records] == [("scheme:1", None, service.logged(version))]


CHANGES = {
    "facts": ("UPDATE points_entries SET facts = '{\"on_time\":false}' WHERE id = 1", "changed ledger 1"),
    "facts are taken away": ("UPDATE points_entries SET facts = NULL WHERE id = 1", "changed ledger 1"),
    "event": ("UPDATE points_entries SET event = 'x' WHERE id = 1", "changed ledger 1"),
    "category": ("UPDATE points_entries SET category = 'x' WHERE id = 1", "changed ledger 1"),
    "rules": ("UPDATE points_schemes SET text = text || ' '", "state scheme:1"),
    "rules are removed": ("DELETE FROM points_schemes", "state scheme:1"),
}


@pytest.mark.parametrize(("statement", "finding"), CHANGES.values(), ids=CHANGES)
async def test_what_is_changed_by_hand_is_found(database, branch, statement, finding):
    database.seal_with(KEY)
    await database.write(tampering.take_over_once, at=AT)
    await database.write(give, branch, ON_TIME, 1)
    await database.write(service.activate, admin(branch), text=DAILY)
    assert await found(database) == []
    await by_hand(database, statement)
    assert await found(database) == [finding]


async def test_old_entries_are_played_again_by_the_event_of_their_rule(database, branch):
    def live(stores):
        for number, what in enumerate((ON_TIME, LATE, READ, RIGHT, MADE, ANSWERED)):
            give(stores, branch, what, number)

    await database.write(live)
    await by_hand(database, "UPDATE points_entries SET facts = NULL")
    scheme = check(default.FILE.read_text(encoding="utf-8"), EVENTS, named=default.names())
    simulated = await database.read(run, scheme=scheme, since=date(2026, 11, 1))
    assert (simulated.changed, simulated.now) == (0, 12)
    daily = check(DAILY, EVENTS)
    assert (await database.read(run, scheme=daily, since=date(2026, 11, 1))).then == 3, "one read, one full marks"
    assert (await database.read(run, scheme=daily, since=date(2026, 11, 26))).people == []


def test_entries_from_before_events_get_theirs(tmp_path):
    """Migration 0028 on what it may find: a rule of its own, and a task that was credited on time and late."""
    made = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    rules = [("task.on_time", "t:1"), ("task.late", "t:1"), ("task.late", "t:2"), ("study.right", "s:1"), ("x.y", "z")]
    with made.begin() as connection:
        command.upgrade(migrate._config(connection), "0027")
        for rule, source in rules:
            connection.exec_driver_sql(
                "INSERT INTO points_entries (member_id, group_id, rule, source, ordinal, cause, points, day, at) "
                "VALUES (1, 1, ?, ?, 0, '', 1, '2026-11-25', 0)",
                (rule, source),
            )
    with made.begin() as connection:
        command.upgrade(migrate._config(connection), "0028")
        rows = connection.exec_driver_sql("SELECT event, facts, category FROM points_entries ORDER BY id").all()
    made.dispose()
    events = ["task.done", "task.late", "task.done", "quiz.answered", "x.y"]
    assert [tuple(row) for row in rows] == [(event, None, "") for event in events]
