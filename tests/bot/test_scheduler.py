"""The clock: what is due runs once, whatever happens to rows, to the program and to the time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot import scheduler
from bot.renderer import Renderer
from bot.scheduler import MAX_ROWS_AT_ONCE, Scheduler
from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import EnterpriseJob, GroupJob
from domain.messaging import alarm
from domain.messaging.chat import ChatKind, ChatProfile, Locale
from storage.clock.schedule import schedules
from storage.database import connect
from tests.patience import PATIENCE

ZONE = "Asia/Shanghai"
MORNING = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)  # Wednesday, 08:30 in Shanghai
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STUDY = Schedule("study.prompt", "30 8 * * *", Scope.GROUP, Days.WORKDAYS)


class House:
    """A few groups, one job, and a clock that is moved by hand."""

    def __init__(self, database, schedule):
        self.database = database
        self.now = MORNING - 2 * MINUTE
        self.ran = []
        self.meanwhile = None
        if schedule.scope is Scope.GROUP:
            job = GroupJob(schedule, lambda stores, group, slot: self.run(group.title, slot))
        else:
            job = EnterpriseJob(schedule, lambda stores, slot: self.run("", slot))
        self.scheduler = Scheduler(database, [job], now=lambda: self.now, zone=ZONE, wake_sender=lambda: None)

    def run(self, title, slot):
        if title == "坏":
            raise RuntimeError("broken")
        self.ran.append((title, slot.astimezone(UTC)))

    async def at(self, moment):
        """The clock is moved, and the scheduler wakes up; what ran meanwhile."""
        before = len(self.ran)
        self.now = moment
        await self.scheduler.tick()
        return [title for title, _ in self.ran[before:]]

    def tell_wall_time(self):
        """From now on the scheduler reads the clock on the wall; each time it does is counted."""
        self.looks = 0

        def now():
            self.looks += 1
            return datetime.now(UTC)

        self.scheduler._now = now

    async def wakes_up(self):
        """Wait until the scheduler has looked for what is due, from the beginning to the end."""
        seen = self.looks
        async with asyncio.timeout(PATIENCE):
            while self.looks < seen + 3:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.005)

    async def groups(self, *titles, zone=ZONE):
        def add(stores):
            first = len(stores.chats.groups())
            for number, title in enumerate(titles, first + 1):
                stores.chats.add(ChatProfile(-number, ChatKind.GROUP, title), Locale(zone, "zh"), MORNING)

        await self.database.write(add)

    async def changes(self, **values):
        await self.database.write(lambda stores: stores.connection.execute(schedules.update().values(**values)))

    async def next_at(self):
        def look(stores):
            return list(stores.connection.execute(schedules.select().with_only_columns(schedules.c.next_at)).scalars())

        return await self.database.read(look)


@pytest.fixture
def schedule():
    return STUDY


@pytest.fixture
async def house(tmp_path, schedule):
    async with connect(f"sqlite:///{tmp_path / 'jingyi.db'}", Renderer(), lambda: MORNING) as database:
        yield House(database, schedule)


async def test_a_slot_runs_once_for_each_group(house):
    await house.groups("一", "二")
    assert await house.at(MORNING - MINUTE) == []
    assert sorted(await house.at(MORNING)) == ["一", "二"]
    assert await house.at(MORNING) == []
    assert await house.at(MORNING + MINUTE) == []


async def test_more_than_is_looked_at_in_one_go_runs_in_one_tick(house):
    titles = [f"组{number}" for number in range(2 * MAX_ROWS_AT_ONCE + 1)]
    await house.groups(*titles)
    await house.at(MORNING - MINUTE)
    assert sorted(await house.at(MORNING)) == sorted(titles)


async def test_a_group_that_fails_holds_up_no_other_and_is_tried_again(house):
    await house.groups("一", "坏", "三")
    await house.at(MORNING - MINUTE)
    assert sorted(await house.at(MORNING)) == ["一", "三"]
    assert sorted(await house.next_at())[0] == MORNING + MINUTE


async def test_a_group_that_came_a_minute_before_is_served(house):
    await house.at(MORNING - 2 * MINUTE)
    await house.groups("新")
    await house.at(MORNING - MINUTE)
    assert await house.at(MORNING) == ["新"]


async def test_what_was_paused_does_not_run_nor_pile_up(house):
    await house.groups("一")
    await house.at(MORNING - MINUTE)
    await house.changes(paused=True)
    assert await house.at(MORNING + 2 * DAY) == []
    assert await house.database.read(lambda stores: stores.waiting.oldest_due(house.now)) is None


async def test_a_row_that_was_changed_after_it_was_looked_for_is_left_as_it_is(house, monkeypatch):
    await house.groups("一")
    await house.at(MORNING - MINUTE)
    (row,) = await house.database.read(lambda stores: stores.schedules.due(MORNING, 9))
    later = MORNING + timedelta(hours=2)
    await house.changes(cron="30 10 * * *", next_at=later)
    await house.scheduler._run(row, MORNING)
    assert house.ran == []
    assert await house.next_at() == [later]


async def test_a_clock_that_goes_back_an_hour_runs_nothing_twice(house):
    await house.groups("一")
    await house.at(MORNING - MINUTE)
    assert await house.at(MORNING) == ["一"]
    assert await house.at(MORNING - 60 * MINUTE) == []
    assert await house.at(MORNING + MINUTE) == []
    assert await house.at(MORNING + DAY) == ["一"]


async def test_a_clock_that_was_a_year_ahead_for_a_moment_costs_nobody_a_year(house):
    await house.groups("一")
    await house.at(MORNING - MINUTE)
    await house.at(MORNING + 365 * DAY)
    await house.at(MORNING - MINUTE)
    assert await house.at(MORNING) == ["一"]


async def test_a_clock_that_jumps_over_days_runs_the_newest_slot_only(house):
    await house.groups("一")
    await house.at(MORNING - MINUTE)
    assert await house.at(MORNING + 5 * DAY + MINUTE) == ["一"]  # Monday
    assert house.ran == [("一", MORNING + 5 * DAY)]


@pytest.mark.parametrize("schedule", [Schedule("x", "30 8 * * *", Scope.ENTERPRISE, late=Late.SKIP)])
async def test_what_may_not_be_late_is_left_to_its_next_moment(house):
    await house.at(MORNING - MINUTE)
    assert await house.at(MORNING + timedelta(hours=3)) == []
    assert await house.next_at() == [MORNING + DAY]
    assert await house.at(MORNING + DAY + MINUTE) == [""]


@pytest.mark.parametrize("schedule", [alarm.TELLING])
async def test_a_program_that_comes_back_at_night_tells_administrators_in_the_morning(house):
    await house.at(datetime(2026, 11, 25, 13, 50, tzinfo=UTC))  # 21:50 in Shanghai
    assert await house.at(datetime(2026, 11, 25, 19, 0, tzinfo=UTC)) == []
    assert await house.at(datetime(2026, 11, 25, 23, 0, tzinfo=UTC)) == [""]


async def test_it_wakes_up_however_the_clock_on_the_wall_is_set(house, monkeypatch):
    """APScheduler waits by the wall clock alone, and slept for a day after that was a day ahead."""
    monkeypatch.setattr(scheduler, "TICK", 0.01)
    monkeypatch.setattr(scheduler, "MAX_SLEEP", 0.03)
    await house.groups("一")
    with time_machine.travel(MORNING - 2 * MINUTE, tick=False) as wall:
        house.tell_wall_time()
        house.scheduler.start()
        await house.wakes_up()
        for moment in (MORNING + DAY, MORNING - MINUTE, MORNING - 30 * DAY, MORNING - MINUTE, MORNING):
            wall.move_to(moment)
            await house.wakes_up()
        await house.scheduler.stop()
    assert ("一", MORNING) in house.ran
