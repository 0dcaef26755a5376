"""Statements that go together: the same on both engines, and all or none of them."""

import asyncio
import sqlite3
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, Text, bindparam, insert, select, update

from storage.columns import Json, Moment
from storage.database import StoreError
from storage.dialects import add_up
from storage.libpq import MAX_WAITING
from storage.prepared import Prepared, Together, libpq_of
from tests.stores import AT, only_postgresql, only_sqlite

metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(8), nullable=False, server_default="plain"),
    Column("state", String(8), nullable=False),
    Column("at", Moment),
    Column("facts", Json),
)
sums = Table("sums", metadata, Column("id", Integer, primary_key=True), Column("points", Integer, nullable=False))
marks = Table(
    "marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(8), nullable=False),
    Column("seen_at", Moment),
)
TABLES = (things, marks, sums)
ADD = Prepared(insert(things).values(state="new"), "id", "at", "facts")
ADD_UP = Prepared(add_up(sums, ("id",), "points").returning(sums.c.id, sums.c.points), "id", "points")
MARK = Prepared(insert(marks).values(state="open").returning(marks.c.state, marks.c.seen_at), "id", "seen_at")
SEE = Prepared(
    update(marks)
    .where(marks.c.id == bindparam("id", type_=marks.c.id.type))
    .values(seen_at=bindparam("at", type_=marks.c.seen_at.type), state=bindparam("becomes", "seen"))
)
ENTER = Together(ADD, MARK, ADD_UP)
LOOK = Together(ADD_UP, SEE)
LINE = {"id": 1, "at": AT, "facts": {"on_day": True}, "seen_at": AT + timedelta(days=1), "points": 5}


@pytest.fixture
async def run(database):
    """Calls a statement in a unit of its own, beside tables of this test."""
    await database.write(lambda stores: metadata.create_all(stores.connection))
    return lambda statement, values: database.write(lambda stores: statement(stores.connection, values))


@pytest.fixture
async def kept(database):
    """What is in a table."""

    def rows(stores, table):
        return [tuple(row) for row in stores.connection.execute(select(table).order_by(table.c.id))]

    return lambda table: database.write(rows, table)


async def test_all_are_written_and_the_rows_are_those_of_the_last(run, kept):
    assert await run(ENTER, LINE) == [(1, 5)]
    assert await run(ENTER, {**LINE, "id": 2, "points": 3}) == [(2, 3)]
    assert await kept(sums) == [(1, 5), (2, 3)]
    assert [row[0] for row in await kept(things)] == [1, 2]


async def test_a_value_that_several_have_is_one_and_what_each_sets_itself_is_its_own(run, kept):
    await run(ENTER, LINE)
    assert await kept(things) == [(1, "plain", "new", AT, {"on_day": True})]
    assert await kept(marks) == [(1, "open", AT + timedelta(days=1))]


async def test_the_rows_of_the_last_have_the_types_of_their_columns(run):
    ((state, seen_at),) = await run(Together(ADD, MARK), LINE)
    assert (state, seen_at) == ("open", AT + timedelta(days=1))


async def test_each_sees_what_the_call_before_has_written(run, kept):
    assert [len(await run(statement, LINE)) for statement in (ADD_UP, LOOK, LOOK)] == [1, 0, 0]
    assert await kept(sums) == [(1, 15)]


async def test_a_value_that_is_not_given_is_the_statements_own(run, kept):
    await run(MARK, LINE)
    await run(LOOK, LINE)
    assert await kept(marks) == [(1, "seen", AT)]
    await run(LOOK, {**LINE, "becomes": "done"})
    assert await kept(marks) == [(1, "done", AT)]


@pytest.mark.parametrize("there", [things, marks], ids=lambda table: table.name)
async def test_where_one_fails_its_error_is_told_and_its_unit_undoes_the_others(run, kept, there):
    row = insert(there).values(id=1, state="there")
    await run(lambda connection, _: connection.execute(row), {})
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)):
        await run(ENTER, LINE)
    assert [table.name for table in TABLES if await kept(table)] == [there.name]
    assert await run(ENTER, {**LINE, "id": 2}) == [(2, 5)]


async def test_where_the_last_fails_nothing_is_written(run, kept):
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.NotNullViolation)):
        await run(ENTER, {**LINE, "points": None})
    assert not [table.name for table in TABLES if await kept(table)]


