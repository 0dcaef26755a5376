"""Clocks that jump, hours that are missing or come twice, and years of which nobody has told the days off."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.pace import Pace
from bot.program import Program
from bot.sample import enterprise
from bot.settings import Settings
from domain.clock import calendar
from domain.clock.calendar import Day
from language.tags import Tagger
from sandbox import Sandbox
from sandbox.chats import Chat
from sandbox.clock import Clock
from storage import migrate
from tests.faults.office import Office, opened
from tests.faults.run_report import Books, spoken
from tests.faults.worker import TOKEN, cache

DAY = 86_400.0  # seconds
STEP = timedelta(minutes=30)


@pytest.mark.parametrize("jumps", [(3 * DAY, DAY, -3600.0, 3 * DAY)], ids=["forth and back"])
async def test_a_clock_that_jumps_makes_no_trouble(tmp_path: Path, jumps: tuple[float, ...]) -> None:
    async with opened(tmp_path) as office:
        office.let_clock_move()
        await office.start()
        await office.idle()
        for jump in jumps:
            office.move_clock(jump)
            for _ in range(6):
                office.crowd.act()
            await office.until(lambda: office.count_due() == 0, "the clock's work is done")
            await office.idle()
        office.move_clock(0)
        await office.until(lambda: office.count_due() == 0, "what waited is done once the clock is right")
        await office.idle()
        office.untroubled()
        assert await no_job_failed(office)
        await office.all_right()


async def test_after_a_clock_that_was_a_day_ahead_the_scheduler_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as office:
        office.let_clock_move()
        await office.start()
        await office.idle()
        office.move_clock(DAY)
        await office.until(lambda: "wrong" in verdicts(office), "the program knows that its clock is wrong")
        office.move_clock(0)
        back = int(datetime.now(UTC).timestamp() * 1_000_000)
        ran = f"SELECT count(*) FROM schedules WHERE name = 'survey.close' AND last_at > {back}"  # noqa: S608 - a number
        await office.until(lambda: office.books.count(ran) == 1, "what runs every minute runs again")
        assert verdicts(office)[-1] == "right"
        office.untroubled()


def verdicts(office: Office) -> list[str]:
    return [str(line["verdict"]) for line in office.worker.events() if line.get("event") == "the clock was compared"]


async def no_job_failed(office: Office) -> bool:
    return await office.metric("jingyi_jobs_total", outcome="failed") == 0


@dataclass
class Years:
    """The program with a group, in a time that is moved by half hours."""

    sandbox: Sandbox
    settings: Settings
    group: Chat
    zone: ZoneInfo
    tagger: Tagger
    books: Books
    programs: list[Program] = field(default_factory=list)

    async def start(self) -> None:
        program = Program(
            self.settings,
            now=self.sandbox.clock.now,
            pace=Pace(1000),
            tagger=self.tagger,
            lessons=enterprise.lessons(),
        )
        self.programs.append(await program.__aenter__())

    async def stop(self) -> None:
        await self.programs[-1].__aexit__()

    async def until(self, local: str) -> None:
        """Live until a moment of the group's wall clock."""
        end = datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC)
        while self.sandbox.clock.now() < end:
            self.sandbox.clock.move_to(min(end, self.sandbox.clock.now() + STEP))
            await self.programs[-1].scheduler.tick()
            await self.programs[-1].idle()

    async def says(self, person: object, text: str) -> None:
        self.sandbox.say(self.group, person, text)
        bot = self.sandbox.world.bot(int(TOKEN.partition(":")[0]))
        while bot.inbox.pending:
            await self.sandbox.pause(0.01)
        await self.programs[-1].idle()

    def heard(self, words: str, *, private: int | None = None) -> list[str]:
        """When, on the group's wall clock, the bot said something with these words, in the group or to one person."""
        said = spoken(self.sandbox, self.group.id if private is None else private)
        found = [one for one in said if words in str(one.get("text", ""))]
        return [f"{datetime.fromtimestamp(one['date'], self.zone):%m-%d %H:%M}" for one in found]

    def put(self, prefix: str) -> Counter[str]:
        """How often each key of the outbox stands there."""
        return Counter(key for (key,) in self.books.rows("SELECT key FROM outbox") if key.startswith(prefix))

    def well(self) -> None:
        """No job failed, and all that was to be said was taken."""
        for program in self.programs:
            page = program.metrics.page(None).decode()
            assert not [line for line in page.splitlines() if line.startswith("jingyi_jobs") and "failed" in line]
        assert self.books.rows("SELECT key, state, error FROM outbox WHERE state NOT IN ('sent', 'withdrawn')") == []


