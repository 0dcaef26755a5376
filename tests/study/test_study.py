from datetime import date

import pytest

from domain.study import study
from domain.study.item import Lesson
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain
from tests.study.answering import answers
from tests.study.questions import single

HELMET = Lesson(
    "helmet",
    "进现场先戴安全帽",
    "安全",
    "帽带<系紧>，帽壳无裂纹。",
    "GB 2811-2019",
    single("helmet", "帽带怎么系？", ("松", "紧"), 1, "松了会掉"),
)
LOCK = Lesson("lock", "检修先挂牌上锁", "安全", "谁上锁谁开锁。", "《机械安全规程》")
FIRE = Lesson("fire", "灭火器每月查一次", "安全", "压力表指针在绿区。", "GB 50444-2008")
OLD = Lesson("old", "旧规定", "安全", "已经废止。", "旧文件", expires=date(2026, 11, 25))


@pytest.fixture
def lessons() -> list[Lesson]:
    return [HELMET, LOCK]


@pytest.fixture(autouse=True)
async def library(world: World, lessons: list[Lesson]) -> None:
    await world.program.database.write(study.load, lessons=lessons)


async def test_a_workday_begins_with_an_item_and_its_quiz(group: Place) -> None:
    assert await group.hears_until("2026-11-26 08:29") == ""
    said = await group.hears_until("2026-11-26 08:30")
    assert "<b>进现场先戴安全帽</b>" in said
    assert "帽带&lt;系紧&gt;，帽壳无裂纹。" in said
    assert "GB 2811-2019" in said
    assert said.endswith("帽带怎么系？")
    assert group.buttons() == ["我学完了", "为什么是这条"]


