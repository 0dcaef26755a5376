"""Plain words in chat: they do what the command does, where they are meant for the bot, and nothing elsewhere."""

import pytest

import handlers
from domain.study import study
from handlers.budget import Limits
from handlers.command import Command
from language import intent
from tests.dialogue import LI, SECRETARY, WANG, Place, World, keyboard, opened
from tests.study.test_study import HELMET

TASK = "/task @li 今天18:00前 交心得"
ME = "@jingyi_bot"
UNDECLARED = {"erase", "unbind"}  # what cannot be undone is not reached by plain words


def test_every_command_has_phrases_and_every_phrase_a_command() -> None:
    commands = {one.name for one in handlers.handlers() if isinstance(one, Command) and one.name}
    assert set(intent.kinds()) == commands - UNDECLARED


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("我的积分", "/points"),
        ("/积分", "/points"),
        ("还有什么任务", "/tasks"),
        ("任务", "/tasks"),
        ("帮助", "/help"),
        ("请假", "/leave"),
        ("设置", "/settings"),
        ("完成", "/done"),
        ("提建议", "/suggest"),
        ("my points", "/points"),
    ],
)
async def test_in_private_plain_words_are_answered_as_the_command_is(
    group: Place, private: Place, words: str, command: str
) -> None:
    await group.says(SECRETARY, TASK)
    assert await private.says(LI, words) == await private.says(LI, command) != ""


@pytest.mark.parametrize("words", ["积分", "我的任务", "帮助", "完成 1", "提个建议 食堂早点开门", "取消", "排名"])
async def test_in_a_group_plain_words_to_others_mean_nothing(group: Place, words: str) -> None:
    await group.says(SECRETARY, TASK)
    before = await group.world.stored()
    assert await group.says(LI, words) == ""
    assert await group.world.stored() == before


async def test_who_mentions_the_bot_is_answered(group: Place) -> None:
    await group.says(SECRETARY, TASK)
    assert "交心得" in await group.says(LI, f"{ME} 我的任务")
    assert "交心得" in await group.says(LI, f"任务 {ME}")
    assert await group.says(LI, f"{ME} 今天天气不错") == ""


@pytest.mark.parametrize("words", ["@chen 我的任务", "陈书记，我的任务"])
async def test_who_speaks_to_somebody_else_is_not(group: Place, words: str) -> None:
    assert await group.says(LI, words) == ""


async def test_a_reply_to_the_bot_is_answered(group: Place) -> None:
    await group.says(SECRETARY, TASK)
    assert "1 号" in await group.answers(LI, "我的任务")
    await group.answers(LI, "完成 1")
    assert await group.points_of(LI) > 0


async def test_a_reply_to_a_person_is_not(group: Place) -> None:
    await group.says(SECRETARY, "大家好")
    assert await group.says(LI, "我的积分", reply_to=group.last) == ""


async def test_arguments_keep_who_is_named_in_them(group: Place) -> None:
    text = f"{ME} 🙂 布置任务：王海燕 明天 打扫会议室"
    assert "📌" in await group.says(SECRETARY, text, mentions=[group.person(WANG)])
    assert "打扫会议室" in await group.says(WANG, "/tasks")


async def test_what_a_command_refuses_plain_words_are_refused(group: Place) -> None:
    text = f"{ME} 布置任务"
    assert await group.says(LI, text) == await group.says(LI, "/task") != ""


async def test_forwarded_words_mean_nothing(group: Place, private: Place) -> None:
    await group.says(SECRETARY, TASK)
    await group.says(LI, "完成 1")
    group.sandbox.forward(group.chat, group.person(LI), group.last, private.chat)
    await group.world.idle()
    assert await private.points_of(LI) == 0
    assert "自己写一遍" in private.newest()


async def test_words_that_are_edited_do_nothing(group: Place, private: Place) -> None:
    await group.says(SECRETARY, TASK)
    await private.says(LI, "今天天气不错")
    await private.edits(LI, "完成 1")
    assert await private.points_of(LI) == 0


async def test_words_of_another_bot_mean_nothing(group: Place, world: World) -> None:
    await group.says(SECRETARY, TASK)
    bot = {"id": 999, "is_bot": True, "first_name": "Spam", "username": "spam_bot"}
    chat = {"id": group.chat.id, "type": "supergroup", "title": "第一党支部"}
    text = f"{ME} 提个建议 食堂早点开门"
    message = {"message_id": 9001, "date": 1764036000, "chat": chat, "from": bot, "text": text}
    message["entities"] = [{"type": "mention", "offset": 0, "length": len(ME)}]
    await world.receives("message", message)
    assert await world.rows("suggestions") == 0


