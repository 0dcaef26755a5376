"""The audit log: chained, only added to, and kept with what it is about or not at all."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from domain.admin import audit
from domain.admin.audit import FIRST, MAX_VALUE_CHARS, BrokenLink, Record, Tip
from domain.ids import MemberId
from domain.people.role import ROLE_GRANTED
from storage.database import StoreError
from storage.dialects import address
from storage.schema import metadata
from tests.stores import AT, only_postgresql, only_sqlite

TOGETHER = 20
UNGUARD = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
    "postgresql": ["DROP TRIGGER audit_no_change ON audit"],
}


def note(stores, *, by, subject="member:3", old=None, new="secretary", at=AT):
    stores.audit.note(by and by.id, ROLE_GRANTED, subject, old=old, new=new, at=at)


@pytest.fixture
async def noted(database, branch):
    """Five records."""
    for number in range(1, 6):
        await database.write(note, by=branch.li, subject=f"member:{number}", at=AT + timedelta(minutes=number))
    return branch


async def tamper(database, statement):
    """Change the log as somebody can who owns the database: past its guards."""

    def change(stores):
        for drop in UNGUARD[stores.connection.dialect.name]:
            stores.connection.execute(text(drop))
        stores.connection.execute(text(statement))

    await database.write(change)


async def test_an_empty_log_is_whole(database):
    assert await database.read(audit.broken_link) is None
    assert await database.read(audit.tip) == Tip(0, FIRST)


async def test_records_are_numbered_and_each_names_the_one_before(database, noted):
    chain = await database.read(lambda stores: list(stores.audit.chain()))
    assert [record.id for record in chain] == [1, 2, 3, 4, 5]
    assert [record.previous for record in chain] == [FIRST, *(record.hash for record in chain[:-1])]
    assert await database.read(audit.broken_link) is None
    assert await database.read(audit.tip) == Tip(5, chain[-1].hash)


async def test_a_record_says_who_did_what_when_and_from_what_to_what(database, branch):
    await database.write(note, by=branch.li, subject="member:2", old="employee", new="书记")
    await database.write(note, by=None, new=None)
    first, second = await database.read(lambda stores: list(stores.audit.chain()))
    told = (first.actor, first.action, first.subject, first.old, first.new, first.at)
    assert told == (branch.li.id, "role.granted", "member:2", "employee", "书记", AT)
    assert (second.actor, second.old, second.new) == (None, None, None)


async def test_a_change_that_fails_leaves_no_record(database, branch):
    def fail(stores):
        note(stores, by=branch.li)
        raise KeyError

    with pytest.raises(KeyError):
        await database.write(fail)
    assert await database.read(audit.tip) == Tip(0, FIRST)


async def test_records_that_come_at_once_are_one_chain(database, branch):
    await asyncio.gather(*(database.write(note, by=branch.li, subject=f"member:{n}") for n in range(TOGETHER)))
    assert await database.read(audit.broken_link) is None
    assert (await database.read(audit.tip)).number == TOGETHER


async def test_a_long_value_is_cut(database, branch):
    await database.write(note, by=branch.li, new="很" * 5000)
    (record,) = await database.read(lambda stores: list(stores.audit.chain()))
    assert record.new == "很" * (MAX_VALUE_CHARS - 1) + "…"
    assert await database.read(audit.broken_link) is None


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET new = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 5"]
)
async def test_the_engine_refuses_to_change_a_record(database, noted, change):
    with pytest.raises((DBAPIError, StoreError), match="only added to"):
        await database.write(lambda stores: stores.connection.execute(text(change)))
    assert await database.read(audit.broken_link) is None
    assert (await database.read(audit.tip)).number == 5


@only_postgresql
async def test_the_log_cannot_be_emptied(database, noted):
    with pytest.raises((DBAPIError, StoreError), match="only added to"):
        await database.write(lambda stores: stores.connection.execute(text("TRUNCATE audit")))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET subject = 'member:9' WHERE id = 3",
        "UPDATE audit SET actor_id = 2 WHERE id = 3",
        "UPDATE audit SET actor_id = NULL WHERE id = 3",
        "UPDATE audit SET action = 'unheard of' WHERE id = 3",
        "UPDATE audit SET old = 'administrator' WHERE id = 3",
        "UPDATE audit SET new = NULL WHERE id = 3",
        "UPDATE audit SET at = (SELECT at FROM audit WHERE id = 4) WHERE id = 3",
        "UPDATE audit SET hash = previous WHERE id = 3",
        "DELETE FROM audit WHERE id = 3",
    ],
)
async def test_a_link_that_was_tampered_with_is_found(database, noted, change):
    await tamper(database, change)
    assert await database.read(audit.broken_link) == BrokenLink(3)


async def test_a_forged_record_that_fits_itself_breaks_the_chain_behind_it(database, noted):
    chain = await database.read(lambda stores: list(stores.audit.chain()))
    forged = replace(chain[2], subject="member:9")
    await tamper(database, f"UPDATE audit SET subject = 'member:9', hash = '{forged.sealed()}' WHERE id = 3")  # noqa: S608
    assert await database.read(audit.broken_link) == BrokenLink(4)


def at_number(stores, number):
    record = stores.audit.chain(0, number)[-1]
    return Tip(record.id, record.hash)


async def test_a_long_chain_is_followed_in_parts(database, noted):
    second = await database.read(at_number, 2)
    assert await database.read(audit.follow, since=audit.START, most=2) == second
    fourth = await database.read(audit.follow, since=second, most=2)
    assert fourth.number == 4
    await tamper(database, "UPDATE audit SET old = 'x' WHERE id = 5")
    assert await database.read(audit.follow, since=fourth, most=2) == BrokenLink(5)


async def test_records_before_the_first_are_found(database, noted):
    await tamper(database, "DELETE FROM audit WHERE id = 1")
    assert await database.read(audit.broken_link) == BrokenLink(1)


async def test_records_taken_off_the_end_show_in_the_tip(database, noted):
    before = await database.read(audit.tip)
    await tamper(database, "DELETE FROM audit WHERE id = 5")
    assert await database.read(audit.broken_link) is None
    assert await database.read(audit.tip) != before


@only_sqlite
async def test_a_schema_made_afresh_has_the_same_guards(engine, tmp_path):
    triggers = "SELECT name, replace(sql, char(10), ' ') FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    grown, fresh = create_engine(engine.url), create_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    metadata.create_all(fresh)
    with grown.connect() as one, fresh.connect() as other:
        found = one.exec_driver_sql(triggers).all()
        assert found == other.exec_driver_sql(triggers).all()
        assert len(found) == 2
    grown.dispose()
    fresh.dispose()


@only_postgresql
async def test_a_schema_made_afresh_has_the_same_guards_on_a_server(engine, postgres):
    guards = "SELECT tgname, pg_get_triggerdef(oid), (SELECT prosrc FROM pg_proc p WHERE p.oid = tgfoid) "
    guards += "FROM pg_trigger WHERE NOT tgisinternal"
    with postgres.database("template0") as url:
        grown, fresh = create_engine(address(engine.url)), create_engine(address(url))
        metadata.create_all(fresh)
        with grown.connect() as one, fresh.connect() as other:
            found = one.exec_driver_sql(guards).all()
            assert found == other.exec_driver_sql(guards).all()
            assert len(found) == 1
        grown.dispose()
        fresh.dispose()


@given(st.text(), st.text(), st.text())
def test_words_that_move_from_one_field_to_another_show(subject, old, new):
    record = Record(1, AT, MemberId(1), ROLE_GRANTED, subject, old, new, FIRST)
    assert replace(record, subject=subject + old, old="").sealed() != record.sealed() or not old
    assert replace(record, old=None, new=old + new).sealed() != record.sealed()
    assert replace(record, old=new, new=old).sealed() != record.sealed() or old == new
