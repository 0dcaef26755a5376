import pytest

from sandbox import Refusal
from tests.sandbox.cast import Program

STRANGER = "Forbidden: bot can't initiate conversation with a user"


async def test_a_bot_cannot_write_first(scene, program):
    outsider = scene.sandbox.add_person("路人")
    assert await program.refused("sendMessage", chat_id=outsider.id, text="喂") == "Bad Request: chat not found"
    assert await program.refused("sendMessage", chat_id=scene.li.id, text="喂") == STRANGER
    scene.sandbox.open_private(scene.li, scene.bot)
    assert await program.refused("sendMessage", chat_id=scene.li.id, text="喂") == STRANGER
    assert (await program.call("getChat", chat_id=scene.li.id))["first_name"] == "李四"
    scene.sandbox.start(scene.li, scene.bot)
    sent = await program.call("sendMessage", chat_id=scene.li.id, text="喂")
    assert sent["chat"] == {"id": scene.li.id, "type": "private", "first_name": "李四"}


async def test_a_deep_link_brings_its_payload(scene, program):
    scene.sandbox.start(scene.wang, scene.bot, "suggest_7")
    (update,) = await program.updates()
    assert update["message"]["text"] == "/start suggest_7"
    assert update["message"]["chat"]["id"] == update["message"]["from"]["id"] == scene.wang.id
    with pytest.raises(Refusal, match="64"):
        scene.sandbox.start(scene.wang, scene.bot, "x" * 65)


async def test_a_bot_that_was_blocked_is_told_and_forbidden(scene, program):
    scene.sandbox.start(scene.wang, scene.bot)
    await program.updates()
    scene.sandbox.block(scene.wang, scene.bot)
    (update,) = await program.updates()
    change = update["my_chat_member"]
    assert (change["chat"]["type"], change["new_chat_member"]["status"]) == ("private", "kicked")
    words = await program.refused("sendMessage", chat_id=scene.wang.id, text="喂")
    assert words == "Forbidden: bot was blocked by the user"
    with pytest.raises(Refusal, match="blocked"):
        scene.sandbox.say(scene.wang.id, scene.wang, "喂")
    scene.sandbox.start(scene.wang, scene.bot)
    back, message = await program.updates()
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert message["message"]["text"] == "/start"
    await program.call("sendMessage", chat_id=scene.wang.id, text="喂")


async def test_two_bots_of_one_person_have_chats_of_their_own(scene, program):
    other = scene.sandbox.add_bot("77:x", username="other_bot")
    first = scene.sandbox.open_private(scene.li, scene.bot)
    second = scene.sandbox.open_private(scene.li, other)
    assert (first.id, second.id) == (scene.li.id, scene.li.id)
    assert scene.sandbox.chat(scene.li.id, scene.li) is first
    assert scene.sandbox.chat(other.id, scene.li) is second
    scene.sandbox.say(second, scene.li, "只说给你")
    assert await program.updates() == []
    async with Program(scene.sandbox.url, "77:x") as listener:
        (update,) = await listener.updates()
    assert update["message"]["chat"]["id"] == scene.li.id


async def test_administrators_are_a_matter_of_groups(scene, program):
    scene.sandbox.start(scene.li, scene.bot)
    words = await program.refused("getChatAdministrators", chat_id=scene.li.id)
    assert words == "Bad Request: there are no administrators in the private chat"
    assert await program.call("getChatMemberCount", chat_id=scene.li.id) == 2
    assert (await program.call("getChatMember", chat_id=scene.li.id, user_id=scene.li.id))["status"] == "member"