async def test_the_answer_to_an_open_question_is_the_answer(private: Place) -> None:
    await private.says(LI, "提建议")
    await private.presses(LI, "署名")
    await private.says(LI, "看看积分")
    assert "建议 1 号" in private.newest()
    await private.says(LI, "取消")
    assert await private.world.rows("drafts") == 0
    assert "积分" in await private.says(LI, "我的积分")


async def test_what_is_not_sure_is_asked_about(private: Place) -> None:
    await private.says(LI, "查一下机分")
    assert "您是想看" in private.newest()
    assert private.buttons() == ["是的", "不是"]
    await private.presses(LI, "是的")
    assert "您是想看" not in private.shown()
    assert "积分" in private.newest()


async def test_a_question_that_was_wrong_goes_away(private: Place) -> None:
    await private.says(LI, "查一下机分")
    assert await private.presses(LI, "不是") == "好的，是我没看懂。"
    assert "您是想看" not in private.shown()


async def test_a_guess_changes_nothing(group: Place, private: Place) -> None:
    await group.says(SECRETARY, TASK)
    before = await private.world.stored()
    await private.says(LI, "玩成 1")
    assert "您是想" in private.newest()
    await private.presses(LI, "是的")
    assert await private.world.stored() == before
    assert await private.points_of(LI) == 0


@pytest.mark.parametrize(("mistyped", "meant"), [("/ponits", "积分"), ("/tsaks", "任务"), ("/jifen", "积分")])
async def test_a_mistyped_command_is_answered_with_the_nearest(private: Place, mistyped: str, meant: str) -> None:
    assert mistyped in await private.says(LI, mistyped)
    assert len(private.buttons()) == 1
    assert meant in private.buttons()[0]
    await private.presses(LI, meant)
    assert mistyped not in private.newest()
    assert mistyped not in private.shown()


async def test_the_button_of_a_mistyped_command_opens_the_guided_way(group: Place) -> None:
    assert await group.says(SECRETARY, "/tsak") == ""  # it may be another bot's
    await group.says(SECRETARY, f"/surevy{ME}")
    await group.presses(SECRETARY, "发起调查")
    await group.presses(SECRETARY, "一个问题")
    assert await group.world.rows("drafts") == 1
    assert await group.world.rows("surveys") == 0


async def test_who_may_not_use_a_command_is_not_offered_it(private: Place) -> None:
    for mistyped in ("/adit", "/rooster"):
        assert f"没有 {mistyped} 这条指令" in await private.says(LI, mistyped)
        assert keyboard(private.bot_messages()[-1]) == []


async def test_what_is_not_understood_is_answered_with_what_one_may_want(private: Place) -> None:
    await private.says(LI, "食堂的积分兑换怎么少了")
    assert len(private.buttons()) == 3
    assert "积分" in private.buttons()[0]
    await private.presses(LI, private.buttons()[0])
    assert "没看懂" not in private.shown()


async def test_a_press_that_names_no_command_does_nothing(private: Place) -> None:
    await private.says(LI, "查一下机分")
    asked = private.bot_messages()[-1]
    await private.receives_press(LI, asked, "words.open:no_such")
    assert "您是想看" in private.newest()


@pytest.mark.parametrize("limits", [Limits()])
async def test_plain_words_sent_twice_are_answered_once_where_it_is_costly(private: Place) -> None:
    before = len(private.bot_messages())
    await private.says(LI, "帮助")
    await private.says(LI, "帮助")
    assert len(private.bot_messages()) == before + 1


async def test_study_is_shown_by_plain_words(group: Place, world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET])
    text = f"{ME} 今天学什么"
    assert "安全帽" in await group.says(LI, text)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("布置任务", "交办任务"),
        ("我想派个任务", "交办任务"),
        ("交办任务：李伟 周五 交表", "交办任务"),
        ("怎么交办任务", "交办任务"),
        ("发个问卷", "发起调查"),
        ("我要发起调查", "发起调查"),
        ("看看本周小结", "本周小结"),
        ("还有谁没完成", "谁还没办"),
    ],
)
async def test_in_private_a_secretarys_words_do_what_the_key_does(
    group: Place, world: World, words: str, key: str
) -> None:
    await group.says(SECRETARY, TASK)
    office = await opened(world, SECRETARY)
    by_key = await office.says(SECRETARY, key)
    if await world.rows("drafts"):
        await office.says(SECRETARY, "取消")
    assert await office.says(SECRETARY, words) == by_key != ""


@pytest.mark.parametrize(("words", "command"), [("布置任务", "/task"), ("发起调查问卷", "/survey")])
async def test_in_private_who_leads_no_group_is_refused_as_by_the_command(
    group: Place, private: Place, words: str, command: str
) -> None:
    await group.says(SECRETARY, TASK)
    assert await private.says(LI, words) == await private.says(LI, command) != ""
    assert await private.world.rows("drafts") == 0
