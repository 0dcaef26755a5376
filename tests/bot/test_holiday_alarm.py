"""Administrators hear a month ahead, once a week, that next year's official days off are missing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.renderer import Renderer
from bot.scheduler import Scheduler
from domain.admin.enterprise import Enterprise
from domain.clock import calendar
from domain.messaging.chat import ChatKind, ChatProfile, Locale
from domain.people.member import PersonProfile
from storage.database import connect
from storage.messaging.tables import outbox

CHEN, LI, STRANGER = 101, 102, 103
ZONE = "Asia/Shanghai"
SHANGHAI = ZoneInfo(ZONE)


class Year:
    """A year that goes by hour by hour, and what administrators are told in it."""

    def __init__(self, database, known):
        self.known = known  # may grow
        self.now = datetime(2026, 11, 28, 12, tzinfo=SHANGHAI)
        self.database = database
        self.scheduler = Scheduler(
            database, calendar.FEATURE.jobs, now=lambda: self.now, zone=ZONE, wake_sender=lambda: None
        )

    async def until(self, day):
        end = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=SHANGHAI)
        while self.now < end:
            self.now += timedelta(hours=12)
            await self.scheduler.tick()

    async def told(self):
        look = outbox.select().with_only_columns(outbox.c.key, outbox.c.body).order_by(outbox.c.id)
        rows = await self.database.read(lambda stores: stores.connection.execute(look).all())
        return [(key.split(":")[1], body["text"]) for key, body in rows]


@pytest.fixture
async def year(tmp_path):
    def meet(stores):
        at = datetime(2026, 11, 1, tzinfo=UTC)
        for platform_id, name in ((CHEN, "陈建国"), (LI, "李伟")):
            stores.members.add(PersonProfile(platform_id, name), at)
        private = stores.chats.add(ChatProfile(CHEN, ChatKind.PRIVATE, "陈建国"), Locale(ZONE, "zh"), at)
        chen = stores.members.find(CHEN)
        stores.members.save(type(chen)(chen.id, CHEN, chen.name, None, None, private.id))

    known = {2026}
    locale, admins = Locale(ZONE, "zh"), frozenset({CHEN, LI, STRANGER})
    enterprise = Enterprise(locale, admins, knows_year=lambda year: year in known)
    now = datetime(2026, 11, 28, tzinfo=UTC)
    database = connect(f"sqlite:///{tmp_path / 'jingyi.db'}", Renderer(), lambda: now, enterprise)
    async with database:
        await database.write(meet)
        yield Year(database, known)


async def test_nothing_is_said_in_november(year):
    await year.until("2026-11-30")
    assert await year.told() == []


async def test_from_the_first_of_december_on_it_is_said_once_a_week(year):
    await year.until("2026-12-31")
    told = await year.told()
    assert [day for day, _ in told] == [f"2026-12-{day:02}" for day in (1, 8, 15, 22, 29)]
    assert all("还没有 2027 年的放假和调休安排" in words for _, words in told)


async def test_nothing_more_is_said_once_the_year_is_there(year):
    await year.until("2026-12-10")
    year.known.add(2027)
    await year.until("2027-01-31")
    assert [day for day, _ in await year.told()] == ["2026-12-01", "2026-12-08"]


async def test_a_year_that_has_begun_without_its_days_is_told_of_too(year):
    await year.until("2027-01-10")
    assert [day for day, _ in await year.told()][-2:] == ["2027-01-01", "2027-01-08"]
    assert "2027" in (await year.told())[-1][1]


async def test_whoever_has_no_private_chat_is_passed_over(year):
    await year.until("2026-12-01")
    assert len(await year.told()) == 1
