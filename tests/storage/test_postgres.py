"""PostgreSQL's own: transactions that meet, connections that break, programs that start at once."""

import asyncio
import threading
from contextlib import suppress
from datetime import timedelta
from itertools import cycle

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.ids import TaskId, UpdateId
from domain.messaging import inbox
from domain.messaging.inbox import Received
from domain.messaging.message import Message
from domain.points import points
from domain.work import task
from domain.work.task import AlreadyDone, Plan
from storage.database import OutcomeOpen, SQLiteDatabase, StoreError, connect
from storage.postgres import PostgresDatabase
from tests.patience import PATIENCE
from tests.points.events import ON_TIME, READ
from tests.stores import AT, LOCALE, Engine, Renderer, only_postgresql, queued

TOGETHER = 30


@pytest.fixture
async def write(database, engine):
    """Writes by three programs in turn, so that units do meet."""
    programs = cycle([database, await engine.open(), await engine.open()])
    return lambda *args, **arguments: next(programs).write(*args, **arguments)


@pytest.mark.parametrize(
    ("url", "kind"),
    [("sqlite:///jingyi.db", SQLiteDatabase), ("postgresql://somebody:secret@server/jingyi", PostgresDatabase)],
)
async def test_the_address_names_the_engine(url, kind):
    database = connect(url, Renderer(), lambda: AT)
    assert type(database) is kind
    await database.close()


def award(stores, *, branch, cause):
    return points.award(stores, branch.li.id, branch.group, *READ, source=cause, cause="《自我革命》", at=AT)


async def test_a_cause_that_comes_several_times_at_once_is_credited_once(database, write, branch):
    given = await asyncio.gather(*(write(award, branch=branch, cause="study:1") for _ in range(TOGETHER)))
    assert sum(credit is not None for credit in given) == 1
    assert await database.read(lambda stores: stores.points.total(branch.li.id)) == 1


async def test_causes_that_come_at_once_stay_below_the_cap_of_a_day(database, write, branch):
    await asyncio.gather(*(write(award, branch=branch, cause=f"study:{n}") for n in range(TOGETHER)))
    assert await database.read(lambda stores: stores.points.total(branch.li.id)) == 3


def give(stores, *, branch):
    given = task.Task(
        TaskId(0),
        TaskId(0),
        branch.group.id,
        branch.li,
        branch.wang,
        Plan("巡检"),
        due_at=AT + timedelta(days=1),
        given_at=AT,
    )
    return stores.tasks.add(given, "1/1").id


def finish(stores, *, number, by):
    done = stores.tasks.get(number).finished(AT)
    stores.tasks.save(done)
    return points.award(stores, by, stores.chats.get(done.group), *ON_TIME, source=done.source, cause="巡检", at=AT)


async def test_a_task_that_is_finished_several_times_at_once_is_finished_once(database, write, branch):
    number = await database.write(give, branch=branch)
    finishing = (write(finish, number=number, by=branch.li.id) for _ in range(TOGETHER))
    came_to = await asyncio.gather(*finishing, return_exceptions=True)
    assert sorted(type(one).__name__ for one in came_to) == ["AlreadyDone"] * (TOGETHER - 1) + ["Credit"]
    assert all(isinstance(one, AlreadyDone) for one in came_to if isinstance(one, Exception))


async def test_an_update_that_comes_several_times_at_once_is_taken_in_once(write):
    updates = [Received(UpdateId(7), "{}")]
    taken = await asyncio.gather(
        *(write(inbox.receive, updates=updates, locale=LOCALE, at=AT) for _ in range(TOGETHER))
    )
    assert sum(map(len, taken)) == 1


async def test_a_message_with_one_key_that_is_put_several_times_at_once_is_said_once(database, write, branch):
    def put(stores):
        stores.outbox.send(branch.group.id, Message("task.overdue"), key="task.remind:2026-11-25")

    await asyncio.gather(*(write(put) for _ in range(TOGETHER)))
    assert len(await database.read(queued)) == 1


async def test_what_two_decide_on_what_they_saw_is_as_if_one_had_come_first(database, write):
    """Each adds what the other looked for: a snapshot alone would let both in."""

    def count(stores):
        return stores.connection.execute(text("SELECT count(*) FROM members")).scalar_one()

    def add_unless_any(stores, *, name):
        if not count(stores):
            stores.members.await_username(name, AT)

    await asyncio.gather(*(write(add_unless_any, name=f"n{n}") for n in range(TOGETHER)))
    assert (
        await database.read(lambda stores: stores.connection.execute(text("SELECT count(*) FROM members")).scalar())
        == 1
    )


