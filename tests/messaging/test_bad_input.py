import asyncio
from typing import Any

import pytest

from domain.study import study
from tests.dialogue import BOT, LI, SECRETARY, WANG, Json, Place, World, plain
from tests.study.test_study import HELMET

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x06\x00\x00\x00"
NASTY = [
    "<b>&lt;&amp;</b>",
    "😀👨‍👩‍👧‍👦🏳️‍🌈",
    "\u202eabc\u202c",
    "a\u200bb\u2060c",
    "𝕳𝖊𝖑𝖑𝖔",
    "{{ 7 * 7 }}{% x %}",
    "'; DROP TABLE tasks; --",
]

UNSEEN = "\u202e\u202c\u200b\u2060"  # never shown
# What is wrong, and what a right one looks like

WRONG_COMMANDS = {
    "/task 交心得": "/task @li",
    "/task 明天18:00前 交心得": "/task @li",
    "/task @li 交心得": "/task @li",
    "/task @li 昨天18:00前 交心得": "/task @li",
    "/task @li 2020-01-01 交心得": "/task @li",
    "/task @li 2月30日 交心得": "/task @li",
    "/task @li 明天25:00 交心得": "/task @li",
    "/task @li 明天18:00前": "/task @li",
    "/task @li 明天18:00前 | 标准：好": "/task @li",
    "/task @li 明天18:00前 \u200b": "/task @li",
    "/task @li 明天18:00前 交心得 | 要求：好": "/task @li",
    "/task @没有这人 明天18:00前 交心得": "@li",
    f"/task @li 明天18:00前 {'长' * 201}": "/task @li",
    f"/task @li 明天18:00前 交心得 | 标准：{'长' * 501}": "/task @li",
    f"/task @li 明天18:00前 {'😀' * 2000}": "/task @li",
    f"/task {' '.join(f'@a{number}' for number in range(21))} 明天 交心得": "/task @li",
    f"/task @{'长' * 4000}": "@li",
    "/survey | 16:00 | 17:00": "/survey",
    "/survey 几点？": "/survey",
    "/survey 几点？| 16:00": "/survey",
    "/survey 几点？| 16:00 | | ": "/survey",
    "/survey 几点？| 16:00 | 16:00": "/survey",
    f"/survey 几点？| {' | '.join(map(str, range(13)))}": "/survey",
    f"/survey {'长' * 301} | 16:00 | 17:00": "/survey",
    f"/survey 几点？| {'长' * 101} | 17:00": "/survey",
    f"/survey {'长' * 4000}": "/survey",
    "/survey 几点？| 16:00 | 17:00 | 截止：昨天": "/survey",
    "/survey 几点？| 16:00 | 17:00 | 截止：2027-12-31": "/survey",
    "/done 一": "/done 3",
    "/done 三号": "/done 3",
    "/done 1 2": "/done 3",
    "/done -1": "/done 3",
    "/done 0": "/done 3",
    "/done 1.5": "/done 3",
    "/done ²": "/done 3",
    "/done 99": "/done 3",
    f"/done {'9' * 4000}": "/done 3",
    "/done <b>1</b>": "/done 3",
    "/suggest \u200b": "/suggest 食堂晚班加个热菜",
    "/suggest ？？？": "/suggest 食堂晚班加个热菜",
    "/suggest 😀": "/suggest 食堂晚班加个热菜",
    "建议：": "/suggest 食堂晚班加个热菜",
    "/jifen@jingyi_bot": "您要的是不是这个？",
    f"/{'a' * 32}@jingyi_bot": "/help",
}


@pytest.mark.parametrize(("command", "example"), WRONG_COMMANDS.items(), ids=lambda words: words[:24])
async def test_a_wrong_command_gets_one_line_with_a_right_example_and_leaves_nothing(
    group: Place, command: str, example: str
) -> None:
    said = await group.says(SECRETARY, command)
    assert example in said
    assert "\n" not in said
    assert len(said) < 200
    assert not any((await group.world.stored()).values())
    assert await group.world.rows("members") == 2


