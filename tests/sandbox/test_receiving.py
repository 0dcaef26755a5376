import asyncio

import pytest

from sandbox import Sandbox
from tests.patience import PATIENCE, until
from tests.sandbox.cast import TOKEN, Program


async def test_updates_stay_until_an_offset_beyond_them_confirms_them(scene, program):
    for text in ("/a", "/b", "/c"):
        scene.sandbox.say(scene.group, scene.wang, text)
    first, second, third = await program.call("getUpdates")
    assert await program.call("getUpdates", limit=1) == [first]
    assert await program.call("getUpdates", offset=second["update_id"]) == [second, third]
    assert await program.call("getUpdates") == [second, third]
    assert await program.call("getUpdates", offset=third["update_id"] + 1) == []
    assert await program.call("getUpdates") == []


async def test_a_negative_offset_keeps_only_the_last(scene, program):
    for text in ("/a", "/b", "/c"):
        scene.sandbox.say(scene.group, scene.wang, text)
    (last,) = await program.call("getUpdates", offset=-1)
    assert last["message"]["text"] == "/c"
    assert await program.call("getUpdates", offset=0) == [last]


async def test_an_offset_beyond_everything_confirms_nothing(scene, program):
    scene.sandbox.say(scene.group, scene.wang, "/a")
    assert len(await program.call("getUpdates", offset=2**31 - 1)) == 1


async def test_a_long_poll_answers_as_soon_as_something_happens(scene, program):
    polling = asyncio.create_task(program.call("getUpdates", timeout=3600))
    await until(lambda: scene.bot.inbox._poll)
    assert not polling.done()
    scene.sandbox.say(scene.group, scene.wang, "/now")
    async with asyncio.timeout(PATIENCE):
        (update,) = await polling
    assert update["message"]["text"] == "/now"


async def test_a_long_poll_ends_empty_after_its_time(scene, program):
    async with asyncio.timeout(PATIENCE):
        assert await program.call("getUpdates", timeout=1) == []


async def test_a_second_poller_ends_the_first_with_a_conflict(scene, program):
    first = asyncio.create_task(program.refused("getUpdates", timeout=3600))
    await until(lambda: scene.bot.inbox._poll)
    second = asyncio.create_task(program.call("getUpdates", timeout=30))
    assert (await first).startswith("Conflict: terminated by other getUpdates request")
    scene.sandbox.say(scene.group, scene.wang, "/a")
    assert len(await second) == 1


async def test_what_a_poller_left_behind_comes_again(scene):
    async with Program(scene.sandbox.url) as gone:
        polling = asyncio.create_task(gone.call("getUpdates", timeout=3600))
        await until(lambda: scene.bot.inbox._poll)
        polling.cancel()
    scene.sandbox.say(scene.group, scene.wang, "/a")
    assert len(await scene.program.call("getUpdates")) == 1


async def test_kinds_are_remembered_until_others_are_asked_for(scene, program):
    await program.call("getUpdates", allowed_updates=["edited_message"])
    said = scene.sandbox.say(scene.group, scene.wang, "/a")
    scene.sandbox.edit(scene.group, scene.wang, said, "/b")
    (update,) = await program.updates()
    assert update["edited_message"]["text"] == "/b"
    assert (await program.call("getWebhookInfo"))["allowed_updates"] == ["edited_message"]
    await program.call("getUpdates", allowed_updates=[])
    scene.sandbox.say(scene.group, scene.wang, "/c")
    assert len(await program.updates()) == 1


async def test_a_form_and_a_query_string_do_as_well_as_json(scene, program):
    scene.sandbox.say(scene.group, scene.wang, "/a")
    _, body = await program.raw("GETUPDATES", data={"limit": "1", "allowed_updates": '["message"]'})
    assert len(body["result"]) == 1
    status, _ = await program.get(f"bot{TOKEN}/sendMessage?chat_id={scene.group.id}&text=hello")
    assert status == 200
    assert scene.sandbox.messages(scene.group)[-1]["text"] == "hello"


async def test_each_bot_has_updates_of_its_own(scene, program):
    other = scene.sandbox.add_bot("77:x", username="other_bot", can_read_all_group_messages=True)
    scene.sandbox.add_member(scene.group, other, by=scene.wang)
    await program.updates()
    scene.sandbox.say(scene.group, scene.li, "闲聊")
    async with Program(scene.sandbox.url, "77:x") as second:
        *_, update = await second.updates()
    assert update["message"]["text"] == "闲聊"
    assert await program.updates() == []


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [("nonsense", 404, "Not Found"), ("123456:other", 401, "Unauthorized"), ("0:x", 404, "Not Found")],
)
async def test_a_wrong_token_is_turned_away(scene, token, status, description):
    async with Program(scene.sandbox.url, token) as stranger:
        assert await stranger.raw("getMe") == (
            status,
            {"ok": False, "error_code": status, "description": description},
        )
        assert (await stranger.get(f"file/bot{token}/documents/file_0"))[0] == 404


async def test_an_unknown_method_is_not_found(scene, program):
    assert await program.raw("sendTelepathy") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_a_token_makes_its_bot_at_the_first_call(sandbox):
    async with Program(sandbox.url, "4242:anything") as program:
        me = await program.call("getMe")
    assert (me["id"], me["is_bot"]) == (4242, True)
    assert me["username"].endswith("bot")
    assert not me["can_read_all_group_messages"]


async def test_a_waiting_poll_does_not_hold_up_the_end(unhurried):
    async with Sandbox() as sandbox:
        program = Program(sandbox.url)
        polling = asyncio.create_task(program.raw("getUpdates", json={"timeout": 3600}))
        await until(lambda: any(bot.inbox._poll for bot in sandbox.world.bots()))
        before = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - before < unhurried
    await asyncio.gather(polling, return_exceptions=True)
    await program.__aexit__(None, None, None)
