"""Today's card: one message in private with all that waits, edited as things change."""

from domain.people.permission import EVERYWHERE, Role
from domain.study import study
from domain.study.item import Lesson
from tests.dialogue import LI, SECRETARY, WANG, Json, Place, World, opened, plain
from tests.study.answering import answers
from tests.study.questions import single

LESSON = Lesson(
    "helmet",
    "先戴安全帽",
    "安全",
    "帽带系紧。",
    "GB 2811-2019",
    single("helmet", "帽带怎么系？", ("松", "紧"), 1, "松了会掉"),
)


def cards(place: Place) -> list[Json]:
    """The cards that stand in a chat."""
    return [message for message in place.bot_messages() if plain(message).startswith(("今天　", "Today "))]


def card(place: Place) -> str:
    """The one card, as it stands now."""
    (only,) = cards(place)
    return plain(only)


async def lessons(world: World) -> None:
    await world.program.database.write(lambda stores: study.load(stores, lessons=[LESSON]))


async def test_an_empty_day_is_said_kindly(private: Place) -> None:
    assert card(private) == "今天　11月25日（周三）\n手上没有要办的事，辛苦了。\n⭐ 本周 0 分，累计 0 分"


async def test_a_task_is_finished_on_the_card_which_then_says_what_is_left(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 明天18:00 交表")
    await group.says(SECRETARY, "/task @li 周五18:00 写总结")
    assert "1 号 交表，11月26日（周四）18:00" in card(private), "given meanwhile"
    before = len(private.bot_messages())
    assert "完成" in await private.presses(LI, "✓ 完成「交表」")
    assert "交表" not in card(private)
    assert "2 号 写总结" in card(private)
    assert "本周 5 分" in card(private)
    await private.presses(LI, "✓ 完成「写总结」")
    assert "手上没有要办的事" in card(private)
    assert len(private.bot_messages()) == before, "one message, edited in place"


async def test_what_is_done_elsewhere_shows_on_it(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 明天18:00 交表")
    await group.says(LI, "/done 1")
    assert "交表" not in card(private)
    assert "累计 5 分" in card(private)


async def test_starting_again_leaves_one_card(private: Place) -> None:
    for _ in range(3):
        await private.says(LI, "/start")
    assert len(cards(private)) == 1
    assert len(private.bot_messages()) == 2, "and one greeting"


async def test_a_few_tasks_are_shown_and_the_others_counted(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    for number in range(1, 6):
        await group.says(SECRETARY, f"/task @li 周五1{number}:00 第{number}件事")
    assert "第3件事" in card(private)
    assert "第4件事" not in card(private)
    assert "另有 2 项：/tasks" in card(private)
    assert private.buttons() == ["✓ 完成「第1件事」", "✓ 完成「第2件事」", "✓ 完成「第3件事」"]


async def test_an_overdue_task_says_so(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 今天18:00 交表")
    await private.hears_until("2026-11-26 09:00")
    await private.says(LI, "/start")
    assert "🔴 1 号 交表，已逾期，原定11月25日（周三）18:00" in card(private)


async def test_study_stays_until_it_is_read_and_answered(group: Place, private: Place, world: World) -> None:
    await lessons(world)
    await group.says(LI, "/study")
    await private.says(LI, "/start")
    assert "今日学习：先戴安全帽" in card(private)
    assert private.buttons() == ["打开学习", "我学完了"]
    assert "+1 分" in await private.presses(LI, "我学完了")
    assert "已经学了，小测验还没答" in card(private)
    await private.presses(LI, "打开学习")
    assert "帽带怎么系" in private.newest()
    await answers(private, LI, "松")
    assert "先戴安全帽" not in card(private), "a wrong answer is one, too"


async def test_an_open_survey_stays_until_it_is_answered(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/survey 几点开会？| 16:00 | 17:00")
    await private.says(LI, "/start")
    assert "「几点开会？」在第一党支部，11月30日（周一）18:00截止" in card(private)
    await group.votes(LI, 1)
    assert "几点开会" not in card(private)
    await group.votes(LI)
    assert "几点开会" in card(private), "the vote was taken back"


async def test_an_anonymous_survey_says_that_nobody_knows(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/survey 几点开会？| 16:00 | 17:00 | 匿名")
    await private.says(LI, "/start")
    assert "匿名，投过的请忽略" in card(private)


async def test_a_form_that_is_open_is_named(private: Place) -> None:
    await private.says(LI, "提建议")
    await private.says(LI, "/start")
    assert "有一张表还没填完" in card(private)


async def test_a_secretary_sees_how_many_are_waited_for(group: Place, world: World) -> None:
    for who in (SECRETARY, LI, WANG):
        await group.says(who, "早")
    await group.says(SECRETARY, "/task @li 今天18:00 交表")

    def unit(stores):
        member = stores.members.find(world.people[SECRETARY].id)
        stores.grants.add(member, Role.SECRETARY, EVERYWHERE, None, world.sandbox.clock.now())

    await world.program.database.write(unit)
    office = await opened(world, SECRETARY)
    assert "您负责的人里，1 人还有事没办" in card(office)
    await office.presses(SECRETARY, "看看谁还没办")
    assert "还差 1 人\n李伟" in office.newest()


async def test_it_speaks_english(private: Place) -> None:
    await private.presses(LI, "English")
    await private.says(LI, "/start")
    assert "Nothing waits for you" in card(private)


async def test_an_old_card_still_works(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 周五18:00 交表")
    await private.hears_until("2026-11-27 08:00")
    await private.presses(LI, "✓ 完成「交表」")
    assert card(private).startswith("今天　11月27日（周五）")
    assert "交表" not in card(private)