@pytest.mark.parametrize("due", ["截止：等等", "截止："])
async def test_a_close_that_is_not_understood_is_shown_before_anything_is_sent(group: Place, due: str) -> None:
    said = await group.says(SECRETARY, f"/survey 几点？| 16:00 | 17:00 | {due}")
    assert f"没看懂“{due}”，没有照办" in said
    assert await group.world.rows("surveys") == 0


# Names and texts of any sort


@pytest.mark.parametrize("words", NASTY)
async def test_any_words_pass_through_every_feature_unharmed(group: Place, words: str) -> None:
    await group.says(SECRETARY, f"/task @li 明天18:00前 交{words} | 标准：{words} | 成果：{words}")
    shown = "".join(sign for sign in words if sign not in UNSEEN)
    assert group.newest().count(shown) == 3
    await group.says(SECRETARY, f"/survey 问{words} | 甲{words} | 乙{words} | 截止：今天18:00")
    assert group.newest() == f"问{shown}"
    await group.votes(LI, 1)
    assert "建议 1 号" in await group.does(LI, f"建议：改{words}")
    for who, command in ((LI, "/tasks"), (LI, "/rank"), (SECRETARY, "/summary")):
        assert await group.says(who, command) != ""
    assert "完成了 1 号" in await group.does(LI, "/done 1")
    await group.hears_until("2026-11-25 18:00")
    assert f"甲{shown}：0 票" in group.newest()


async def test_options_that_look_the_same_are_the_same(group: Place) -> None:
    said = await group.says(SECRETARY, "/survey 几点？| 16:00 | 16:\u200b00")
    assert "写了两次" in said
    assert await group.world.rows("surveys") == 0


@pytest.mark.parametrize("blank", ["\u3000", "\u2003", "\u200b", "\n", " "])
async def test_thousands_of_blanks_hold_nobody_up(group: Place, blank: str) -> None:
    alone = Place(group.world, group.sandbox.open_private(group.person(LI), BOT))
    group.sandbox.start(group.person(LI), BOT)
    await group.world.idle()
    assert "例如：/bind 10023 李明" in await alone.says(LI, f"/bind {blank * 4085}!")
    assert "@li" in await group.says(SECRETARY, f"/task @li {blank * 4080}!")


@pytest.mark.parametrize("name", [*NASTY, "名" * 64, "\u202e\u200b"])
async def test_any_name_passes_through_every_feature_unharmed(group: Place, name: str) -> None:
    odd = group.world.people["odd"] = group.sandbox.add_person(name, last_name=name)
    group.sandbox.add_member(group.chat, odd)
    await group.says("odd", "建议：多装一盏灯")
    assert "📌" in await group.says(SECRETARY, "/task 明天18:00前 巡检", reply_to=group.last)
    await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, group.buttons()[-1])
    await group.presses(SECRETARY, "明天")
    await group.says(SECRETARY, "巡检", reply_to=group.bot_messages()[-1])
    assert "📌" in group.newest()
    assert "完成了 1 号" in await group.does("odd", "/done 1")
    for command in ("/tasks", "/rank", "/done"):
        assert await group.says("odd", command) != ""
    assert "，您好" in await start_privately(group, "odd")


async def start_privately(group: Place, who: str) -> str:
    """What the bot has said to somebody who opens the private chat."""
    group.sandbox.start(group.person(who), BOT)
    await group.world.idle()
    said = [one for one in group.sandbox.messages(group.person(who).id) if one["from"]["is_bot"]]
    return "\n".join(plain(one) for one in said)


async def test_a_group_may_have_any_title(world: World) -> None:
    people = world.people
    chat = world.sandbox.add_group("<i>&\u202e" + "群" * 100, by=people[SECRETARY], members=[people[LI]], bots=[BOT])
    await Place(world, chat).says(LI, "早")
    assert "📌" in await Place(world, chat).says(SECRETARY, "/task @li 今天18:00前 巡检")
    assert "1 号 巡检" in await Place(world, chat).hears_until("2026-11-25 16:00")


@pytest.mark.parametrize(
    "words", ["😀" * 2048, "<" * 4096, "\u202e" * 4000 + "好", "#建议" + "&" * 4000, "/task " + "|" * 4090]
)
async def test_four_thousand_characters_raise_nothing(group: Place, words: str) -> None:
    await group.says(SECRETARY, words)
    assert not any((await group.world.stored()).values())