@only_postgresql
async def test_postgresql_gets_one_statement(run, round_trips):
    for number in (1, 2):
        await run(ENTER, {**LINE, "id": number})
    (first,), (second,) = round_trips
    assert first == second
    assert first.count(b"INSERT INTO") == 3


@only_sqlite
async def test_another_driver_runs_one_after_the_other(run, kept, monkeypatch):
    monkeypatch.setattr("storage.prepared.DRIVERS", ())
    assert await run(ENTER, LINE) == [(1, 5)]
    assert await kept(things) == [(1, "plain", "new", AT, {"on_day": True})]
    assert await kept(marks) == [(1, "open", AT + timedelta(days=1))]


async def test_what_is_sent_is_done_before_what_comes_next_and_tells_its_rows_later(database, run):
    def both(stores):
        told = ENTER.send(stores.connection, LINE)
        assert ADD_UP(stores.connection, LINE) == [(1, 10)]
        return told()

    assert await database.write(both) == [(1, 5)]


async def test_what_is_sent_is_done_before_what_sqlalchemy_runs(database, run):
    def both(stores):
        told = MARK.send(stores.connection, LINE)
        states = stores.connection.execute(select(marks.c.state)).scalars().all()
        return states, told()[0][0]

    assert await database.write(both) == (["open"], "open")


async def test_what_is_sent_is_kept_though_nobody_asks_for_its_rows(database, run, kept):
    def send_many(stores):
        for _ in range(3 * MAX_WAITING):
            ADD_UP.send(stores.connection, LINE)

    await database.write(send_many)
    assert await kept(sums) == [(1, 5 * 3 * MAX_WAITING)]


@pytest.mark.parametrize("asks", [True, False], ids=["it is asked", "nobody asks"])
async def test_what_is_sent_and_fails_undoes_its_unit_and_no_other(database, run, kept, asks):
    def unit(stores, number, bad):
        told = [ADD_UP.send(stores.connection, {"id": number, "points": number})]
        if bad:
            told.append(ADD_UP.send(stores.connection, {"id": number, "points": None}))
        told.append(ADD_UP.send(stores.connection, {"id": number, "points": 1}))
        return told[-1]() if asks else None

    made = await asyncio.gather(
        *(database.write(unit, number, number == 2) for number in (1, 2, 3)), return_exceptions=True
    )
    assert isinstance(made[1], sqlite3.IntegrityError | psycopg.errors.NotNullViolation)
    assert await kept(sums) == [(1, 2), (3, 4)]


async def test_a_unit_that_is_undone_takes_along_what_it_has_sent(database, run, kept):
    def unit(stores, number, refused):
        ADD_UP.send(stores.connection, {"id": number, "points": number})
        if refused:
            raise LookupError

    units = (database.write(unit, number, number in {1, 2, 4}) for number in (1, 2, 3, 4, 5))
    assert [type(one) for one in await asyncio.gather(*units, return_exceptions=True) if one] == [LookupError] * 3
    assert await kept(sums) == [(3, 3), (5, 5)]


@only_postgresql
async def test_what_is_sent_goes_with_the_next_in_one_round_trip(database, run, round_trips):
    def unit(stores):
        told = [ADD_UP.send(stores.connection, LINE), MARK.send(stores.connection, LINE)]
        ADD_UP(stores.connection, LINE)
        return [one() for one in told]

    await database.write(unit)
    assert [len(asked) for asked in round_trips] == [3]


@only_postgresql
async def test_what_is_longer_than_a_connection_holds_is_sent_too(database, run):
    """Each side would else wait for the other to read."""
    long = Prepared(select(bindparam("words", type_=Text)))
    words = "安全" * 1_000_000

    def unit(stores):
        told = [long.send(stores.connection, {"words": words}) for _ in range(3)]
        return {one()[0][0] for one in told}

    assert await database.write(unit) == {words}


@only_postgresql
async def test_what_waits_when_the_server_hangs_up_fails_and_nothing_of_it_is_kept(database, run, kept):
    def unit(stores):
        pid = stores.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        told = ADD_UP.send(stores.connection, LINE)
        libpq_of(stores.connection)._pgconn.exec_(b"SELECT pg_terminate_backend(%d)" % pid)
        return told()

    with pytest.raises(StoreError):
        await database.write(unit)
    assert await kept(sums) == []
