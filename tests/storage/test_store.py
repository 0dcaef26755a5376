"""Transactions: all of a unit or none, nothing answered before it is durable, no unit that takes others with it."""

import asyncio
import sqlite3
import threading

import pytest

from domain.messaging.chat import ChatKind, ChatProfile
from storage import migrate
from storage.database import SQLiteDatabase, StoreError
from tests.patience import PATIENCE
from tests.stores import AT, LOCALE, Renderer, only_sqlite


def add(stores, *, number):
    return stores.chats.add(ChatProfile(-number, ChatKind.GROUP, f"group {number}"), LOCALE, AT).id


def add_and_fail(stores, *, number, error):
    add(stores, number=number)
    raise error


def known(stores):
    return {-group.platform_id for group in stores.chats.groups()}


async def test_a_unit_that_fails_undoes_only_itself(database):
    units = [
        database.write(add, number=n) if n % 3 else database.write(add_and_fail, number=n, error=KeyError(n))
        for n in range(1, 31)
    ]
    answers = await asyncio.gather(*units, return_exceptions=True)
    assert [type(answer) for answer in answers] == [int if n % 3 else KeyError for n in range(1, 31)]
    assert await database.read(known) == {n for n in range(1, 31) if n % 3}


async def test_a_statement_that_fails_undoes_its_unit_and_no_other(database):
    def twice(stores):
        add(stores, number=7)
        add(stores, number=7)

    before, failed, after = await asyncio.gather(
        database.write(add, number=1), database.write(twice), database.write(add, number=2), return_exceptions=True
    )
    assert isinstance(failed, Exception)
    assert not isinstance(failed, StoreError), "the use case is wrong here, not the store"
    assert (type(before), type(after), await database.read(known)) == (int, int, {1, 2})


@pytest.mark.parametrize(
    "error",
    [SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError(), GeneratorExit()],
    ids=lambda e: type(e).__name__,
)
async def test_a_use_case_that_raises_anything_leaves_the_store_alive(database, error):
    caught = None
    try:
        await database.write(add_and_fail, number=1, error=error)
    except BaseException as raised:
        caught = raised
    assert type(caught) is type(error)
    assert await database.write(add, number=2)
    assert await database.read(known) == {2}


async def test_an_error_that_no_future_can_hold_still_reaches_its_caller(database):
    with pytest.raises(RuntimeError, match="StopIteration"):
        async with asyncio.timeout(PATIENCE):
            await database.write(add_and_fail, number=1, error=StopIteration())
    assert await database.write(add, number=2)


async def test_what_was_answered_is_there_for_another_process(database, engine):
    other = await engine.open()
    for number in range(1, 20):
        await database.write(add, number=number)
        assert number in await other.read(known)


async def test_nothing_is_answered_before_the_transaction_has_ended(database, engine):
    """While a unit of the same commit still runs, no caller has an answer and nobody sees the rows."""
    loop, running = asyncio.get_running_loop(), asyncio.Event()
    gate, go_on = threading.Event(), threading.Event()

    def slow(_):
        loop.call_soon_threadsafe(running.set)
        go_on.wait(10)

    units = [asyncio.create_task(database.write(use_case)) for use_case in (lambda _: gate.wait(10), add_one, slow)]
    await asyncio.sleep(0)  # all three are handed in, so that the second and the third share a commit
    gate.set()
    await running.wait()
    assert not units[1].done()
    assert await database.read(known) == set()
    go_on.set()
    await asyncio.gather(*units)
    assert await database.read(known) == {1}


def add_one(stores):
    return add(stores, number=1)


async def test_many_callers_at_once_each_get_their_own_answer(database):
    numbers = await asyncio.gather(*(database.write(add, number=n) for n in range(1, 601)))
    assert len(set(numbers)) == 600
    assert await database.read(known) == set(range(1, 601))


async def test_units_run_in_the_order_in_which_they_were_handed_in(database):
    seen = []
    await asyncio.gather(*(database.write(lambda _, n=n: seen.append(n)) for n in range(300)))
    assert seen == list(range(300))


async def test_a_caller_that_has_gone_harms_nobody(database):
    gone = asyncio.create_task(database.write(add, number=1))
    await asyncio.sleep(0)
    gone.cancel()
    assert await database.write(add, number=2)
    assert await database.read(known) >= {2}


async def test_closing_finishes_what_was_handed_in(database, engine):
    units = [asyncio.create_task(database.write(add, number=n)) for n in range(1, 501)]
    await asyncio.sleep(0)
    await database.close()
    assert len(await asyncio.gather(*units)) == 500
    assert await (await engine.open()).read(known) == set(range(1, 501))