async def test_pictures_without_words_are_left_alone_in_a_group(group: Place) -> None:
    assert await group.says(LI, "", photo=PNG) == ""


async def test_pictures_without_words_are_answered_in_private(private: Place) -> None:
    assert "没看懂" in await private.says(LI, "", photo=PNG)


THINGS: dict[str, Any] = {
    "sticker": {
        "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1, "is_animated": False,
        "is_video": False,
    },
    "location": {"longitude": 116.4, "latitude": 39.9},
    "contact": {"phone_number": "1", "first_name": "李"},
    "dice": {"emoji": "🎲", "value": 3},
    "voice": {"file_id": "v", "file_unique_id": "v", "duration": 1},
    "new_chat_title": "新名字",
    "text": "",
}  # fmt: skip


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_things_that_are_no_words_raise_nothing(group: Place, private: Place, kind: str, thing: str) -> None:
    before = len(group.bot_messages())
    for place in (group, private):
        head: Json = {"message_id": 900, "date": 1795572000, "chat": place.chat.as_dict()}
        await group.world.receives(kind, {**head, "from": group.person(LI).as_dict(), thing: THINGS[thing]})
    assert len(group.bot_messages()) == before


# Buttons

UNKNOWN = [
    "x", "::::", "字" * 20, "\u0661", "task.done", "task.done:", "task.done:x", "task.done:1:2", "task.done:-1",
    "task.done:99", "task.done:\u0661", "task.done:" + "9" * 50, "study.read", "study.read:99", "study.read:1:2:3",
    "draft.owner:1", "draft.owner:1:99", "draft.owner:99:1", "draft.due:1:999999999999999", "draft.due:1:1",
    "draft.due:1:1800000000", "draft.due:99:1800000000", "draft.post", "draft.post:1:1", "draft.post:99:1",
    "form.choose", "form.choose:1:owners", "form.choose:1:owners:99", "form.choose:1:due:1800000000",
    "form.choose:1:owners:1:2", "form.back:1:owners", "form.back:1", "form.fields:1", "form.change:1:owners",
    "form.preview:1", "form.send:1", "form.send:99", "form.send:" + "9" * 50, "form.drop", "form.drop:x",
]  # fmt: skip


@pytest.mark.parametrize("data", UNKNOWN)
async def test_a_press_with_any_data_does_nothing(group: Place, data: str) -> None:
    await group.says(SECRETARY, "/task")
    question = group.bot_messages()[-1]
    before = group.shown()
    await group.receives_press(SECRETARY, question, data)
    assert group.shown() == before
    assert notices(group)[-1]


async def test_a_press_on_a_message_that_is_too_old_to_be_shown_is_answered(group: Place) -> None:
    gone: Json = {"chat": group.chat.as_dict(), "message_id": 3, "date": 0}
    await group.receives_press(LI, gone, "task.done:7")
    assert "没有 7 号任务" in notices(group)[-1]


def notices(place: Place) -> list[str]:
    """What pressed buttons have shown, be it too late."""
    answers = [call for call in place.sandbox.calls if call.method.lower() == "answercallbackquery"]
    return [answer.parameters["text"] for answer in answers]


async def test_pressing_twice_fast_counts_once(group: Place, world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET])
    await group.says(LI, "/study")
    shown = await group.press_together([LI, LI, LI], "我学完了")
    assert sorted(shown) == [
        "✓ 已学，+1 分，累计 1 分",
        "这一条您已经学过，分也记过了。",
        "这一条您已经学过，分也记过了。",
    ]
    assert await group.points_of(LI) == 1


async def test_two_people_pressing_at_once_both_count(group: Place, world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET])
    await group.says(LI, "/study")
    assert await group.press_together([LI, WANG], "我学完了") == ["✓ 已学，+1 分，累计 1 分"] * 2


async def test_finishing_by_button_and_by_command_at_once_credits_once(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天 巡检")
    pressed = asyncio.ensure_future(group.press_together([LI], "完成"))
    await asyncio.sleep(0)
    await group.says(LI, "/done 1")
    await pressed
    assert await group.points_of(LI) == 5