@only_postgresql
async def test_a_unit_that_always_meets_another_is_given_up_in_words(database):
    tries = []

    def fail(stores):
        tries.append(1)
        stores.connection.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no luck' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(StoreError, match="no luck"):
        await database.write(fail)
    assert 1 < len(tries) < 20


@only_postgresql
async def test_connections_that_were_lost_are_made_anew_without_a_word(database, engine):
    other = await engine.open()
    await asyncio.gather(*(database.read(award_nobody) for _ in range(4)), database.write(award_nobody))
    await other.write(end, whom=OTHERS)
    await asyncio.gather(*(database.read(award_nobody) for _ in range(4)), database.write(award_nobody))


OTHERS = "pid <> pg_backend_pid() AND datname = current_database()"
OWN = "pid = pg_backend_pid()"


def end(stores, *, whom):
    statement = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {whom}"  # noqa: S608 - our own words
    stores.connection.exec_driver_sql(statement)


@only_postgresql
async def test_a_connection_lost_in_the_middle_loses_all_of_the_transaction_and_says_so(database, branch):
    def award_and_lose(stores):
        award(stores, branch=branch, cause="study:1")
        end(stores, whom=OWN)

    with pytest.raises(StoreError) as lost:
        await database.write(award_and_lose)
    assert not isinstance(lost.value, OutcomeOpen)
    assert await database.write(lambda stores: stores.points.total(branch.li.id)) == 0


@only_postgresql
async def test_a_connection_lost_at_the_commit_leaves_the_outcome_open_and_says_so(database):
    def lose_at_commit(stores):
        run = stores.connection.exec_driver_sql
        run("CREATE TABLE last (number int)")
        run(
            "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        run(
            "CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON last DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION lose()"
        )
        run("INSERT INTO last VALUES (1)")  # fmt: skip

    with pytest.raises(OutcomeOpen):
        await database.write(lose_at_commit)
    await database.write(award_nobody)


@only_postgresql
async def test_a_failure_that_a_use_case_hides_is_no_success(database):
    def hide(stores):
        with suppress(DBAPIError):
            stores.connection.exec_driver_sql("SELECT 1 / 0")

    for beside in (0, 1):
        units = await asyncio.gather(
            database.write(hide), *(database.write(award_nobody) for _ in range(beside)), return_exceptions=True
        )
        assert isinstance(units[0], StoreError)
    await database.write(award_nobody)


@only_postgresql
async def test_a_program_that_hangs_in_a_unit_holds_up_nobody_for_long(engine, monkeypatch):
    monkeypatch.setattr("storage.postgres.WRITER", "-c idle_in_transaction_session_timeout=200ms")
    hanging, other = await engine.open(), await engine.open()
    begun, gate = threading.Event(), threading.Event()
    unit = asyncio.create_task(
        hanging.write(lambda stores: (begun.set(), gate.wait(10 * PATIENCE), award_nobody(stores)))
    )
    await asyncio.to_thread(begun.wait, PATIENCE)
    async with asyncio.timeout(PATIENCE):
        await other.write(award_nobody)
    gate.set()
    with pytest.raises(StoreError):
        await unit
    await hanging.write(award_nobody)


def award_nobody(stores):
    stores.chats.groups()


async def test_a_server_that_is_not_there_is_told_in_words(tmp_path):
    database = connect(f"postgresql://somebody:secret@/jingyi?host={tmp_path}", Renderer(), lambda: AT)
    with pytest.raises(StoreError, match="connection") as caught:
        await database.open()
    assert "secret" not in str(caught.value)
    await database.close()


async def test_programs_that_start_at_once_upgrade_once(postgres):
    with postgres.database("template0") as url:
        engine = Engine(url)
        stores = await asyncio.gather(*(engine.open() for _ in range(4)))
        assert await stores[0].write(lambda stores: stores.chats.groups()) == []
        await engine.close()


@only_postgresql
async def test_every_connection_gives_up_a_server_whose_machine_is_gone(database):
    for connections in (database._engine, database._readers):
        with connections.connect() as connection:
            told = connection.connection.driver_connection.info.get_parameters()
            assert (told["tcp_user_timeout"], told["keepalives_idle"]) == ("6000", "3")
