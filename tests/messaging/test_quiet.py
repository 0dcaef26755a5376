"""Nobody is woken by the clock, and whoever asks at night is answered."""

import pytest

from domain.study import study
from tests.dialogue import BOT, LI, SECRETARY, Place, World, moment
from tests.study.test_study import HELMET, LOCK

CHEN_ID = 7000000001
NIGHT = "2026-11-25 22:00"


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({CHEN_ID})


@pytest.fixture(autouse=True)
async def library(world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET, LOCK])


async def test_an_item_that_comes_too_early_waits_until_the_quiet_is_over(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 07:00")
    assert await group.hears_until("2026-11-26 07:29") == ""
    assert "安全帽" in await group.hears_until("2026-11-26 07:30")
    assert "本应" not in group.shown()


async def test_noon_is_quiet_beside_the_night(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰 12:00-13:30")
    await group.says(SECRETARY, "/schedule 学习 12:30")
    assert await group.hears_until("2026-11-25 13:29") == ""
    assert "安全帽" in await group.hears_until("2026-11-25 13:30")
    await group.says(SECRETARY, "/schedule 学习 07:00")
    assert await group.hears_until("2026-11-27 07:29") == "", "the night stays"
    assert "挂牌" in await group.hears_until("2026-11-27 07:30")


async def test_a_reminder_at_noon_waits_until_it_is_over(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰 12:00-13:30")
    await group.says(SECRETARY, "/task @li 今天14:30前 巡检")
    assert await group.hears_until("2026-11-25 13:29") == ""
    assert "任务提醒" in await group.hears_until("2026-11-25 13:30")


async def test_what_is_queued_before_a_new_span_is_not_said_in_it(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 07:00")
    await group.hears_until("2026-11-26 07:05")
    await group.says(SECRETARY, "/schedule 免打扰 07:30-09:00")
    assert await group.hears_until("2026-11-26 08:59") == ""
    assert "安全帽" in await group.hears_until("2026-11-26 09:00")


async def test_a_result_of_2150_waits_for_the_morning_and_for_a_span_that_follows_it(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰 08:00-09:00")
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 截止：今天21:50")
    await group.votes(LI, 1)
    await group.says(SECRETARY, "/schedule 免打扰 07:30-08:00")
    assert await group.hears_until("2026-11-26 08:59") == ""
    assert "17:00：1 票" in await group.hears_until("2026-11-26 09:00")


async def test_its_quiz_waits_with_it(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 07:00")
    await group.hears_until("2026-11-26 07:05")
    assert await group.world.rows("outbox", "state = 'queued'") == 2
    assert (await group.hears_until("2026-11-26 07:30")).endswith("帽带怎么系？")


async def test_a_result_of_the_night_is_published_in_the_morning(group: Place) -> None:
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 截止：今天23:00")
    await group.votes(LI, 1)
    assert await group.hears_until("2026-11-25 23:01") == ""
    assert "17:00：1 票" in await group.hears_until("2026-11-26 07:30")


async def test_a_program_that_comes_back_at_night_wakes_nobody(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 巡检")
    await world.stop()
    world.sandbox.clock.move_to(moment("2026-11-25 23:30"))
    await world.start()
    await world.idle()
    assert "任务提醒" not in group.shown()
    said = await group.hears_until("2026-11-26 07:30")
    assert said.count("任务提醒") == 1
    assert "已逾期，原定11月25日（周三）18:00" in said, "it is told as it stands in the morning"


async def test_what_is_finished_in_the_night_is_not_reminded_of_in_the_morning(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 巡检")
    await world.stop()
    world.sandbox.clock.move_to(moment("2026-11-25 23:30"))
    await world.start()
    await group.says(LI, "/done 1")
    assert await group.hears_until("2026-11-26 07:31") == ""


async def test_a_private_reminder_wakes_nobody_either(world: World, group: Place, private: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰 关")
    await group.says(SECRETARY, "/task @li 今天23:00前 巡检")
    await group.hears_until("2026-11-25 20:00")
    assert await private.hears_until("2026-11-25 21:00") != ""
    assert await private.hears_until("2026-11-25 23:30") == "", "the private chat has the enterprise's hours"
    assert "已逾期" in await private.hears_until("2026-11-26 09:00")


@pytest.mark.parametrize("start", [NIGHT])
async def test_whoever_asks_at_night_is_answered(group: Place, private: Place) -> None:
    assert "安全帽" in await group.says(LI, "/study"), "the first of the day, with its quiz"
    assert "安全帽" in await private.says(LI, "/study")
    assert "建议 1 号" in await group.does(LI, "建议：食堂晚班加个热菜")
    assert "📌" in await group.says(SECRETARY, "/task @li 明天18:00前 巡检")
    assert "几点" in await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00")
    assert "本群的定时安排" in await group.says(SECRETARY, "/schedule")


async def test_an_answer_does_not_wait_behind_what_is_held(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 07:00")
    await group.hears_until("2026-11-26 07:05")
    assert "没有进行中的任务" in await group.says(LI, "/tasks")
    assert await group.world.rows("outbox", "state = 'queued'") == 2
    assert "安全帽" in await group.hears_until("2026-11-26 07:30")


async def test_what_would_be_a_day_late_after_the_quiet_is_dropped(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰 关")
    await group.says(SECRETARY, "/schedule 学习 22:00")
    await group.says(SECRETARY, "/schedule 免打扰 21:00-07:00")
    assert await group.hears_until("2026-11-25 22:00") == ""
    assert await group.hears_until("2026-11-26 12:00") == ""
    assert await group.world.rows("study_prompts") == 0


async def test_a_summary_of_the_night_comes_in_the_morning(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.says(SECRETARY, "/schedule 周报 周日 22:00")
    assert await group.hears_until("2026-11-29 23:00") == ""
    said = await group.hears_until("2026-11-30 07:30")
    assert "小结" in said
    assert "本应" not in said


async def test_each_group_has_its_own_night(world: World, group: Place) -> None:
    people = world.people
    other = Place(world, world.sandbox.add_group("二支部", by=people[SECRETARY], members=[people[LI]], bots=[BOT]))
    await world.idle()
    await other.says(SECRETARY, "/schedule 免打扰 20:00-10:00")
    assert "安全帽" in await group.hears_until("2026-11-26 08:30")
    assert await other.hears_until("2026-11-26 09:59") == ""
    assert "安全帽" in await other.hears_until("2026-11-26 10:00")


async def test_a_summary_that_comes_a_day_late_says_so(group: Place, world: World) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.hears_until("2026-11-27 12:00")
    await world.stop()
    world.sandbox.clock.move_to(moment("2026-12-02 10:00"))
    await world.start()
    await world.idle()
    assert "这条消息本应于 11月30日（周一）09:00 发出，网络原因，晚发了。\n周小结" in group.shown()


async def test_a_push_that_is_held_up_into_the_quiet_waits_for_its_end(group: Place) -> None:
    await group.says(LI, "/study")
    await group.says(SECRETARY, "/schedule 学习 21:00")
    group.sandbox.fault("sendMessage", kind="flood", retry_after=3600)
    assert (
        await group.hears_until("2026-11-26 21:00")
        == "📖 <b>检修先挂牌上锁</b>\n谁上锁谁开锁。\n<i>《机械安全规程》</i>"
    ), "refused"
    assert await group.hears_until("2026-11-26 22:05") == ""
    assert "没有进行中的任务" in await group.says(LI, "/tasks"), "whoever asks is answered meanwhile"
    assert await group.hears_until("2026-11-27 07:29") == ""
    said = await group.hears_until("2026-11-27 07:30")
    assert "挂牌" in said
    assert "本应" in said


async def test_an_answer_that_is_held_up_into_the_quiet_is_given(group: Place, world: World) -> None:
    await group.hears_until("2026-11-25 21:20")
    group.sandbox.fault("sendMessage", kind="flood", retry_after=1200)
    await group.says(LI, "/tasks")
    assert "没有进行中的任务" in await group.hears_until("2026-11-25 21:41")
