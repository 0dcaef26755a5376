"""A clock that is wrong erases nothing; administrators hear of it, and what waited is done once it is right."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from bot.pace import Pace
from bot.program import Program
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.person import Entry
from tests.dialogue import BOT, SECRETARY, Place, World

CHEN = 7000000001
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({CHEN})


class Wrong:
    """The program on a clock of its own, which is `ahead` of the local Telegram's."""

    def __init__(self, world: World, office: Place) -> None:
        self.world, self.office = world, office
        self.ahead = timedelta()

    async def restart(self, ahead: timedelta) -> None:
        self.ahead = ahead
        await self.world.stop()
        clock = self.world.sandbox.clock
        more = {"pace": Pace(1000), "tagger": self.world.tagger}
        self.world.program = Program(self.world.settings, now=lambda: clock.now() + self.ahead, **more)
        await self.world.program.__aenter__()
        await self.ticks()

    async def set(self, ahead: timedelta) -> None:
        self.ahead = ahead
        await self.ticks()

    async def ticks(self) -> None:
        for _ in range(2):
            await self.world.program.scheduler.tick()
        await self.world.idle()

    async def leavers(self) -> list[str]:
        """Whose name is still known."""
        return await self.world.program.database.read(
            lambda stores: [one.name for one in (stores.people.numbered("10002"),) if one is not None and one.name]
        )


@pytest.fixture
async def wrong(group: Place, world: World) -> AsyncIterator[Wrong]:
    """An administrator in private; Li left the enterprise a week ago, and is to be kept for a year."""
    office = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()

    def unit(stores):
        branch = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="第一党支部").id
        (person,) = stores.people.add([Entry("10002", "李伟", branch)])
        stores.people.leave(person.id, date(2026, 11, 18))

    await world.program.database.write(unit)
    made = Wrong(world, office)
    await made.restart(timedelta())
    yield made


async def test_a_start_with_a_clock_a_year_ahead_erases_nobody(wrong: Wrong) -> None:
    await wrong.restart(400 * DAY)
    assert await wrong.leavers() == ["李伟"]
    assert "服务器时间快了 400 天" in wrong.office.shown()
    assert "timedatectl" in wrong.office.shown()
    await wrong.restart(timedelta())
    assert await wrong.leavers() == ["李伟"]
    assert "✅ 服务器时间已经校准" in wrong.office.shown()
    assert len([one for one in wrong.office.bot_messages() if "服务器时间" in str(one)]) == 1


async def test_a_clock_that_jumps_while_the_program_runs_erases_nobody_and_is_told_once(wrong: Wrong) -> None:
    for ahead in (400 * DAY, 401 * DAY, 400 * DAY):
        await wrong.set(ahead)
    assert await wrong.leavers() == ["李伟"]
    assert len([one for one in wrong.office.bot_messages() if "服务器时间" in str(one)]) == 1
    await wrong.set(timedelta())
    assert "✅ 服务器" in wrong.office.shown()


async def test_what_waited_is_done_once_the_clock_is_right(wrong: Wrong, world: World) -> None:
    await wrong.set(-3 * HOUR)
    world.sandbox.clock.move_by(400 * DAY)
    await wrong.ticks()
    assert await wrong.leavers() == ["李伟"]
    assert "服务器时间慢了 3 小时" in wrong.office.shown()
    await wrong.set(timedelta())
    assert await wrong.leavers() == []


async def test_a_machine_that_slept_for_long_and_is_right_goes_on_at_once(wrong: Wrong, world: World) -> None:
    world.sandbox.clock.move_by(400 * DAY)
    await wrong.ticks()
    assert await wrong.leavers() == []
    assert "服务器时间" not in wrong.office.shown()


async def test_while_the_platform_is_away_nothing_is_erased_after_a_jump(wrong: Wrong, world: World) -> None:
    world.sandbox.fault("getMe", kind="error", status=500, times=9)
    await wrong.world.program.intake.stop()
    await wrong.set(400 * DAY)
    assert await wrong.leavers() == ["李伟"]


async def test_surveys_and_reminders_wait_and_the_rest_goes_on(wrong: Wrong, group: Place) -> None:
    await group.says(SECRETARY, "/survey 几点？ | 九点 | 十点 | 截止：12月1日18:00")
    await group.says(SECRETARY, "/task @li 12月1日18:00前 提交学习心得")
    await wrong.set(30 * DAY)
    await wrong.ticks()
    assert "已逾期" not in group.shown()
    assert await wrong.world.rows("surveys", "published_at IS NULL") == 1
    assert "/done" in await group.says(SECRETARY, "/help")
    await wrong.set(timedelta())
    assert "已逾期" not in group.shown()
    await group.hears_until("2026-12-01 18:05")
    assert await wrong.world.rows("surveys", "published_at IS NULL") == 0
