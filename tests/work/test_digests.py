"""One digest a workday: none is skipped and none comes twice, whenever the program was away."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from domain.admin.setting import Name, Scope, Where
from domain.ids import TaskId
from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.messaging.delivery import Call
from domain.people.member import PersonProfile
from domain.work import task
from domain.work.follow.escalating import escalate, warn
from domain.work.task import Plan, Task
from storage.messaging.tables import outbox
from storage.schema import metadata
from storage.stores import Stores
from tests.stores import LOCALE, Renderer

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 11, 20, 12, tzinfo=ZONE)  # Friday
DUE = datetime(2026, 11, 25, 18, tzinfo=ZONE)  # Wednesday
# Yellow on Tuesday and Wednesday, overdue on the five workdays after that.
TOLD = [date(2026, 11, day) for day in (24, 25, 26, 27, 30)] + [date(2026, 12, day) for day in (1, 2)]
MINUTES = 14 * 24 * 60


class Office:
    """A group with one person who has a task."""

    def __init__(self, connection, *, private: bool) -> None:
        self.connection = connection
        stores = self.at(BEGIN)
        group = stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "一支部"), LOCALE, BEGIN)
        stores.chats.decide(group, Admission.ADMITTED, None, BEGIN)
        self.group = stores.chats.get(group.id)
        self.owner, self.giver = (stores.members.add(PersonProfile(one, f"p{one}"), BEGIN) for one in (1, 2))
        for one in (self.owner, self.giver):
            stores.members.speak(group.id, one.id, BEGIN)
        if private:
            self.owner = replace(self.owner, private=self._home(1))
            stores.members.save(self.owner)
        self.giver = replace(self.giver, private=self._home(2))
        stores.members.save(self.giver)
        made = Task(TaskId(0), TaskId(0), group.id, self.owner, self.giver, Plan("x"), DUE, BEGIN)
        self.task = stores.tasks.add(task.rules_of(stores, self.group).planned(made, BEGIN), "1")
        self.chat = self.owner.private or group.id

    def _home(self, number):
        return self.at(BEGIN).chats.add(ChatProfile(number, ChatKind.PRIVATE, ""), LOCALE, BEGIN).id

    def at(self, moment):
        return Stores(self.connection, Renderer(), moment)

    def told(self, chat=None):
        """How many messages were sent to a chat on each day."""
        rows = self.connection.execute(
            select(outbox.c.put_at).where(outbox.c.action == Call.SEND.value, outbox.c.chat_id == (chat or self.chat))
        )
        return Counter(put_at.astimezone(ZONE).date() for (put_at,) in rows)


@contextmanager
def office(*, private: bool):
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        yield Office(connection, private=private)
    engine.dispose()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, MINUTES), min_size=1, max_size=60).map(sorted), st.booleans(), st.booleans())
@example(list(range(0, MINUTES, 60)), True, True)
def test_no_digest_is_skipped_or_doubled_whenever_the_program_runs(minutes, private, moves):
    """It runs at some moments alone; on one of the days the morning is moved to a later hour."""
    with office(private=private) as place:
        for minute in minutes:
            moment = BEGIN + timedelta(minutes=minute)
            stores = place.at(moment)
            task.remind(stores, moment)
            if moves and moment.date() == DUE.date():
                stores.settings.put(Where(Scope.CHAT, place.group.id), Name.MORNING, "11:00")
        told = place.told()
        awake = {
            moment.date()
            for moment in (BEGIN + timedelta(minutes=minute) for minute in minutes)
            if 11 * 60 <= 60 * moment.hour + moment.minute < 21 * 60 + 30
        }
        assert all(count == 1 for count in told.values())
        assert all(day.weekday() < 5 for day in told)
        assert {day for day in TOLD if day in awake} <= told.keys()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from([*TOLD, date(2026, 12, 3)])))
@example(set(TOLD))
def test_nothing_is_reported_that_was_not_said_on_an_earlier_day(days):
    """The program is there on some days alone."""
    with office(private=True) as place:
        said: list[date] = []
        for day in sorted(days):
            for job, clock in ((warn, 6), (escalate, 8), (task.remind, 9)):
                moment = datetime(day.year, day.month, day.day, clock, 40 * (clock == 8), tzinfo=ZONE)
                stores = place.at(moment)
                before = place.told(place.giver.private).total()
                job(stores, moment)
                if place.told(place.giver.private).total() > before:
                    assert said
                    assert said[0] < day
                if job is warn and stores.follow_ups.warned([place.task.id]):
                    said.append(day)
        assert place.told(place.giver.private).total() <= 1, "a level hears of it once"


@pytest.mark.parametrize(
    ("value", "reported"), [("1 3 5", date(2026, 11, 26)), ("2", date(2026, 11, 27)), ("off", None)]
)
def test_a_task_is_reported_on_the_agreed_workday(value, reported):
    with office(private=True) as place:
        place.at(BEGIN).settings.put(Where(Scope.CHAT, place.group.id), Name.TASK_ESCALATION, value)
        for day in TOLD:
            for job, clock in ((warn, 6), (escalate, 9), (task.remind, 10)):
                moment = datetime(day.year, day.month, day.day, clock, tzinfo=ZONE)
                job(place.at(moment), moment)
        assert list(place.told(place.giver.private)) == ([] if reported is None else [reported])
