"""The totals are checked while the bot runs, in slices, and administrators hear of what differs."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from bot.scheduler import Scheduler
from bot.verifier import Verifier
from domain.admin.audit import FILE_IMPORTED, BrokenLink
from domain.messaging.alarm import Trouble
from domain.points import points, verify
from domain.points.verify import Difference
from storage.admin.audit import audit as log
from tests.patience import PATIENCE
from tests.points.events import ON_TIME
from tests.stores import AT, LOCALE


@pytest.fixture
async def verifier(database, branch, monkeypatch):
    monkeypatch.setattr("bot.verifier.AT_ONCE", 1)  # a member at a time

    def earn(stores):
        for member in (branch.li, branch.wang):
            points.award(stores, member.id, branch.group, *ON_TIME, source="1", cause="巡检", at=AT)

    await database.write(earn)
    verifier = Verifier(database, now=lambda: AT)
    verifier.start()
    yield verifier
    await verifier.stop()


async def spoil(database):
    await database.write(lambda stores: stores.connection.execute(text("UPDATE points_totals SET points = points + 1")))


async def test_what_is_right_is_said_to_nobody(verifier, database):
    assert await verifier.verify() == []
    assert await database.read(lambda stores: stores.alarms.all()) == []


async def test_every_difference_is_found_whatever_its_slice_and_noted_once(verifier, database, branch):
    await spoil(database)
    expected = [Difference(member.id, kept=6, ledger=5) for member in (branch.li, branch.wang)]
    assert await verifier.verify() == expected
    await verifier.verify()
    alarms = await database.read(lambda stores: stores.alarms.all())
    assert [(one.trouble, one.subject) for one in alarms] == [
        (Trouble.DIFFERS, str(member.id)) for member in (branch.li, branch.wang)
    ]


async def test_the_job_asks_for_it_from_the_writers_thread(verifier, database):
    await spoil(database)
    (job,) = verify.FEATURE.jobs
    asks = {verify.DAILY.name: verifier.ask}
    moments = [AT, AT + timedelta(days=1)]
    scheduler = Scheduler(database, [job], asks, now=lambda: moments[0], zone=LOCALE.zone, wake_sender=lambda: None)
    await scheduler.tick()
    del moments[0]
    await scheduler.tick()
    async with asyncio.timeout(PATIENCE):
        while not await database.read(lambda stores: stores.alarms.all()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_asking_one_that_has_ended_does_nothing(database):
    Verifier(database, now=lambda: AT).ask()


async def test_a_broken_audit_log_is_noted_once(verifier, database, branch):
    def note(stores):
        for number in range(5):
            stores.audit.note(branch.li.id, FILE_IMPORTED, "roster", old=None, new=str(number), at=AT)

    def forge(stores):
        record = stores.audit.chain()[-1]
        words = {"action": "x", "subject": "x", "previous": record.hash, "hash": "x"}
        stores.connection.execute(insert(log), [{"id": record.id + 1, "at": AT, **words}])

    await database.write(note)
    assert await verifier.follow() is None
    await database.write(forge)
    for _ in range(2):
        assert await verifier.follow() == BrokenLink(6)
    alarms = await database.read(lambda stores: stores.alarms.all())
    assert [(one.trouble, one.subject) for one in alarms] == [(Trouble.CHAIN, "6")]


async def test_a_check_that_fails_of_a_fault_does_not_keep_the_next_from_being_made(verifier, database, monkeypatch):
    read, faults = database.read, [KeyError("old")]

    async def failing(query, /, *args, **arguments):
        if faults:
            raise faults.pop()
        return await read(query, *args, **arguments)

    monkeypatch.setattr(database, "read", failing)
    await spoil(database)
    verifier.ask()
    async with asyncio.timeout(PATIENCE):
        while faults:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        verifier.ask()
        while not await database.read(lambda stores: stores.alarms.all()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
