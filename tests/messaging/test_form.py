"""Guided ways, whatever they ask for: back, preview, change, drop; in groups, in private, across a restart."""

import asyncio
import json

import pytest

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, keyboard, plain

PREVIEW = ["加验收人", "加协同人", "发出", "修改", "放弃"]


async def fill_in(group: Place, title: str = "交心得") -> None:
    """A task for Li until tomorrow, as far as the preview."""
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, "李伟")
    await group.presses(SECRETARY, "明天")
    await group.answers(SECRETARY, title)


def prompt(group: Place) -> dict[str, object]:
    """What the bot's newest message opens for whom it asks."""
    said = [call.parameters for call in group.sandbox.calls if call.method.lower() == "sendmessage"]
    markup = said[-1].get("reply_markup") or {}
    return json.loads(markup) if isinstance(markup, str) else markup


# What is asked


async def test_there_is_one_question_at_a_time(group: Place) -> None:
    before = len(group.bot_messages())
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    for label in ("李伟", "明天"):
        assert len(group.bot_messages()) == before + 1
        await group.presses(SECRETARY, label)
    assert len(group.bot_messages()) == before + 1
    await group.answers(SECRETARY, "交心得")
    assert len(group.bot_messages()) == before + 1


async def test_a_question_without_buttons_opens_a_reply_for_whom_it_asks(group: Place) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    assert prompt(group) == {"force_reply": True, "selective": True, "input_field_placeholder": "写在这里"}
    assert group.bot_messages()[-1]["reply_to_message"]["text"] == "/survey"
    await group.answers(SECRETARY, "几点开始？")
    assert prompt(group)["input_field_placeholder"] == "写在这里；写“上一步”可返回"
    assert group.bot_messages()[-1]["reply_to_message"]["text"] == "/survey"


async def test_with_privacy_mode_on_a_form_is_filled_in_all_the_same(group: Place) -> None:
    group.sandbox.change_bot(BOT, can_read_all_group_messages=False)
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    await group.answers(SECRETARY, "几点开始？")
    await group.answers(SECRETARY, "16:00\n17:00")
    await group.presses(SECRETARY, "匿名")
    await group.presses(SECRETARY, "发出")
    assert any("poll" in message for message in group.messages())


async def test_what_others_say_meanwhile_is_no_answer(group: Place) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    assert await group.says(LI, "几点开始？") == ""
    assert await group.says(SECRETARY, "我在想") == ""
    assert "想问什么" in group.newest()


async def test_questions_in_a_group_make_no_sound(group: Place) -> None:
    before = len(group.sandbox.calls)
    await fill_in(group)
    said = [call.parameters for call in group.sandbox.calls[before:] if call.method.lower() == "sendmessage"]
    assert [str(one.get("disable_notification")).lower() for one in said] == ["true"] * 4


async def test_in_private_a_question_needs_no_reply(private: Place) -> None:
    await private.says(LI, "/suggest")
    await private.presses(LI, "署名")
    assert "force_reply" not in prompt(private)
    assert "建议 1 号" in await private.says(LI, "食堂晚班加个热菜")


# Back


