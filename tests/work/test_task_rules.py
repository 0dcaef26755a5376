"""When a task speaks up: in order, never at night, in every zone and on the days when clocks change."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import texts
from bot.calendar import is_workday
from domain.ids import ChatId, MemberId, TaskId
from domain.messaging.chat import Chat, ChatKind, ChatProfile, Locale
from domain.messaging.outbox import MAX_MESSAGE_CHARS
from domain.messaging.quiet import USUAL
from domain.people.member import Member, PersonProfile
from domain.work import task
from domain.work.task import LISTED, NAMED, AlreadyDone, Lamp, Light, Plan, Reminder, State, Task, reminders
from tests.stores import queued

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
NEW_YORK, SHANGHAI = "America/New_York", "Asia/Shanghai"
FIRST, LAST = datetime(2020, 1, 1), datetime(2040, 1, 1)  # noqa: DTZ001 - given their zone below
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
LI = Member(MemberId(1), 1, "李伟", "li", None)


def group(zone):
    return Chat(ChatId(1), -1, ChatKind.GROUP, "g", zone, "zh", True)


def local(zone, *moment):
    return datetime(*moment, tzinfo=ZoneInfo(zone))


def given_task(due_at, **more):
    return Task(TaskId(1), TaskId(1), ChatId(1), LI, LI, Plan("x"), due_at, due_at - timedelta(days=9), **more)


def first(count, *args, **kwargs):
    return list(islice(reminders(*args, **kwargs), count))


@given(MOMENTS, st.sampled_from(ZONES))
@example(datetime(2026, 3, 8, 14, 0, tzinfo=UTC), NEW_YORK)  # 10:00 after the night that lacks an hour
@example(datetime(2026, 11, 1, 15, 0, tzinfo=UTC), NEW_YORK)  # 10:00 after the night that has one twice
@example(datetime(2026, 4, 5, 0, 30, tzinfo=UTC), "Australia/Lord_Howe")
def test_reminders_come_in_order_and_never_at_night(due_at, zone):
    planned = first(9, due_at, group(zone), USUAL)
    moments = [moment.astimezone(UTC) for _, moment in planned]
    assert moments == sorted(set(moments))
    for which, moment in planned:
        wall = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
        assert time(7, 30) <= wall.time() < time(21, 30), which
        assert (moment.astimezone(UTC) < due_at) == (which is not Reminder.OVERDUE)


@given(MOMENTS, st.integers(-40, 40), st.sampled_from([SHANGHAI, NEW_YORK]))
def test_the_next_reminder_is_the_first_that_is_still_to_come(due_at, days, zone):
    at = due_at + timedelta(days=days)
    planned = given_task(due_at).reminded_after(at, group(zone), USUAL)
    coming = [moment.astimezone(UTC) for _, moment in first(60, due_at, group(zone), USUAL) if moment > at]
    assert planned.remind_at == coming[0]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ((27, 18, 0), [(26, 9, 0), (27, 9, 0), (28, 9, 0)]),
        ((27, 10, 30), [(26, 9, 0), (27, 8, 30), (28, 9, 0)]),  # the morning is later than two hours before
        ((27, 9, 0), [(26, 9, 0), (27, 7, 30), (28, 9, 0)]),  # two hours before is night: at its end
        ((27, 7, 30), [(26, 9, 0), (27, 9, 0), (28, 9, 0)]),  # at its end it is due: not at all
        ((27, 0, 0), [(26, 9, 0), (27, 9, 0), (28, 9, 0)]),
        ((27, 23, 0), [(26, 9, 0), (27, 9, 0), (28, 9, 0)]),
        ((27, 23, 45), [(26, 9, 0), (27, 9, 0), (28, 9, 0)]),  # 21:45 is night, and morning is too late
    ],
)
def test_reminders_of_a_deadline(due, expected):
    planned = first(len(expected), local(SHANGHAI, 2026, 11, *due), group(SHANGHAI), USUAL)
    assert [moment for _, moment in planned] == [local(SHANGHAI, 2026, 11, *moment) for moment in expected]


def test_what_is_given_after_its_last_morning_speaks_two_hours_before():
    due_at, given_at = local(SHANGHAI, 2026, 11, 27, 23, 45), local(SHANGHAI, 2026, 11, 27, 12)
    planned = first(4, due_at, group(SHANGHAI), None, given_at=given_at)
    assert planned[2] == (Reminder.TWO_HOURS, local(SHANGHAI, 2026, 11, 27, 21, 45)), "no hours are quiet"
    assert [which for which, _ in first(4, due_at, group(SHANGHAI), USUAL, given_at=given_at)][2:] == [
        Reminder.OVERDUE
    ] * 2, "at night nobody is woken"


def test_a_task_is_finished_once():
    at = datetime(2026, 11, 25, tzinfo=UTC)
    done = given_task(at, reminder=Reminder.OVERDUE, remind_at=at).finished(at)
    assert (done.done_at, done.reminder, done.remind_at, done.on_time) == (at, None, None, True)
    assert not given_task(at).finished(at + timedelta(microseconds=1)).on_time
    with pytest.raises(AlreadyDone):
        done.finished(at)


@pytest.mark.parametrize(
    ("due", "light"),
    [
        ((25, 9, 59), Light.RED),
        ((25, 10, 0), Light.YELLOW),
        ((26, 23, 59), Light.YELLOW),
        ((27, 0, 0), Light.BLUE),
        ((29, 23, 0), Light.BLUE),  # a Sunday
        ((30, 18, 0), Light.BLUE),
        ((31, 18, 0), Light.BLUE),
        ((32, 18, 0), Light.WHITE),
    ],
)
def test_the_light_tells_how_many_workdays_are_left(due, light):
    """It is Wednesday, 10:00."""
    day, *clock = due
    due_at = local(SHANGHAI, 2026, 11, 1, *clock) + timedelta(days=day - 1)
    assert given_task(due_at).light(local(SHANGHAI, 2026, 11, 25, 10)) is light


def test_the_light_follows_the_settings_and_the_calendar():
    at = local(SHANGHAI, 2026, 11, 25, 10)
    lamp = Lamp(SHANGHAI, blue=3, yellow=1, is_workday=lambda day: day.day != 26)
    lights = [replace(given_task(at + timedelta(days=days)), lamp=lamp).light(at) for days in range(5)]
    assert lights == [Light.YELLOW, Light.YELLOW, Light.BLUE, Light.BLUE, Light.WHITE]


def test_what_waits_for_its_review_does_not_turn_red():
    at = local(SHANGHAI, 2026, 11, 25, 10)
    submitted = given_task(at, state=State.SUBMITTED, submitted_at=at)
    assert submitted.light(at + timedelta(days=3)) is Light.YELLOW
    assert replace(submitted, submitted_at=at + timedelta(minutes=1)).light(at + timedelta(days=3)) is Light.RED


def weekdays(day):
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("due", "given", "expected"),
    [
        ((30, 18, 0), 23, [(27, 9, 0), (30, 9, 0)]),  # Sunday's comes on Friday
        ((30, 18, 0), 28, [(27, 9, 0), (30, 9, 0)]),
        ((29, 18, 0), 23, [(26, 9, 0), (27, 9, 0), (30, 9, 0)]),  # a Sunday's: on the last workdays, then overdue
        ((29, 18, 0), 28, [(26, 9, 0), (27, 9, 0), (29, 16, 0), (30, 9, 0)]),  # given on Saturday: they work then
        ((27, 23, 0), 23, [(26, 9, 0), (27, 9, 0), (30, 9, 0)]),  # overdue in the night before a day off
    ],
)
def test_what_falls_on_a_day_off_comes_on_a_workday(due, given, expected):
    given_at = local(SHANGHAI, 2026, 11, given, 12, 0)
    due_at = local(SHANGHAI, 2026, 11, *due)
    planned = first(len(expected), due_at, group(SHANGHAI), USUAL, is_workday=weekdays, given_at=given_at)
    assert [moment for _, moment in planned] == [local(SHANGHAI, 2026, 11, *moment) for moment in expected]


def test_an_overdue_task_speaks_for_a_week_and_then_once_a_week():
    planned = reminders(local(SHANGHAI, 2026, 11, 2, 18), group(SHANGHAI), USUAL, is_workday=weekdays)
    overdue = [moment.day for which, moment in islice(planned, 14) if which is Reminder.OVERDUE and moment.month == 11]
    assert overdue == [3, 4, 5, 6, 9, 16, 23, 30]


def test_official_days_off_and_worked_weekends_count():
    """1 to 8 October 2025 are off, Saturday 11 October is worked."""

    def planned(*due):
        due_at = local(SHANGHAI, *due)
        return [at for _, at in first(2, due_at, group(SHANGHAI), USUAL, is_workday=is_workday)]

    assert planned(2025, 10, 9, 18)[0] == local(SHANGHAI, 2025, 9, 30, 9)
    assert planned(2025, 10, 12, 18)[1] == local(SHANGHAI, 2025, 10, 11, 9)


@given(MOMENTS, st.sampled_from([SHANGHAI, NEW_YORK]))
def test_reminders_come_in_order_and_on_workdays(due_at, zone):
    planned = first(9, due_at, group(zone), USUAL, is_workday=weekdays)
    moments = [moment.astimezone(UTC) for _, moment in planned]
    assert moments == sorted(set(moments))
    assert all(moment.weekday() < 5 for _, moment in planned)
    assert all((moment.astimezone(UTC) < due_at) == (which is not Reminder.OVERDUE) for which, moment in planned)


async def test_a_reminder_shows_no_more_than_a_message_can_hold(database, branch):
    """In the group by command, in private by task."""
    at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

    def unit(stores):
        home = stores.chats.add(ChatProfile(102, ChatKind.PRIVATE, ""), Locale(SHANGHAI, "zh"), at)
        stores.members.save(replace(branch.li, private=home.id))
        for number in range(LISTED + 30):
            for owner in (branch.li, branch.zhao):
                one = replace(given_task(at - timedelta(days=1)), id=TaskId(0), batch=TaskId(0), owner=owner)
                one = replace(one, giver=branch.li, reminder=Reminder.OVERDUE, remind_at=at)
                stores.tasks.add(one, f"{number} {owner.id}")
        task.remind(stores, at)
        return queued(stores)

    of_group, digest = await database.write(unit)
    assert len(of_group.body["buttons"]) == len(digest.body["buttons"]) == LISTED
    assert of_group.body["text"].count("Line(") == digest.body["text"].count("Task(") == LISTED
    assert ("'more': 75" in of_group.body["text"], "'more': 30" in digest.body["text"]) == (True, True)


OWNERS, TAGS = 500, re.compile("<[^>]*>")


async def test_five_hundred_owners_fit_into_a_card_and_a_reminder(database, branch):
    """With the longest names and title; nobody waits long for a press."""
    at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    plan = Plan("长" * 200, "长" * 500, "长" * 500)

    def give(stores):
        people = [stores.members.add(PersonProfile(10**9 + n, "名" * 64), at) for n in range(OWNERS)]
        one = replace(given_task(at + timedelta(hours=1)), id=TaskId(0), batch=TaskId(0), giver=branch.li, plan=plan)
        due = replace(one, group=branch.group.id, reminder=Reminder.TWO_HOURS, remind_at=at)
        given = stores.tasks.add_batch([replace(due, owner=owner) for owner in people], "many")
        stores.outbox.send(branch.group.id, task.drawn(given), key="card")
        task.remind(stores, at)
        return given[0].batch, queued(stores)

    batch, (card, reminder) = await database.write(give)
    assert (len(card.body["buttons"]), len(reminder.body["buttons"])) == (2, 1)
    tasks = await database.read(lambda stores: stores.tasks.batch(batch))
    listed = await database.read(lambda stores: stores.tasks.round(branch.group.id))
    assert len(tasks) == len(listed) == OWNERS
    for message in (task.drawn(tasks), task.round_message(branch.group.id, listed, at)):
        for language in texts.LANGUAGES:
            said = texts.render(message.text, texts.Reader(language, SHANGHAI), message.values)
            assert len(TAGS.sub("", said)) < MAX_MESSAGE_CHARS
            assert said.count("person:") <= NAMED
            assert f"{OWNERS}" in said
