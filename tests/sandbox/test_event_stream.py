import asyncio
import json

import aiohttp
import pytest

from sandbox import Sandbox
from sandbox.events import MAX_QUEUED_EVENTS, Events
from tests.patience import PATIENCE, until


class Window:
    """A window of the page: the events of one person."""

    def __init__(self, answer):
        self.answer = answer

    async def next(self):
        async with asyncio.timeout(PATIENCE):
            async for line in self.answer.content:
                if line.startswith(b"data: "):
                    return json.loads(line[6:])
        return None

    async def until(self, kind):
        while (event := await self.next()) is not None:
            if event["type"] == kind:
                return event
        return None


@pytest.fixture
async def window(scene):
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{scene.sandbox.url}/sandbox/events", params={"as": scene.li.id}) as answer,
    ):
        assert answer.content_type == "text/event-stream"
        await answer.content.readline()
        yield Window(answer)


async def test_messages_arrive_as_their_person_sees_them(scene, program, window):
    said = scene.sandbox.say(scene.group, scene.wang, "一")
    event = await window.next()
    assert (event["type"], event["chat_id"], event["message"]["text"]) == ("message", scene.group.id, "一")
    assert not event["message"]["mine"]
    scene.sandbox.edit(scene.group, scene.wang, said, "二")
    assert (await window.next())["message"]["text"] == "二"
    scene.sandbox.delete(scene.group, scene.wang, said)
    assert await window.next() == {"type": "deleted", "chat_id": scene.group.id, "message_ids": [said["message_id"]]}
    await program.call("sendChatAction", chat_id=scene.group.id, action="typing")
    typing = await window.next()
    assert (typing["type"], typing["from"]["id"], typing["action"]) == ("typing", scene.bot.id, "typing")


async def test_an_own_message_becomes_read_when_somebody_reads_it(scene, window):
    said = scene.sandbox.say(scene.group, scene.li, "一")
    assert not (await window.until("message"))["message"]["read"]
    scene.sandbox.read(scene.group, scene.wang, said["message_id"])
    assert (await window.until("edited"))["message"]["read"]


async def test_what_happens_elsewhere_is_not_heard(scene, window):
    other = scene.sandbox.add_group("别处", by=scene.wang)
    scene.sandbox.say(other, scene.wang, "秘密")
    scene.sandbox.say(scene.group, scene.wang, "这里")
    assert (await window.next())["message"]["text"] == "这里"


async def test_chats_come_change_move_and_go(scene, window):
    small = scene.sandbox.add_group("小组", by=scene.wang, members=[scene.li], kind="group")
    assert (await window.until("chat"))["chat"]["title"] == "小组"
    new = scene.sandbox.migrate(small, by=scene.wang)
    assert await window.until("migrated") == {"type": "migrated", "from": small.id, "to": new.id}
    scene.sandbox.remove_member(new, scene.li, by=scene.wang)
    assert await window.until("left") == {"type": "left", "chat_id": new.id}


async def test_everybody_hears_of_the_clock_and_of_people(scene, window):
    moment = scene.sandbox.clock.move_by(60)
    assert await window.next() == {"type": "clock", "now": moment.isoformat()}
    scene.sandbox.add_person("新人")
    assert await window.next() == {"type": "people"}


async def test_streams_end_when_the_sandbox_does(unhurried):
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession() as http:
        async with Sandbox() as sandbox:
            answer = await http.get(f"{sandbox.url}/sandbox/events")
            await answer.content.readline()
            before = loop.time()
        assert loop.time() - before < unhurried
        assert b"data" not in await answer.content.read()
        answer.close()


def test_a_window_that_takes_nothing_is_cut_off():
    events = Events()
    stream = events.open(None)
    for number in range(MAX_QUEUED_EVENTS + 10):
        events.tell_all({"type": "clock", "now": number})
    taken = [stream.events.get_nowait() for _ in range(stream.events.qsize())]
    assert len(taken) == MAX_QUEUED_EVENTS + 1
    assert taken[-1] is None


async def test_a_closed_window_is_forgotten(scene):
    async with aiohttp.ClientSession() as http:
        answer = await http.get(f"{scene.sandbox.url}/sandbox/events", params={"as": scene.li.id})
        await answer.content.readline()
        assert len(scene.sandbox.world.events._streams) == 1
        answer.close()
    await until(lambda: not scene.sandbox.world.events._streams)