async def test_the_next_workday_brings_the_next_item(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    said = await group.hears_until("2026-11-27 08:30")
    assert "检修先挂牌上锁" in said
    assert "安全帽" not in said


async def test_an_item_comes_once_a_day(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    assert await group.hears_until("2026-11-26 08:31") == ""
    await group.world.restart()
    assert await group.hears_until("2026-11-26 23:00") == ""


async def test_a_weekend_brings_nothing(group: Place) -> None:
    await group.hears_until("2026-11-27 08:30")
    assert await group.hears_until("2026-11-28 12:00") == ""
    assert await group.hears_until("2026-11-29 23:00") == ""


@pytest.mark.parametrize("lessons", [[HELMET, LOCK, FIRE]])
@pytest.mark.parametrize("start", ["2026-09-30 12:00"])
async def test_official_holidays_bring_nothing_and_the_weekend_worked_for_them_does(group: Place) -> None:
    for day in range(1, 8):
        assert await group.hears_until(f"2026-10-0{day} 12:00") == "", day
    assert "安全帽" in await group.hears_until("2026-10-08 08:30")
    assert "挂牌" in await group.hears_until("2026-10-09 08:30")
    assert "灭火器" in await group.hears_until("2026-10-10 08:30")  # a Saturday worked for the holidays
    assert await group.hears_until("2026-10-11 12:00") == ""


async def test_a_late_start_brings_the_item_on_the_same_day_only(group: Place, world: World) -> None:
    await world.stop()
    world.sandbox.clock.move_by(26 * 3600)
    await world.start()
    await world.idle()
    assert "安全帽" in group.shown()
    await world.stop()
    world.sandbox.clock.move_by(36 * 3600)  # Saturday 00:00
    await world.start()
    await world.idle()
    assert "挂牌" not in group.shown()


async def test_the_button_credits_once(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    assert await group.presses(LI, "我学完了") == "✓ 已学，+1 分，累计 1 分"
    assert await group.presses(LI, "我学完了") == "这一条您已经学过，分也记过了。"
    assert await group.presses(WANG, "我学完了") == "✓ 已学，+1 分，累计 1 分"
    assert await group.points_of(LI) == 1


async def test_the_first_right_answer_earns_a_point(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    await group.votes(LI, 1)
    assert await group.points_of(LI) == 1
    assert "+1 答对「进现场先戴安全帽」" in await group.does(LI, "/points")


async def test_a_wrong_answer_earns_nothing_and_asking_again_does_not_help(group: Place, private: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    await group.votes(LI, 0)
    assert await group.points_of(LI) == 0
    assert "帽带怎么系" not in await private.says(LI, "/study")
    assert (await group.world.stored())["study_attempts"] == 1


async def test_only_the_first_answer_counts_wherever_it_is_given(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.hears_until("2026-11-26 08:30")
    await private.says(LI, "/study")
    await group.votes(LI, 0)
    await answers(private, LI, "紧")
    assert await group.points_of(LI) == 0


async def test_an_answer_in_private_and_one_in_the_group_count_once(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.hears_until("2026-11-26 08:30")
    assert "帽带怎么系？" in await private.says(LI, "/study")
    await answers(private, LI, "紧")
    await group.votes(LI, 1)
    assert await group.points_of(LI) == 1


async def test_study_shows_todays_item_again_without_a_second_quiz(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    await group.presses(LI, "我学完了")
    said = await group.says(LI, "/study")
    assert "安全帽" in said
    assert "帽带怎么系" not in said
    assert "已经学过" in await group.presses(LI, "我学完了")


async def test_study_in_private_shows_the_groups_item(group: Place, private: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    await group.says(LI, "早")
    assert "安全帽" in await private.says(LI, "/study")
    assert "+1 分" in await private.presses(LI, "我学完了")
    assert "1</b> 分" in await group.does(LI, "/points")


async def test_study_on_a_day_without_item_brings_one(group: Place) -> None:
    said = await group.says(LI, "/study")
    assert "安全帽" in said
    assert "帽带怎么系" in said


async def test_study_in_private_at_night_leaves_the_group_asleep(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.hears_until("2026-11-26 02:00")
    before = len(group.messages())
    assert "安全帽" in await private.says(LI, "/study")
    assert len(group.messages()) == before
    said = await group.hears_until("2026-11-26 08:30")
    assert "安全帽" in said
    assert "帽带怎么系" in said


async def test_study_in_private_of_somebody_in_no_group_says_what_to_do(world: World) -> None:
    stranger = world.sandbox.add_person("路人")
    world.people["stranger"] = stranger
    place = Place(world, world.sandbox.open_private(stranger, BOT))
    said = await place.says("stranger", "/study")
    assert "先去群里说句话" in said
    assert "\n" not in said


async def test_an_old_button_says_kindly_that_it_is_over(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    prompt = next(message for message in group.messages() if "安全帽" in plain(message))
    await group.hears_until("2026-12-03 08:31")
    assert await group.presses(LI, "我学完了", prompt) == "这一条已经过了一周，请看今天的：/study"
    assert await group.points_of(LI) == 0


async def test_a_button_of_this_week_still_counts(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    prompt = next(message for message in group.messages() if "安全帽" in plain(message))
    await group.hears_until("2026-12-03 08:29")
    assert "+1 分" in await group.presses(LI, "我学完了", prompt)


@pytest.mark.parametrize("lessons", [[]])
async def test_an_empty_library_says_so(group: Place) -> None:
    said = await group.says(LI, "/study")
    assert "学习库里暂时没有可发的" in said
    assert "\n" not in said
    assert await group.hears_until("2026-11-26 09:00") == ""


@pytest.mark.parametrize("lessons", [[OLD, LOCK]])
async def test_an_expired_item_is_no_longer_shown(group: Place) -> None:
    assert "旧规定" in await group.says(LI, "/study")  # its last day
    assert "挂牌" in await group.hears_until("2026-11-26 08:30")
    assert await group.hears_until("2026-11-27 08:30") == "", "nothing comes twice within 90 days"


@pytest.mark.parametrize("lessons", [[OLD]])
async def test_a_library_of_expired_items_is_empty(group: Place) -> None:
    assert await group.hears_until("2026-11-26 08:30") == ""
    assert "暂时没有" in await group.says(LI, "/study")


async def test_each_group_has_its_own_course(group: Place, world: World) -> None:
    await group.hears_until("2026-11-26 08:30")
    other = world.sandbox.add_group("二支部", by=world.people[SECRETARY], members=[world.people[LI]], bots=[BOT])
    await world.idle()
    second = Place(world, other)
    assert "安全帽" in await second.says(LI, "/study")
    assert "+1" in await second.presses(LI, "我学完了")
    assert "以前学过" in await group.presses(LI, "我学完了")


async def test_the_item_shows_how_many_have_read_it(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.hears_until("2026-11-26 08:30")
    assert "已学习" not in group.shown()
    await group.presses(LI, "我学完了")
    assert "已学习 1/2" in group.shown(), "of those who are known: Li, and who has added the bot"
    await group.presses(WANG, "我学完了")
    await world.refreshed()
    assert "已学习 2/3" in group.shown(), "who presses is known from then on"


async def test_many_presses_at_once_edit_the_item_twice(group: Place, world: World) -> None:
    await group.hears_until("2026-11-26 08:30")
    before = len(world.sandbox.calls)
    await group.press_together([LI, WANG, SECRETARY, LI, WANG, SECRETARY], "我学完了")
    await world.refreshed()
    edits = [one for one in world.sandbox.calls[before:] if one.method.lower() == "editmessagetext"]
    assert len(edits) <= 2
    assert "已学习 3/3" in group.shown()


async def test_a_branchs_item_counts_its_people_by_the_roster(group: Place, world: World) -> None:
    await world.roster(group.chat, LI, WANG, SECRETARY)
    await group.hears_until("2026-11-26 08:30")
    await group.presses(LI, "我学完了")
    assert "已学习 1/3" in group.shown()


async def test_an_item_read_in_private_is_counted_in_the_group_alone(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.hears_until("2026-11-26 08:30")
    await private.says(LI, "/study")
    await private.presses(LI, "我学完了")
    assert "已学习 1/2" in group.shown()
    assert "已学习" not in private.shown()


async def test_an_item_that_comes_again_is_counted_again_without_points(group: Place, world: World) -> None:
    await world.program.database.write(study.load, lessons=[LOCK])
    await group.hears_until("2026-11-26 08:30")
    await group.presses(LI, "我学完了")
    await group.votes(LI, 0)
    await group.hears_until("2026-11-27 08:30")
    await group.presses(LI, "我学完了")
    assert await group.hears_until("2026-11-30 08:30") == ""
    assert "安全帽" in await group.hears_until("2026-12-03 08:30"), "many got it wrong"
    assert await group.presses(LI, "为什么是这条") == "为什么是这条：上次答错的人多，再学一次"
    assert "以前学过" in await group.presses(LI, "我学完了")
    await world.refreshed()
    assert group.shown().count("已学习 1/2") == 3
    assert await group.points_of(LI) == 2


async def test_the_morning_makes_one_sound(group: Place, world: World) -> None:
    before = len(world.sandbox.calls)
    await group.hears_until("2026-11-26 08:30")
    sent = [one for one in world.sandbox.calls[before:] if one.method.lower() in ("sendmessage", "sendpoll")]
    assert [(one.method.lower(), one.parameters.get("disable_notification", False)) for one in sent] == [
        ("sendmessage", False),
        ("sendpoll", True),
    ]


async def test_an_item_that_is_asked_for_makes_no_sound_and_takes_the_others_place(group: Place, world: World) -> None:
    await group.hears_until("2026-11-26 08:30")
    before = len(world.sandbox.calls)
    await group.says(LI, "/study")
    (sent,) = [one for one in world.sandbox.calls[before:] if one.method.lower() == "sendmessage"]
    assert sent.parameters["disable_notification"]
    assert group.shown().count("安全帽") == 1
