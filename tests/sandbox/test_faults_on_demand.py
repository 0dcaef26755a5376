import asyncio

import aiohttp
import pytest

from sandbox import Sandbox
from tests.patience import until
from tests.sandbox.cast import Program

HELLO = {"text": "a"}


@pytest.fixture
def hello(scene):
    return {"chat_id": scene.group.id, "text": "a"}


def sent(scene):
    return [message for message in scene.sandbox.messages(scene.group) if message.get("text") == "a"]


async def unanswered(scene, program, method, parameters):
    """A call reaches the sandbox, and its caller gives it up without an answer."""
    before = len(scene.sandbox.calls)
    calling = asyncio.create_task(program.raw(method, json=parameters))
    await until(lambda: len(scene.sandbox.calls) > before)
    await asyncio.wait([calling], timeout=0.1)
    assert not calling.done()
    calling.cancel()


async def test_a_timeout_before_has_no_effect(scene, program, hello):
    scene.sandbox.fault("sendMessage", kind="timeout_before")
    await unanswered(scene, program, "sendMessage", hello)
    assert not sent(scene)
    await program.call("sendMessage", **hello)
    assert [call.status for call in scene.sandbox.calls if call.method == "sendMessage"] == [0, 200]


async def test_a_timeout_after_has_its_effect(scene, program, hello):
    scene.sandbox.fault("sendmessage", kind="timeout_after")
    await unanswered(scene, program, "sendMessage", hello)
    assert len(sent(scene)) == 1


async def test_a_flood_an_error_and_a_refusal_come_as_often_as_asked_for(scene, program, hello):
    sandbox = scene.sandbox
    sandbox.fault("sendMessage", kind="flood", retry_after=3)
    sandbox.fault("*", kind="error", times=2)
    sandbox.fault("sendMessage", kind="refuse")
    status, body = await program.raw("sendMessage", json=hello)
    assert (status, body["parameters"]) == (429, {"retry_after": 3})
    assert await program.refused("getMe") == "Bad Gateway"
    assert await program.refused("sendMessage", **hello) == "Bad Gateway"
    with pytest.raises(aiohttp.ClientConnectionError):
        await program.raw("sendMessage", json=hello)
    assert not sent(scene)
    await program.call("sendMessage", **hello)
    assert sandbox.faults.all() == []


async def test_a_slow_answer_comes_late(scene, program, hello):
    scene.sandbox.fault("sendMessage", kind="slow", seconds=0.1)
    before = asyncio.get_running_loop().time()
    await program.call("sendMessage", **hello)
    assert asyncio.get_running_loop().time() - before >= 0.1


async def test_a_fault_may_strike_one_program_alone(scene, program):
    scene.sandbox.fault("getMe", kind="error", status=500, description="Internal Server Error", token="77:x")
    await program.call("getMe")
    async with Program(scene.sandbox.url, "77:x") as other:
        assert (await other.raw("getMe"))[0] == 500
        await other.call("getMe")


async def test_polling_can_fail_too(scene, program):
    scene.sandbox.fault("getUpdates", kind="error", status=502)
    assert await program.refused("getUpdates") == "Bad Gateway"
    scene.sandbox.say(scene.group, scene.wang, "/a")
    scene.sandbox.fault("getUpdates", kind="timeout_after")
    await unanswered(scene, program, "getUpdates", {})
    assert len(await program.call("getUpdates")) == 1


async def test_an_answer_that_is_kept_back_does_not_hold_up_the_end(unhurried):
    loop = asyncio.get_running_loop()
    async with Sandbox() as sandbox:
        sandbox.fault("*", kind="timeout_before")
        program = Program(sandbox.url)
        calling = asyncio.create_task(program.raw("getMe"))
        await until(lambda: sandbox.calls)
        before = loop.time()
    assert loop.time() - before < unhurried
    (result,) = await asyncio.gather(calling, return_exceptions=True)
    assert isinstance(result, aiohttp.ClientError)
    await program.__aexit__(None, None, None)
