import pytest


async def texts(program):
    return [update["message"]["text"] for update in await program.updates()]


async def test_privacy_mode_lets_through_only_what_is_meant_for_the_bot(scene, program):
    sandbox, group, li = scene.sandbox, scene.group, scene.li
    sent = await program.call("sendMessage", chat_id=group.id, text="问")
    for text in ("闲聊", "/a", "/b@jingyi_bot", "/c@other_bot", "找 @jingyi_bot 帮忙", "找 @wangfang 帮忙"):
        sandbox.say(group, li, text)
    sandbox.say(group, li, "答", reply_to=sent)
    sandbox.say(group, li, "精益 在吗", mentions=[scene.bot])
    assert await texts(program) == ["/a", "/b@jingyi_bot", "找 @jingyi_bot 帮忙", "答", "精益 在吗"]


async def test_a_bot_with_privacy_mode_switched_off_reads_everything(scene, program):
    scene.sandbox.change_bot(scene.bot, can_read_all_group_messages=True)
    scene.sandbox.say(scene.group, scene.li, "闲聊")
    assert await texts(program) == ["闲聊"]
    assert (await program.call("getMe"))["can_read_all_group_messages"]


async def test_an_administrator_reads_everything(scene, program):
    scene.sandbox.promote(scene.group, scene.bot)
    await program.updates()
    scene.sandbox.say(scene.group, scene.li, "闲聊")
    assert await texts(program) == ["闲聊"]


async def test_bots_do_not_hear_each_other_nor_themselves(scene, program):
    other = scene.sandbox.add_bot("77:x", username="other_bot", can_read_all_group_messages=True)
    scene.sandbox.add_member(scene.group, other, by=scene.wang)
    scene.sandbox.change_bot(scene.bot, can_read_all_group_messages=True)
    await program.updates()
    await program.call("sendMessage", chat_id=scene.group.id, text="/hello@other_bot")
    other_texts = [update.get("message", {}).get("text") for update in other.inbox.pending.values()]
    assert "/hello@other_bot" not in other_texts
    assert await program.updates() == []


async def test_a_command_without_a_name_is_for_the_bot_that_spoke_last(scene, program):
    other = scene.sandbox.add_bot("77:x", username="other_bot")
    scene.sandbox.add_member(scene.group, other, by=scene.wang)
    await program.call("sendMessage", chat_id=scene.group.id, text="我在")
    await program.updates()
    other.inbox.clear()
    scene.sandbox.say(scene.group, scene.li, "/a")
    assert await texts(program) == ["/a"]
    assert not other.inbox.pending


@pytest.mark.parametrize("text", ["改了 /a", "/a 改了"])
async def test_edits_pass_the_same_filter(scene, program, text):
    said = scene.sandbox.say(scene.group, scene.li, "闲聊")
    scene.sandbox.edit(scene.group, scene.li, said, "还是闲聊")
    assert await program.updates() == []
    scene.sandbox.edit(scene.group, scene.li, said, text)
    (update,) = await program.updates()
    assert update["edited_message"]["text"] == text
    assert update["edited_message"]["edit_date"] >= update["edited_message"]["date"]


async def test_a_person_without_a_username_is_mentioned_by_name(scene, program):
    scene.sandbox.say(scene.group, scene.wang, "/task 😀李四 明天 整理", mentions=[scene.li])
    (update,) = await program.updates()
    mention = update["message"]["entities"][1]
    assert (mention["type"], mention["offset"], mention["length"]) == ("text_mention", 8, 2)
    assert mention["user"]["id"] == scene.li.id
