"""Others' words earn nothing: what is forwarded, what bots write, and what a channel's group gets of itself."""

from typing import Any

import pytest

from tests.dialogue import LI, SECRETARY, WANG, Json, Place, World

AUTHOR = {"id": 7000000099, "is_bot": False, "first_name": "外人"}
OTHER_BOT = {"id": 7000000098, "is_bot": True, "first_name": "助手", "username": "helper_bot"}
CHANNEL = {"id": -1003000000001, "type": "channel", "title": "厂报"}
PLATFORM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
FORWARDED = {"forward_origin": {"type": "user", "date": 1795571000, "sender_user": AUTHOR}}
FROM_CHANNEL = {"forward_origin": {"type": "channel", "date": 1795571000, "chat": CHANNEL, "message_id": 5}}
AUTOMATIC = {**FROM_CHANNEL, "is_automatic_forward": True, "sender_chat": CHANNEL, "from": PLATFORM}
WAYS: dict[str, Json] = {
    "forwarded from a person": FORWARDED,
    "forwarded from a channel": FROM_CHANNEL,
    "forwarded from a hidden person": {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "某"}},
    "forwarded by itself from the group's channel": AUTOMATIC,
    "written by another bot": {"from": OTHER_BOT},
    "written with a bot's help": {"via_bot": OTHER_BOT},
}


@pytest.fixture(params=WAYS.values(), ids=WAYS.keys())
def way(request: pytest.FixtureRequest) -> Json:
    """A way in which others' words come into a chat."""
    return dict(request.param)


def said(place: Place, who: str, text: str, way: Json, **more: Any) -> Json:
    """A message with others' words."""
    head = {"message_id": 900, "date": place.sandbox.clock.timestamp(), "chat": place.chat.as_dict()}
    return {**head, "from": place.person(who).as_dict(), "text": text, **way, **more}


@pytest.mark.parametrize("words", ["建议：食堂加个热菜", "食堂加个热菜 #建议", "Suggestion: more soup"])
async def test_others_words_are_no_suggestion(world: World, group: Place, way: Json, words: str) -> None:
    before, members = len(group.bot_messages()), await world.rows("members")
    await world.receives("message", said(group, WANG, words, way))
    assert (await world.stored())["suggestions"] == 0
    assert await world.rows("points_entries") == 0
    assert await world.rows("members") == members, "nobody is met by them"
    assert len(group.bot_messages()) == before


async def test_others_words_are_no_answer_to_a_call(world: World, group: Place, way: Json) -> None:
    await group.says(LI, "/suggest")
    call = group.bot_messages()[-1]
    await world.receives("message", said(group, LI, "食堂加个热菜", way, reply_to_message=call))
    assert (await world.stored())["suggestions"] == 0


async def test_others_words_are_no_answer_in_a_form(world: World, group: Place, way: Json) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    question = group.bot_messages()[-1]
    await world.receives("message", said(group, SECRETARY, "几点开始？", way, reply_to_message=question))
    assert group.bot_messages()[-1]["message_id"] == question["message_id"]


async def test_others_commands_finish_no_task(world: World, group: Place, way: Json) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 交表")
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    await world.receives("message", said(group, LI, "/done 1", way, entities=entities))
    assert await world.rows("tasks", "done_at IS NOT NULL") == 0
    assert await world.rows("points_entries") == 0


async def test_an_edit_of_others_words_is_no_suggestion_either(world: World, group: Place, way: Json) -> None:
    edited = said(group, WANG, "建议：食堂加个热菜", way, edit_date=group.sandbox.clock.timestamp())
    await world.receives("edited_message", edited)
    assert (await world.stored())["suggestions"] == 0


@pytest.mark.parametrize("way", [FORWARDED, FROM_CHANNEL, {"via_bot": OTHER_BOT}])
async def test_in_private_one_is_told_to_write_it_oneself(world: World, private: Place, way: Json) -> None:
    await world.receives("message", said(private, LI, "完成 1", way))
    assert private.newest() == "转发来的内容我不会处理，需要的话请自己写一遍。"


@pytest.mark.parametrize("way", [FORWARDED, FROM_CHANNEL, {"via_bot": OTHER_BOT}])
async def test_in_private_others_suggestion_is_asked_about_and_gives_no_points(
    world: World, private: Place, way: Json
) -> None:
    await world.receives("message", said(private, LI, "建议：食堂加个热菜", way))
    assert "会看到的人" in private.newest()
    assert (await world.stored())["suggestions"] == 0
    await private.presses(LI, "署名")
    assert (await world.stored())["suggestions"] == 1
    assert await world.rows("points_entries") == 0


async def test_what_the_group_itself_says_through_its_administrators_is_heard(world: World, group: Place) -> None:
    """An anonymous administrator writes through a bot of the platform's."""
    voice = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    way = {"from": voice, "sender_chat": group.chat.as_dict()}
    await world.receives("message", said(group, LI, "建议：食堂加个热菜", way))
    assert (await world.stored())["suggestions"] == 1
    assert await world.rows("points_entries") == 0


async def test_a_forward_of_ones_own_words_counts_no_second_time(group: Place) -> None:
    await group.says(LI, "建议：食堂加个热菜")
    group.sandbox.forward(group.chat, group.person(WANG), group.last, group.chat)
    await group.world.idle()
    assert (await group.world.stored())["suggestions"] == 1
    assert await group.world.rows("points_entries") == 1
