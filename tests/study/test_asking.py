"""Questions that are answered in private, whole ways."""

from dataclasses import replace

import pytest

from domain.study import study
from domain.study.item import Lesson
from domain.study.question import QuestionKind
from tests.dialogue import LI, SECRETARY, Place, World, keyboard, opened
from tests.study.answering import answers, letter_of
from tests.study.questions import kinds, single

ALL = kinds()
LONG = replace(ALL[QuestionKind.SINGLE], text="戴安全帽时，" * 70 + "帽带怎么系？")  # 420 signs and more


async def teach(world: World, *questions: object) -> None:
    def unit(stores):
        for one in questions:
            stores.questions.put(one)

    await world.program.database.write(unit)


async def day_of(group: Place, question: object) -> None:
    """The group's item of the day has a question."""
    lesson = Lesson("a", "安全帽", "安全", "系紧。", "GB 2811", question)
    await group.world.program.database.write(study.load, lessons=[lesson])
    await group.says(LI, "早")
    await group.hears_until("2026-11-26 08:30")


async def test_a_question_too_long_for_a_quiz_is_answered_in_private(group: Place, private: Place) -> None:
    await day_of(group, LONG)
    assert not any("poll" in message for message in group.messages())
    assert group.buttons() == ["答题"]
    link = keyboard(group.bot_messages()[-1])[0][0]["url"]
    payload = link.partition("start=")[2]
    said = await private.says(LI, f"/start {payload}")
    assert "帽带怎么系？" in said
    count = len(private.messages())
    first = private.bot_messages()[-1]
    await answers(private, LI, "松")
    assert len(private.messages()) == count, "the question's own message tells what was right"
    assert "❌ 答错了" in private.newest()
    assert f"正确答案：{letter_of(private, '紧')}" in private.newest()
    assert "松了会掉。\nGB 2811-2019" in private.newest()
    await private.receives_press(LI, first, keyboard(first)[0][0]["callback_data"])
    assert (await group.world.stored())["study_attempts"] == 1
    assert "以第一次为准" in await private.says(LI, f"/start {payload}")
    assert await group.points_of(LI) == 0


async def test_why_an_answer_is_right_is_told_to_who_has_answered(group: Place, private: Place) -> None:
    await day_of(group, replace(ALL[QuestionKind.TRUE_FALSE], explanation="先断电。" * 60))
    (poll,) = [message for message in group.messages() if "poll" in message]
    assert [option["text"] for option in poll["poll"]["options"]] == ["对", "错"]
    payload = keyboard(poll)[0][0]["url"].partition("start=")[2]
    assert "先答题" in await private.says(LI, f"/start {payload}")
    await group.votes(LI, 0)
    said = await private.says(LI, f"/start {payload}")
    assert "正确答案：对" in said
    assert "先断电。" * 60 in said
    assert await group.points_of(LI) == 1


@pytest.mark.parametrize("start", ["2026-11-29 20:00"])
async def test_a_weeks_set_is_answered_with_pauses(group: Place, private: Place, world: World) -> None:
    await teach(world, *ALL.values())
    await group.says(LI, "早")
    said = await group.hears_until("2026-11-30 12:00")
    assert "📝 每周一答：5 题，12月6日（周日）前答完就行，结果只有自己看到" in said
    assert "每周一答 0/5" in await private.says(LI, "/start")
    await private.presses(LI, "每周一答")
    count = len(private.messages())
    for number in range(1, 6):
        asked = next(kind for kind, one in ALL.items() if one.text in private.newest())
        world.sandbox.clock.move_by(60)
        if number == 2:
            await world.restart()
        if asked is QuestionKind.FILL_IN:
            assert "2 个空" in await private.says(LI, "开锁")
            await private.says(LI, "开锁\n本人")
            count = len(private.messages())
        elif asked is QuestionKind.TRUE_FALSE:
            await private.says(LI, "对")
            count += 1
        elif asked is QuestionKind.SINGLE:
            await private.press_together([LI, LI], letter_of(private, "紧"))
        elif asked is QuestionKind.MULTIPLE:
            await private.says(LI, letter_of(private, "安全帽") + letter_of(private, "护目镜"))
            count += 1
        elif asked is QuestionKind.MATCHING:
            for side in ("禁止", "警告", "提示"):
                await private.presses(LI, letter_of(private, side))
            await private.presses(LI, "退回")
            await private.presses(LI, letter_of(private, "指令"))
            await private.presses(LI, "确定")
        else:
            for option in ("断电", "验电", "挂牌", "检修"):
                await private.presses(LI, letter_of(private, option))
            await private.presses(LI, "确定")
        shown = next(one for one in private.bot_messages() if "答对了" in str(one))
        assert len(private.messages()) == count, "one message from question to question"
        if number < 5:
            assert f"每周一答 {number}/5" in str(shown)
            await private.presses(LI, "下一题")
    assert "5 题答对 5 题" in private.shown()
    assert "每周一答 " not in await private.says(LI, "/start")
    await group.hears_until("2026-12-07 00:05")
    assert "每周一答到期了：1 人参加，1 人答完，答对 5/5" in group.shown()


async def test_a_secretary_gives_out_a_special_set(group: Place, world: World) -> None:
    await teach(world, *(replace(single(f"q{one}", f"第{one}题？", ("是", "否"), 0), topic="安全") for one in range(6)))
    await group.says(SECRETARY, "早")
    office = await opened(world, SECRETARY)
    assert "考哪个主题" in await office.says(SECRETARY, "/special")
    await office.presses(SECRETARY, "安全（6 题）")
    await office.says(SECRETARY, "周五")
    assert "只有 6 道题，不够 10 道" in await office.says(SECRETARY, "10")
    said = await office.says(SECRETARY, "5")
    assert "专项答题「安全」：5 题，11月27日（周五）前答完" in said
    before = len(group.messages())
    await office.presses(SECRETARY, "发出")
    assert len(group.messages()) == before + 1
    assert "📝 专项答题「安全」：5 题" in group.newest()
    await group.hears_until("2026-11-28 09:00")
    assert "您发的专项答题「安全」（5 题）到期了：没有人答。" in office.newest()


async def test_a_special_set_goes_to_more_groups_with_one_tap(group: Place, second: Place, world: World) -> None:
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/special")
    first, other = office.buttons()[:2]
    await office.presses(SECRETARY, first)
    await office.presses(SECRETARY, "不限主题（20 题）")
    await office.says(SECRETARY, "周五")
    await office.says(SECRETARY, "5")
    await office.presses(SECRETARY, "发出")
    assert "还要发给别的群吗？" in office.newest()
    assert office.buttons() == [other]
    await office.presses(SECRETARY, other)
    assert f"也发给了：{other}" in office.newest()
    assert other not in office.buttons()
    assert "📝 专项答题：5 题" in group.newest()
    assert "📝 专项答题：5 题" in second.newest()


async def test_a_challenge_ends_with_the_first_error(group: Place, private: Place, world: World) -> None:
    await teach(world, *(single(f"q{one}", f"第{one}题？", ("是", "否"), 0) for one in range(6)))
    await group.says(LI, "早")
    await private.says(LI, "/challenge")
    for number in (1, 2):
        await answers(private, LI, "是")
        assert f"已连对 {number} 题" in private.newest()
        await private.presses(LI, "下一题")
    await answers(private, LI, "否")
    assert "挑战结束：连对 2 题，是您的最好成绩！" in private.newest()
    assert private.buttons() != ["下一题"]