async def test_a_closed_store_takes_nothing_more_and_says_so(database):
    await database.close()
    with pytest.raises(StoreError, match="closed"):
        async with asyncio.timeout(PATIENCE):
            await database.write(add, number=1)


async def test_a_fault_of_the_writer_itself_leaves_nobody_waiting_and_the_store_alive(database, monkeypatch):
    with monkeypatch.context() as faulty:
        faulty.setattr(type(database._writer._transaction), "keep", lambda _: 1 // 0)
        async with asyncio.timeout(PATIENCE):
            answers = await asyncio.gather(*(database.write(add, number=n) for n in (1, 2)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ZeroDivisionError, ZeroDivisionError]
    await database.write(add, number=3)
    assert await database.read(known) == {3}


async def test_closing_twice_is_closing(database):
    await database.close()
    await database.close()


async def test_a_read_sees_a_snapshot(database):
    """A reader that is under way keeps its view although a writer commits meanwhile."""
    loop, started, written = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def look_until_written(stores):
        first = known(stores)
        loop.call_soon_threadsafe(started.set)
        while not written.is_set():
            known(stores)  # waits for the store, so that the writer goes on
        return first, known(stores)

    async with asyncio.timeout(PATIENCE):
        reading = asyncio.create_task(database.read(look_until_written))
        await started.wait()
        await database.write(add, number=1)
        written.set()
        assert await reading == (set(), set())
    assert await database.read(known) == {1}


@pytest.mark.parametrize("change", [lambda stores: add(stores, number=1), lambda stores: stores.inbox.close(1, AT)])
async def test_a_read_can_change_nothing(database, change):
    with pytest.raises(StoreError, match=r"read-?only"):
        await database.read(change)
    assert await database.read(known) == set()


def fill(stores, *, size):
    stores.chats.add(ChatProfile(-9, ChatKind.GROUP, "x" * size), LOCALE, AT)


def limit_pages(stores, *, most):
    """The disk is full, for this writer."""
    stores.connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")


@only_sqlite
async def test_a_full_disk_refuses_the_unit_in_words_and_the_store_lives_on(database):
    await database.write(limit_pages, most=1)  # no less than there are already
    fits, refused = await asyncio.gather(
        database.write(add, number=1), database.write(fill, size=10_000_000), return_exceptions=True
    )
    assert isinstance(refused, StoreError)
    assert "full" in str(refused)
    assert isinstance(fits, int | StoreError)
    await database.write(limit_pages, most=1 << 30)
    assert await database.write(add, number=2)
    assert await database.read(known) == ({1, 2} if isinstance(fits, int) else {2})


@only_sqlite
async def test_a_file_that_another_process_holds_refuses_the_unit_and_is_taken_later(engine, monkeypatch):
    monkeypatch.setattr("storage.sqlite.BUSY_TIMEOUT", 0)
    database = await engine.open()
    await database.write(add, number=1)
    other = sqlite3.connect(engine.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        await database.write(add, number=2)
    other.execute("ROLLBACK")
    other.close()
    await database.write(add, number=3)
    assert await database.read(known) == {1, 3}


@pytest.mark.parametrize("damage", [b"This is not a database." * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
async def test_a_damaged_file_is_refused_in_words(tmp_path, damage):
    file = tmp_path / "damaged.db"
    file.write_bytes(damage)
    with pytest.raises(StoreError):
        await SQLiteDatabase(file, Renderer(), lambda: AT).open()
    assert file.read_bytes() == damage


async def test_a_folder_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(StoreError, match="unable to open"):
        await SQLiteDatabase(tmp_path / "nowhere" / "jingyi.db", Renderer(), lambda: AT).open()


@only_sqlite
async def test_a_file_damaged_while_it_is_in_use_refuses_units_one_by_one(engine):
    """Every caller gets an answer; none waits for ever."""
    database = await engine.open()
    await database.write(add, number=1)
    with engine.file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (engine.file.stat().st_size - 4096))
    async with asyncio.timeout(PATIENCE):
        answers = await asyncio.gather(*(database.write(known) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(answer, StoreError | set) for answer in answers)


def grow(stores):
    stores.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


async def test_a_newer_schema_is_refused(engine):
    await (await engine.open()).write(grow)
    with pytest.raises(migrate.NewerSchema, match="9999"):
        await engine.open()
