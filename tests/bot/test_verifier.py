"""The totals are checked while the bot runs, in slices, and administrators hear of what differs."""

import asyncio

import pytest
from sqlalchemy import insert, text

from bot.verifier import Verifier
from domain import points
from domain.alarm import Trouble
from domain.audit import Action, BrokenLink
from domain.points import Rule
from domain.verify import Difference
from jobs import verify
from storage import schema
from tests.patience import PATIENCE
from tests.storage.conftest import AT, branch, empty_file, engine, postgresql_url, sqlite_url, store

__all__ = ["branch", "empty_file", "engine", "postgresql_url", "sqlite_url", "store"]


@pytest.fixture
async def verifier(store, branch, monkeypatch):
    monkeypatch.setattr("bot.verifier.AT_ONCE", 1)  # a member at a time

    def earn(stores):
        for member in (branch.li, branch.wang):
            points.award(stores, member.id, branch.group, Rule.TASK_ON_TIME, source="1", cause="巡检", at=AT)

    await store.write(earn)
    verifier = Verifier(store, now=lambda: AT)
    verifier.start()
    yield verifier
    await verifier.stop()


async def spoil(store):
    await store.write(lambda stores: stores.connection.execute(text("UPDATE points_totals SET points = points + 1")))


async def test_what_is_right_is_said_to_nobody(verifier, store):
    assert await verifier.verify() == []
    assert await store.read(lambda stores: stores.alarms.all()) == []


async def test_every_difference_is_found_whatever_its_slice_and_noted_once(verifier, store, branch):
    await spoil(store)
    expected = [Difference(member.id, kept=6, ledger=5) for member in (branch.li, branch.wang)]
    assert await verifier.verify() == expected
    await verifier.verify()
    alarms = await store.read(lambda stores: stores.alarms.all())
    assert [(one.trouble, one.subject) for one in alarms] == [
        (Trouble.DIFFERS, str(member.id)) for member in (branch.li, branch.wang)
    ]


async def test_the_job_asks_for_it_from_the_writers_thread(verifier, store):
    await spoil(store)
    await store.write(verify.job(verifier.ask).run, AT)
    async with asyncio.timeout(PATIENCE):
        while not await store.read(lambda stores: stores.alarms.all()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_asking_one_that_has_ended_does_nothing(store):
    Verifier(store, now=lambda: AT).ask()


async def test_a_broken_audit_log_is_noted_once(verifier, store, branch):
    def note(stores):
        for number in range(5):
            stores.audit.note(branch.li.id, Action.FILE_IMPORTED, "roster", old=None, new=str(number), at=AT)

    def forge(stores):
        record = stores.audit.chain()[-1]
        words = {"action": "x", "subject": "x", "previous": record.hash, "hash": "x"}
        stores.connection.execute(insert(schema.audit), [{"id": record.id + 1, "at": AT, **words}])

    await store.write(note)
    assert await verifier.follow() is None
    await store.write(forge)
    for _ in range(2):
        assert await verifier.follow() == BrokenLink(6)
    alarms = await store.read(lambda stores: stores.alarms.all())
    assert [(one.trouble, one.subject) for one in alarms] == [(Trouble.CHAIN, "6")]


async def test_a_check_that_fails_of_a_fault_does_not_keep_the_next_from_being_made(verifier, store, monkeypatch):
    read, faults = store.read, [KeyError("old")]

    async def failing(query, /, *args, **arguments):
        if faults:
            raise faults.pop()
        return await read(query, *args, **arguments)

    monkeypatch.setattr(store, "read", failing)
    await spoil(store)
    verifier.ask()
    async with asyncio.timeout(PATIENCE):
        while faults:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        verifier.ask()
        while not await store.read(lambda stores: stores.alarms.all()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