@asynccontextmanager
async def living(folder: Path, zone: str, local: str, **more: object) -> AsyncIterator[Years]:
    """Begin at a moment of a zone's wall clock, with a group of a secretary and Li."""
    begin = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    url = f"sqlite:///{folder / 'jingyi.db'}"
    migrate.upgrade(url)
    books = Books(url)
    async with Sandbox(clock=Clock(start=begin), zone=zone) as sandbox:
        bot = sandbox.add_bot(TOKEN, username="jingyi_bot", first_name="精益", can_read_all_group_messages=True)
        chen = sandbox.add_person("陈", username="chen", id=101)
        li = sandbox.add_person("李伟", username="li", id=102)
        settings = Settings(
            _env_file=None,
            token=TOKEN,
            api_url=sandbox.url,
            database_url=url,
            http="127.0.0.1:0",
            cache=cache(),
            timezone=zone,
            **more,
        )
        tagger = Tagger(Path(cache()))
        tagger.load()
        group = sandbox.add_group("第一党支部", by=chen, members=[li], bots=[bot])
        years = Years(sandbox, settings, group, ZoneInfo(zone), tagger, books)
        await years.start()
        sandbox.start(chen, bot)
        await years.says(li, "早")
        yield years
        await years.stop()
        years.well()
    books.close()


async def test_in_march_the_hour_that_is_missing_takes_nothing_away(tmp_path: Path) -> None:
    async with living(tmp_path, "Europe/Berlin", "2026-03-27T12:00") as years:
        await years.says(101, "/task @li 3月29日02:30前 检查夜班")
        await years.says(101, "/survey 几点？ | 九点 | 十点 | 截止：3月29日02:30")
        await years.until("2026-03-31T12:00")
        assert years.heard("📖") == ["03-30 08:30", "03-31 08:30"]
        assert years.heard("已逾期") == ["03-31 09:00"], "in place of Monday's"
        assert years.heard("没有人投票", private=101) == ["03-29 07:30"], "nobody voted: only its asker hears so"
        assert years.heard("📊") == []
        assert years.heard("周小结　") == ["03-30 09:00"]
        assert years.books.count("SELECT count(*) FROM surveys WHERE published_at IS NULL") == 0


async def test_in_october_the_hour_that_comes_twice_says_nothing_twice(tmp_path: Path) -> None:
    async with living(tmp_path, "Europe/Berlin", "2026-10-23T12:00") as years:
        await years.says(101, "/task @li 10月25日02:30前 检查夜班")
        await years.says(101, "/survey 几点？ | 九点 | 十点 | 截止：10月25日02:30")
        await years.until("2026-10-27T12:00")
        assert years.heard("📖") == ["10-26 08:30", "10-27 08:30"]
        assert years.books.count("SELECT count(*) FROM surveys WHERE published_at IS NULL") == 0
        assert years.heard("已逾期") == ["10-27 09:00"], "in place of Monday's"
        assert years.heard("没有人投票", private=101) == ["10-25 07:30"], "nobody voted: only its asker hears so"
        assert years.heard("📊") == []
        assert years.heard("周小结　") == ["10-26 09:00"]


async def test_a_year_ends_whose_next_is_not_known(tmp_path: Path) -> None:
    async with living(tmp_path, "Asia/Shanghai", "2027-12-27T12:00", admins=frozenset({101})) as years:
        known = [Day(date(2027, 1, 1), is_workday=False)]
        await years.programs[-1].database.write(calendar.load, days=known)
        await years.until("2027-12-31T23:30")
        await years.stop()
        await years.start()
        await years.until("2028-01-05T12:00")
        alarms = years.put("calendar.missing:")
        assert sorted(key.split(":")[1] for key in alarms) == ["2027-12-29", "2028-01-01"]
        told = [one["text"] for one in spoken(years.sandbox, 101) if "2028" in one.get("text", "")]
        assert len(told) == 2, told
        shown = [moment.split()[0] for moment in years.heard("📖")]
        assert shown == ["12-28", "12-29", "12-30", "12-31", "01-03", "01-04", "01-05"]
