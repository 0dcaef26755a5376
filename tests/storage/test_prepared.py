"""Statements that go together: the same on both engines, and all or none of them."""

import sqlite3
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select, update

from storage.columns import Json, Moment
from storage.dialects import add_up
from storage.libpq import Libpq
from storage.prepared import Prepared, Together
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
async def test_postgresql_gets_one_statement(run, monkeypatch):
    sent, rows = [], Libpq.rows
    monkeypatch.setattr(Libpq, "rows", lambda own, text, values: sent.append(text) or rows(own, text, values))
    for number in (1, 2):
        await run(ENTER, {**LINE, "id": number})
    assert len(sent) == 2
    assert len(set(sent)) == 1
    assert sent[0].count(b"INSERT INTO") == 3


@only_sqlite
async def test_another_driver_runs_one_after_the_other(run, kept, monkeypatch):
    monkeypatch.setattr("storage.prepared.DRIVERS", ())
    assert await run(ENTER, LINE) == [(1, 5)]
    assert await kept(things) == [(1, "plain", "new", AT, {"on_day": True})]
    assert await kept(marks) == [(1, "open", AT + timedelta(days=1))]
