import asyncio

import pytest


async def test_a_person_writes_and_the_bot_answers(scene, program):
    said = scene.sandbox.say(scene.group, scene.wang, "/task 明天 整理")
    (update,) = await program.updates()
    assert update["message"]["text"] == "/task 明天 整理"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="好", reply_to_message_id=said["message_id"])
    assert sent["reply_to_message"]["message_id"] == said["message_id"]
    assert scene.sandbox.messages(scene.group)[-1]["text"] == "好"


async def test_html_becomes_entities_and_wrong_html_is_refused(scene, program):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="😀<b>粗</b>", parse_mode="HTML")
    assert sent["text"] == "😀粗"
    assert sent["entities"] == [{"type": "bold", "offset": 2, "length": 1}]
    words = await program.refused("sendMessage", chat_id=scene.group.id, text="<b>粗", parse_mode="HTML")
    assert words.startswith("Bad Request: can't parse entities: ")


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": " \n "}, "Bad Request: message text is empty"),
        ({"text": "字" * 4097}, "Bad Request: message is too long"),
        ({"text": "a", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "a", "chat_id": 42}, "Bad Request: chat not found"),
        ({"text": "a", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "a", "parse_mode": "rst"}, "Bad Request: unsupported parse_mode"),
        ({"text": "a", "reply_parameters": {"message_id": 999}}, "Bad Request: message to be replied not found"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "字" * 22}]]}},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        ({"text": "a", "reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
    ],
)
async def test_wrong_parameters_are_refused_in_telegrams_words(scene, program, parameters, words):
    assert await program.refused("sendMessage", **({"chat_id": scene.group.id} | parameters)) == words


async def test_a_press_waits_for_the_bots_answer(scene, program):
    keyboard = {"inline_keyboard": [[{"text": "已学习", "callback_data": "study:1"}]]}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="学", reply_markup=keyboard)
    pressing = asyncio.create_task(scene.sandbox.press(scene.group, scene.li, sent))
    (update,) = await program.updates(timeout=5)
    query = update["callback_query"]
    assert (query["data"], query["from"]["id"]) == ("study:1", scene.li.id)
    await program.call("answerCallbackQuery", callback_query_id=query["id"], text="好", show_alert=True)
    assert await pressing == {"text": "好", "show_alert": True}
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await program.refused("answerCallbackQuery", callback_query_id=query["id"]) == too_old


async def test_a_press_may_be_answered_with_the_bots_own_deep_link(scene, program):
    keyboard = {"inline_keyboard": [[{"text": "私聊", "callback_data": "go"}]]}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="学", reply_markup=keyboard)
    pressing = asyncio.create_task(scene.sandbox.press(scene.group, scene.li, sent))
    (update,) = await program.updates(timeout=5)
    query = {"callback_query_id": update["callback_query"]["id"]}
    words = await program.refused("answerCallbackQuery", url="https://example.org", **query)
    assert words == "Bad Request: URL_INVALID"
    link = "https://t.me/jingyi_bot?start=go"
    await program.call("answerCallbackQuery", url=link, **query)
    assert await pressing == {"show_alert": False, "url": link}


async def test_a_button_does_one_thing_and_forgets_what_telegram_does_not_know(scene, program):
    button = {"text": "好", "callback_data": "go", "pay": True, "style": "success", "colour": "red"}
    keyboard = {"inline_keyboard": [[button]]}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="学", reply_markup=keyboard)
    (row,) = sent["reply_markup"]["inline_keyboard"]
    assert row == [{"text": "好", "style": "success", "callback_data": "go"}]


async def test_a_press_too_late_is_told_so(scene, program):
    keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "go"}]]}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="学", reply_markup=keyboard)
    pressing = asyncio.create_task(scene.sandbox.press(scene.group, scene.li, sent))
    (update,) = await program.updates(timeout=5)
    scene.sandbox.clock.move_by(61)
    words = await program.refused("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    assert words.startswith("Bad Request: query is too old")
    pressing.cancel()


async def test_a_vote_is_told_to_the_bot_and_stopping_gives_the_result(scene, program):
    sent = await program.call(
        "sendPoll", chat_id=scene.group.id, question="去吗?", options=["去", "不去"], is_anonymous=False
    )
    scene.sandbox.vote(scene.group, scene.li, sent, [1])
    poll, answer = await program.updates()
    assert [option["voter_count"] for option in poll["poll"]["options"]] == [0, 1]
    assert answer["poll_answer"]["option_ids"] == [1]
    stopped = await program.call("stopPoll", chat_id=scene.group.id, message_id=sent["message_id"])
    assert stopped["is_closed"]
    again = await program.refused("stopPoll", chat_id=scene.group.id, message_id=sent["message_id"])
    assert again == "Bad Request: poll has already been closed"