async def test_back_asks_the_question_before_and_keeps_its_answer_until_there_is_another(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    assert "上一步" not in "".join(group.buttons())
    await group.presses(SECRETARY, "李伟")
    await group.presses(SECRETARY, "明天")
    await group.answers(SECRETARY, "上一步")
    assert "交给李伟，什么时候截止" in group.newest()
    await group.presses(SECRETARY, "‹ 上一步")
    assert "交给谁" in group.newest()
    await group.presses(SECRETARY, "陈书记")
    assert "陈书记，11月26日（周四）18:00截止。要做什么" in group.newest()
    await group.answers(SECRETARY, "交心得")
    assert group.buttons() == PREVIEW


async def test_back_pressed_twice_fast_goes_back_one_step(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await group.answers(SECRETARY, "@li")
    await group.presses(SECRETARY, "明天")
    await group.answers(SECRETARY, "back")
    await group.press_together([SECRETARY, SECRETARY], "‹ 上一步")
    assert "交给谁" in group.newest()


async def test_back_from_what_is_changed_shows_the_preview_again(group: Place) -> None:
    await fill_in(group)
    await group.presses(SECRETARY, "修改")
    await group.presses(SECRETARY, "责任人")
    await group.presses(SECRETARY, "‹ 上一步")
    assert "📌 交心得" in group.newest()
    assert "交给：李伟" in group.newest()
    assert group.buttons() == PREVIEW


# The preview


async def test_one_answer_is_changed_and_the_others_stay(group: Place) -> None:
    await fill_in(group)
    await group.presses(SECRETARY, "修改")
    assert group.buttons() == ["责任人", "截止时间", "任务内容", "验收人", "协同人", "怎么算完成", "‹ 不改了"]
    await group.presses(SECRETARY, "任务内容")
    await group.answers(SECRETARY, "巡检 | 标准：不漏一台")
    assert group.newest().splitlines()[1:] == [
        *("📌 巡检", "截止：11月26日（周四）18:00", "标准：不漏一台", "交给：李伟")
    ]
    await group.presses(SECRETARY, "发出")
    assert "📌 巡检" in group.newest()


async def test_who_changes_nothing_sees_the_preview_again(group: Place) -> None:
    await fill_in(group)
    await group.presses(SECRETARY, "修改")
    await group.presses(SECRETARY, "‹ 不改了")
    assert "📌 交心得" in group.newest()
    assert group.buttons() == PREVIEW


async def test_what_is_dropped_is_sent_to_nobody(group: Place) -> None:
    await fill_in(group)
    assert await group.presses(SECRETARY, "放弃") == "好，不填了。"
    assert "交心得" not in group.shown()
    assert (await group.world.stored())["tasks"] == (await group.world.stored())["drafts"] == 0


async def test_words_are_no_agreement(group: Place) -> None:
    await fill_in(group)
    said = await group.answers(SECRETARY, "好的，发吧")
    assert said == "请点上面的按钮：发出、修改或放弃。"
    assert (await group.world.stored())["tasks"] == 0


async def test_a_preview_names_people_without_calling_them(group: Place) -> None:
    await fill_in(group)
    assert "entities" not in group.bot_messages()[-1] or not [
        entity for entity in group.bot_messages()[-1]["entities"] if "mention" in entity["type"]
    ]


async def test_sending_twice_fast_sends_once(group: Place) -> None:
    await fill_in(group)
    notices = await group.press_together([SECRETARY, SECRETARY], "发出")
    assert "这一步已经结束了" in "".join(notices)
    assert (await group.world.stored())["tasks"] == 1


# Whose it is


async def test_two_people_fill_in_side_by_side(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(WANG))
    await group.says(WANG, "早")
    await group.says(SECRETARY, "/task")
    hers = group.bot_messages()[-1]
    await group.says(WANG, "/task")
    his = group.bot_messages()[-1]
    await group.says(SECRETARY, "@li", reply_to=hers)
    await group.says(WANG, "@chen", reply_to=his)
    questions = [plain(message) for message in group.bot_messages() if "什么时候截止" in plain(message)]
    assert [words.partition("，")[0] for words in questions] == ["交给李伟", "交给陈书记"]


@pytest.mark.parametrize("label", PREVIEW)
async def test_somebody_else_can_press_nothing_of_a_form(group: Place, label: str) -> None:
    group.sandbox.promote(group.chat, group.person(LI))
    await fill_in(group)
    assert await group.presses(LI, label) == "这是别人正在填的，请让本人来点。"
    assert group.buttons() == PREVIEW
    assert (await group.world.stored())["tasks"] == 0


@pytest.mark.parametrize(
    "data",
    [
        *("form.choose:1:owners:2", "form.choose:1:what:x", "form.choose:1:nothing:2", "form.choose:9:owners:2"),
        *("form.back:1:due", "form.back:1:nothing", "form.fields:9", "form.change:1:nothing", "form.change:1"),
        *(
            "form.send",
            "form.send:9",
            "form.send:x",
            "form.drop:9",
            "form.preview:9",
            "draft.owner:1:2",
            "draft.due:1:1",
        ),
        *("draft.post:1:1", "roster.import:1", "roster.cancel:1"),
    ],
)
async def test_buttons_that_do_not_belong_to_the_preview_do_nothing(group: Place, data: str) -> None:
    await fill_in(group)
    preview = group.bot_messages()[-1]
    shown = group.newest()
    await group.receives_press(SECRETARY, preview, data)
    assert group.newest() == shown
    assert group.buttons() == PREVIEW
    assert (await group.world.stored())["tasks"] == 0


async def test_before_the_preview_nothing_is_sent(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    for data in ("form.send:1", "form.fields:1", "form.change:1:owners", "form.preview:1"):
        await group.receives_press(SECRETARY, group.bot_messages()[-1], data)
        assert "交给谁" in group.newest()
    assert (await group.world.stored())["tasks"] == 0


# Over a while


async def test_a_form_goes_on_after_a_restart_at_each_step(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await world.restart()
    await group.presses(SECRETARY, "李伟")
    await world.restart()
    await group.presses(SECRETARY, "明天")
    await world.restart()
    await group.answers(SECRETARY, "巡检")
    await world.restart()
    await group.presses(SECRETARY, "修改")
    await world.restart()
    await group.presses(SECRETARY, "任务内容")
    await world.restart()
    await group.answers(SECRETARY, "报表")
    await world.restart()
    await group.presses(SECRETARY, "发出")
    assert "📌 报表" in group.newest()


async def test_an_answer_given_while_the_program_is_down_is_taken(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/task")
    question = group.bot_messages()[-1]
    await world.stop()
    world.sandbox.say(group.chat, group.person(SECRETARY), "@li", reply_to=question)
    await world.start()
    await world.idle()
    assert "交给李伟，什么时候截止" in group.newest()


async def test_a_press_while_the_program_is_down_is_taken(group: Place, world: World) -> None:
    await fill_in(group)
    await world.stop()
    press = world.sandbox.press(group.chat, group.person(SECRETARY), *group._button("发出", None))
    waiting = asyncio.ensure_future(press)
    await asyncio.sleep(0)
    await world.start()
    await waiting
    await world.idle()
    assert (await world.stored())["tasks"] == 1


async def test_cancel_takes_the_preview_back(group: Place) -> None:
    await fill_in(group)
    assert "好，不填了" in await group.says(SECRETARY, "/cancel")
    assert "交心得" not in group.shown()
    assert not [message for message in group.bot_messages() if keyboard(message)]


async def test_an_edit_of_an_answer_changes_nothing_in_the_preview(group: Place) -> None:
    await fill_in(group)
    assert "修改原消息不会改动它" in await group.edits(SECRETARY, "交报表")
    assert "📌 交心得" in group.shown()
