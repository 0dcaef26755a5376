"""What people do in the sandbox, as updates: each is right by api.json and can be read by both libraries."""

import asyncio

import aiohttp
import pytest

from sandbox import Sandbox
from tests.botapi import models, spec
from tests.clients.ptb_program import PICTURE

TOKEN = "123456:test"
KINDS = [field.name for field in spec.fields_of("Update") if not field.required]


class World:
    """A sandbox with people and a bot whose updates are all asked for."""

    def __init__(self, sandbox, http):
        self.sandbox = sandbox
        self.http = http
        self.bot = sandbox.add_bot(TOKEN, username="jingyi_bot", can_read_all_group_messages=True)
        self.wang = sandbox.add_person("王", last_name="芳", username="wangfang", language_code="zh-hans")
        self.li = sandbox.add_person("李<四>")

    async def call(self, method, **parameters):
        async with self.http.post(f"{self.sandbox.url}/bot{TOKEN}/{method}", json=parameters) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def updates(self):
        """All updates that wait, each checked."""
        found = await self.call("getUpdates", allowed_updates=KINDS)
        if found:
            await self.call("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        assert spec.check_answer("getUpdates", found) == []
        assert models.check_answer("getUpdates", found) == []
        return found


@pytest.fixture
async def world():
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        world = World(sandbox, http)
        await world.call("getUpdates", allowed_updates=KINDS)
        yield world


def kinds(updates):
    return [kind for update in updates for kind in update if kind != "update_id"]


def contents(updates):
    """The names of all fields of all messages in updates."""
    return {name for update in updates for message in update.values() if isinstance(message, dict) for name in message}


async def test_talk_in_a_group(world):
    sandbox, wang, li = world.sandbox, world.wang, world.li
    group = sandbox.add_group("第一党支部", by=wang, members=[li], bots=[world.bot])
    sandbox.promote(group, world.bot)
    said = sandbox.say(group, wang, "/task @wangfang #精益 https://example.org 李<四> 😀", mentions=[li])
    sandbox.say(group, li, "答", reply_to=said)
    sandbox.edit(group, wang, said, "改")
    sandbox.say(group, li, "图", photo=PICTURE)
    sandbox.say(group, li, document=PICTURE)
    sandbox.react(group, li, said, "👍")
    sandbox.react(group, li, said)
    sandbox.forward(group, wang, said, group)
    found = await world.updates()
    assert {"message", "edited_message", "message_reaction", "my_chat_member"} <= set(kinds(found))
    assert {"reply_to_message", "photo", "document", "forward_origin", "caption", "entities"} <= contents(found)


async def test_life_of_a_group(world):
    sandbox, wang, li = world.sandbox, world.wang, world.li
    group = sandbox.add_group("第一党支部", by=wang, bots=[world.bot], kind="group")
    sandbox.promote(group, world.bot)
    sandbox.add_member(group, li, by=wang)
    sandbox.promote(group, li)
    sandbox.demote(group, li)
    sandbox.remove_member(group, li, by=wang)
    await world.call("pinChatMessage", chat_id=group.id, message_id=sandbox.say(group, wang, "钉")["message_id"])
    moved = sandbox.migrate(group, by=wang)
    sandbox.say(moved, wang, "新群")
    sandbox.remove_member(moved, world.bot, by=wang)
    found = await world.updates()
    assert {"chat_member", "my_chat_member", "message"} <= set(kinds(found))
    assert {"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"} <= contents(found)


async def test_talk_in_a_forum_and_by_an_anonymous_administrator(world):
    sandbox, wang = world.sandbox, world.wang
    forum = sandbox.add_group("论坛", by=wang, bots=[world.bot], is_forum=True)
    topic = sandbox.add_topic(forum, "整改", by=wang)
    sandbox.change_member(forum, wang, is_anonymous=True)
    sandbox.say(forum, wang, "题内", thread=topic)
    sandbox.say(forum, wang, "匿名", anonymous=True)
    assert {"forum_topic_created", "message_thread_id", "is_topic_message", "sender_chat"} <= contents(
        await world.updates()
    )


async def test_talk_alone(world):
    sandbox, wang = world.sandbox, world.wang
    sandbox.start(wang, world.bot, "a_b-1")
    sandbox.block(wang, world.bot)
    sandbox.unblock(wang, world.bot)
    found = await world.updates()
    assert kinds(found) == ["message", "my_chat_member", "my_chat_member"]


async def test_votes_and_presses(world):
    sandbox, wang = world.sandbox, world.wang
    sandbox.start(wang, world.bot)
    chat = {"chat_id": wang.id}
    options = [{"text": "甲"}, {"text": "乙"}]
    quiz = {"type": "quiz", "correct_option_ids": [1], "explanation": "<b>数</b>", "explanation_parse_mode": "HTML"}
    for more in ({}, {"is_anonymous": False, "allows_multiple_answers": True}, quiz | {"open_period": 600}):
        poll = await world.call("sendPoll", **chat, question="?", options=options, **more)
        sandbox.vote(wang.id, wang, poll, [1])
        await world.call("stopPoll", **chat, message_id=poll["message_id"])
    found = await world.updates()
    assert {"message", "poll", "poll_answer"} == set(kinds(found))
    buttons = {"inline_keyboard": [[{"text": "已学习", "callback_data": "study:1"}]]}
    shown = await world.call("sendMessage", **chat, text="<i>学</i>", parse_mode="HTML", reply_markup=buttons)
    async with asyncio.TaskGroup() as group:
        group.create_task(sandbox.press(wang.id, wang, shown))
        await asyncio.sleep(0)
        (pressed,) = await world.updates()
        await world.call("answerCallbackQuery", callback_query_id=pressed["callback_query"]["id"])
