"""What the store has seen of the time, and what a clock that was wrong has left in it; on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.admin.enterprise import Enterprise
from domain.clock import schedule, trust
from domain.clock.schedule import Days, Schedule, Scope
from domain.clock.trust import Evidence, Mark, Verdict
from domain.messaging import delivery
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.message import Message, Subject
from storage.messaging.tables import outbox
from tests.stores import AT, LOCALE

MINUTE, HOUR, DAY, YEAR = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=365))
STUDY = Schedule("study.prompt", "30 8 * * *", Scope.GROUP, Days.WORKDAYS)
NOTHING, RIGHT = Evidence(), Evidence([timedelta()])


async def noted(database, evidence, at):
    judged = await database.write(trust.note, evidence=evidence, at=at)
    return judged.verdict


async def mark(database):
    return await database.read(lambda stores: stores.marks.get())


async def test_nothing_is_noted_while_nothing_is_new(database):
    assert (await database.read(trust.look, evidence=NOTHING, at=AT))[1]
    await noted(database, NOTHING, AT)
    for later in (timedelta(), 9 * MINUTE, -50 * MINUTE):
        assert not (await database.read(trust.look, evidence=NOTHING, at=AT + later))[1]
    assert (await database.read(trust.look, evidence=NOTHING, at=AT + 10 * MINUTE))[1]
    assert await mark(database) == Mark(AT, AT)


async def test_a_wrong_time_is_not_taken_for_the_last_one(database):
    await noted(database, NOTHING, AT)
    assert await noted(database, NOTHING, AT + YEAR) is Verdict.UNKNOWN
    assert await noted(database, Evidence([YEAR]), AT + YEAR) is Verdict.WRONG
    assert await mark(database) == Mark(AT, AT + YEAR, 1, doubted=True)
    assert await noted(database, NOTHING, AT + MINUTE) is Verdict.RIGHT
    assert await mark(database) == Mark(AT, AT + MINUTE, 1)


async def test_the_platform_corrects_what_a_wrong_clock_has_left(database):
    await noted(database, NOTHING, AT + YEAR)
    assert await noted(database, NOTHING, AT) is Verdict.WRONG
    assert await noted(database, RIGHT, AT) is Verdict.RIGHT
    assert await mark(database) == Mark(AT, AT, 1)


async def test_it_outlives_the_program(database, engine):
    await noted(database, NOTHING, AT)
    again = await engine.open()
    assert await noted(again, NOTHING, AT - DAY) is Verdict.WRONG


async def test_what_was_planned_without_having_run_is_planned_anew(database, branch):
    """A moment that was let go by a clock that was ahead: nothing says when it ran."""
    await noted(database, NOTHING, AT)
    await database.write(schedule.plan, schedules=[STUDY], zone="Asia/Shanghai")
    (row,) = await database.read(schedule.due, at=AT, limit=9)
    await noted(database, Evidence([YEAR]), AT + YEAR)
    await database.write(lambda stores: stores.schedules.set_next(row, AT + YEAR))
    await noted(database, RIGHT, AT + MINUTE)
    assert await database.read(schedule.due, at=AT + MINUTE, limit=9) == [row]


async def test_nothing_is_planned_anew_by_a_clock_that_is_behind(database, branch):
    """Else what ran today would run again."""
    await database.write(schedule.plan, schedules=[STUDY], zone="Asia/Shanghai")
    (row,) = await database.read(schedule.due, at=AT, limit=9)
    await database.write(lambda stores: stores.schedules.ran(row, AT, AT + DAY))
    await noted(database, RIGHT, AT)
    await noted(database, Evidence([-DAY]), AT - DAY)
    assert await database.read(schedule.due, at=AT + HOUR, limit=9) == []


@pytest.mark.parametrize("put_at", ["now", "ahead"])
async def test_what_a_clock_that_was_ahead_has_put_off_is_sent(database, branch, put_at):
    """A call that failed and waits a minute, and what waits for the end of quiet hours a year from now."""
    await noted(database, NOTHING, AT)
    await noted(database, Evidence([YEAR]), AT + YEAR)

    def put(stores):
        stores.outbox.send(branch.group.id, Message("general.said"), key="k", urgent=True)
        change = outbox.update()
        if put_at == "now":
            stores.connection.execute(change.values(not_before=AT + YEAR + MINUTE, tries=1))
        else:
            stores.connection.execute(change.values(not_before=AT + YEAR + HOUR, put_at=AT + YEAR))

    await database.write(put)
    assert await database.write(delivery.claim, holder="h", at=AT + HOUR, limit=9) == []
    await noted(database, RIGHT, AT + HOUR)
    assert len(await database.write(delivery.claim, holder="h", at=AT + HOUR, limit=9)) == 1


async def test_what_waits_for_the_end_of_quiet_hours_goes_on_waiting(database, branch):
    await noted(database, NOTHING, AT)
    await noted(database, Evidence([YEAR]), AT + YEAR)

    def put(stores):
        stores.outbox.send(branch.group.id, Message("general.said"), key="k", urgent=True)
        stores.connection.execute(outbox.update().values(not_before=AT + 9 * HOUR))

    await database.write(put)
    await noted(database, RIGHT, AT + HOUR)
    assert await database.write(delivery.claim, holder="h", at=AT + HOUR, limit=9) == []


async def test_administrators_hear_of_each_time_once(database, branch):
    def open_private(stores):
        private = stores.chats.add(ChatProfile(branch.li.platform_id, ChatKind.PRIVATE, "李伟"), LOCALE, AT)
        stores.members.save(replace(branch.li, private=private.id))

    def note(stores, **arguments):
        return trust.note(replace(stores, enterprise=Enterprise(LOCALE, frozenset({101}))), **arguments)

    async def noted(_, evidence, at):
        return await database.write(note, evidence=evidence, at=at)

    async def told():
        def look(stores):
            rows = stores.connection.execute(outbox.select().order_by(outbox.c.id))
            return [(row.about, row.body["text"].split()[1]) for row in rows if row.about]

        return await database.read(look)

    await database.write(open_private)
    await noted(database, NOTHING, AT)
    for _ in range(2):
        await noted(database, Evidence([DAY]), AT + DAY)
    assert await told() == [(str(Subject("trust", 1)), "trust.wrong")]
    await noted(database, RIGHT, AT)
    assert await told() == [(str(Subject("trust", 1)), "trust.right")]
    await noted(database, Evidence([-DAY]), AT - DAY)
    assert [text for _, text in await told()] == ["trust.right", "trust.wrong"]
