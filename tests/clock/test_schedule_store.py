"""Schedules that people change, and quiet hours, on both engines."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from domain.clock import schedule
from domain.clock.schedule import Days, Default, Late, Schedule, Scope
from domain.messaging.chat import ChatKind, ChatProfile, Locale
from domain.messaging.delivery import Receipt
from domain.messaging.message import Message, Poll, Subject
from domain.messaging.quiet import USUAL, Quiet, QuietHours, Span
from tests.stores import AT, LOCALE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STUDY = Schedule("study.prompt", "30 8 * * *", Scope.GROUP, Days.WORKDAYS, Late.WITHIN_THE_DAY)
NIGHT = AT + timedelta(hours=13)  # 23:00 in Shanghai
MORNING = AT + timedelta(hours=21, minutes=30)  # 07:30 there
NAP, LATE = Quiet((Span(time(12), time(13, 30)), *USUAL.spans)), Quiet.at(time(23), time(6))


@pytest.fixture
async def planned(database, branch):
    """The row of a group's study, with a second group in another zone."""

    def begin(stores):
        stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "二支部"), Locale("America/New_York", "zh"), AT)
        schedule.plan(stores, schedules=[STUDY], zone="Asia/Shanghai")
        return stores.schedules.of(branch.group.id, "study.prompt")

    return await database.write(begin)


async def rows_of(database):
    return {row.zone: row for row in await database.read(lambda stores: stores.schedules.due(AT + 99 * DAY, 9))}


async def test_a_row_is_changed(database, branch, planned):
    wanted = replace(planned, cron="0 9 * * *", paused=True, chosen=True, next_at=AT + DAY)
    await database.write(lambda stores: stores.schedules.change(wanted))
    assert await database.read(lambda stores: stores.schedules.of(branch.group.id, "study.prompt")) == wanted
    assert await database.read(lambda stores: stores.schedules.groups("study.prompt")) == (1, 1)


async def test_a_default_reaches_those_who_follow_it_zone_by_zone(database, planned):
    def lead(stores):
        default = Default("0 9 * * *")
        stores.schedules.set_default("study.prompt", default)
        stores.schedules.follow("study.prompt", default, "Asia/Shanghai", AT + HOUR)
        return stores.schedules.zones("study.prompt")

    assert sorted(await database.write(lead)) == ["America/New_York", "Asia/Shanghai"]
    rows = await rows_of(database)
    assert (rows["Asia/Shanghai"].cron, rows["Asia/Shanghai"].next_at) == ("0 9 * * *", AT + HOUR)
    assert rows["America/New_York"].cron == "30 8 * * *"


async def test_those_that_have_had_todays_are_told_apart(database, planned):
    await database.write(lambda stores: stores.schedules.ran(planned, AT - HOUR, AT + DAY))

    def lead(stores):
        for since, next_at in ((AT, AT + 2 * HOUR), (AT - 2 * HOUR, AT + 3 * HOUR)):
            stores.schedules.follow("study.prompt", Default("0 9 * * *"), "Asia/Shanghai", next_at, since=since)

    await database.write(lead)
    assert (await rows_of(database))["Asia/Shanghai"].next_at == AT + 3 * HOUR


async def test_a_default_is_replaced_and_new_groups_begin_with_it(database, planned):
    def lead(stores):
        stores.schedules.set_default("study.prompt", Default("0 9 * * *"))
        stores.schedules.set_default("study.prompt", Default("0 10 * * *", paused=True))
        new = stores.chats.add(ChatProfile(-1003, ChatKind.GROUP, "三支部"), LOCALE, AT)
        schedule.plan(stores, schedules=[STUDY], zone="Asia/Shanghai")
        return stores.schedules.default("study.prompt"), stores.schedules.of(new.id, "study.prompt")

    default, row = await database.write(lead)
    assert default == Default("0 10 * * *", paused=True)
    assert (row.cron, row.paused, row.chosen) == ("0 10 * * *", True, False)


async def test_quiet_hours_are_the_chats_own_else_the_enterprises_else_the_usual(database, branch):
    def hours():
        return database.read(lambda stores: stores.quiet.of(branch.group.id))

    assert await hours() == QuietHours(USUAL, chosen=False)
    await database.write(lambda stores: stores.quiet.choose(None, LATE))
    assert await hours() == QuietHours(LATE, chosen=False)
    for quiet in (NAP, None):
        await database.write(lambda stores, quiet=quiet: stores.quiet.choose(branch.group.id, quiet))
        assert await hours() == QuietHours(quiet, chosen=True)
    assert await database.read(lambda stores: stores.quiet.of(None)) == QuietHours(LATE, chosen=False)
    await database.write(lambda stores: stores.quiet.follow(branch.group.id))
    assert await hours() == QuietHours(LATE, chosen=False)


async def test_what_the_clock_says_at_night_waits_and_answers_pass_by(database, branch):
    def night(stores):
        stores = replace(stores, at=NIGHT)
        stores.outbox.send(branch.group.id, Message("a"), key="held")
        stores.outbox.send_poll(branch.group.id, Poll("?", ("1", "2")), key="held too", subject=Subject("x"))
        stores.outbox.send(branch.group.id, Message("b"), key="answer", urgent=True)
        return [row.urgent for row in stores.deliveries.due(NIGHT, 9)], stores.deliveries.waits_in(branch.group.id)

    assert await database.write(night) == ([True], True)
    before = await database.read(lambda stores: stores.deliveries.due(MORNING - timedelta(seconds=1), 9))
    assert [row.urgent for row in before] == [True]
    (answer,) = before
    await database.write(lambda stores: stores.deliveries.claim(answer.id, "x", MORNING))
    await database.write(lambda stores: stores.deliveries.sent(answer.id, Receipt(1)))
    (first,) = await database.read(lambda stores: stores.deliveries.due(MORNING, 9))
    assert first.put_at == MORNING, "it is not late: it was meant for the morning"


async def test_what_is_held_for_the_morning_follows_what_happens_in_the_night(database, branch):
    one, two = Subject("one"), Subject("two")

    def night(stores):
        stores = replace(stores, at=NIGHT)
        for subject in (one, two):
            stores.outbox.send(branch.group.id, Message("a", subject=subject), key=str(subject))
        stores.outbox.edit(one, Message("new"), key="change")
        stores.outbox.delete(two, key="back")

    await database.write(night)
    (said,) = await database.read(lambda stores: stores.deliveries.due(MORNING, 9))
    assert "new" in said.body["text"]


async def test_what_comes_late_keeps_the_moment_that_it_was_meant_for(database, branch):
    def late(stores):
        stores.meant_for(AT - DAY).outbox.send(branch.group.id, Message("a"), key="late")
        return [row.put_at for row in stores.deliveries.due(AT, 9)]

    assert await database.write(late) == [AT - DAY]
