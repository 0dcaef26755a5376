"""Every method of the sandbox: refused in Telegram's way when called wrong, answered by the spec when called right."""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from sandbox import Bot, Chat, Sandbox, User
from tests.botapi import models, spec
from tests.clients.ptb_program import PICTURE

TOKEN = "123456:test"
NONSENSE = (
    None,
    [],
    {},
    "",
    "x",
    -1,
    0,
    True,
    1.5,
    10**30,
    [[]],
    [None],
    {"a": 1},
    "[",
    "{",
    "[{}]",
    "\ud800",
    "\x00",
    1e999,
)


@dataclass
class Scene:
    """A group with an administrator bot, something of each kind in it, and a button that was just pressed."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    bot: Bot
    wang: User
    group: Chat
    text: int = 0
    photo: int = 0
    poll: int = 0
    query: str = ""
    picture: str = ""
    file: str = ""

    async def call(self, method: str, **request: Any) -> tuple[int, dict[str, Any]]:
        async with self.http.post(f"{self.sandbox.url}/bot{TOKEN}/{method}", **request) as answer:
            return answer.status, await answer.json()

    async def result(self, method: str, **parameters: Any) -> Any:
        status, body = await self.call(method, json=parameters)
        assert status == 200, body
        return body["result"]

    async def prepare(self) -> asyncio.Task[Any]:
        """Fill the scene; gives the press that waits for its answer."""
        self.picture = self.sandbox.say(self.group, self.wang, photo=PICTURE)["photo"][-1]["file_id"]
        self.file = self.sandbox.say(self.group, self.wang, document=PICTURE)["document"]["file_id"]
        buttons = {"inline_keyboard": [[{"text": "已学习", "callback_data": "study:1"}]]}
        chat = {"chat_id": self.group.id}
        self.text = (await self.result("sendMessage", **chat, text="好", reply_markup=buttons))["message_id"]
        self.photo = (await self.result("sendPhoto", **chat, photo=self.picture))["message_id"]
        self.poll = (await self.result("sendPoll", **chat, question="?", options=OPTIONS))["message_id"]
        await self.result("pinChatMessage", **chat, message_id=self.poll)
        press = asyncio.create_task(self.sandbox.press(self.group, self.wang, self.text))
        offset = 0
        while not self.query:
            for update in await self.result("getUpdates", offset=offset, timeout=1):
                offset = update["update_id"] + 1
                self.query = update.get("callback_query", {}).get("id", "")
        return press


@pytest.fixture
async def scene():
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        bot = sandbox.add_bot(TOKEN, username="jingyi_bot")
        wang = sandbox.add_person("王", username="wangfang")
        group = sandbox.add_group("第一党支部", by=wang, bots=[bot])
        sandbox.promote(group, bot)
        scene = Scene(sandbox, http, bot, wang, group)
        press = await scene.prepare()
        yield scene
        press.cancel()
        await asyncio.gather(press, return_exceptions=True)


OPTIONS = [{"text": "甲"}, {"text": "乙"}]
MEDIA = [{"type": "photo", "caption": "<b>一</b>", "parse_mode": "HTML"}, {"type": "photo"}]

Parameters = dict[str, Any]


def at(message: str = "", **more: Any) -> Callable[[Scene], Parameters]:
    """Parameters for the group, for one of the scene's messages in it, and more."""

    def made(scene: Scene) -> Parameters:
        place: Parameters = {"chat_id": scene.group.id}
        if message:
            place["message_id"] = getattr(scene, message)
        return place | more

    return made


RIGHT: dict[str, Callable[[Scene], Parameters]] = {
    "getMe": lambda scene: {},
    "getUpdates": lambda scene: {"limit": 100, "timeout": 0, "allowed_updates": ["message", "poll"]},
    "setWebhook": lambda scene: {"url": "http://127.0.0.1:9/", "secret_token": "a_b-1", "max_connections": 1},
    "deleteWebhook": lambda scene: {"drop_pending_updates": True},
    "getWebhookInfo": lambda scene: {},
    "sendMessage": at(text="<b>好</b>", parse_mode="HTML", link_preview_options={"is_disabled": True}),
    "sendPhoto": lambda scene: at(photo=scene.picture, caption="好", has_spoiler=True)(scene),
    "sendDocument": lambda scene: at(document=scene.file, caption="好")(scene),
    "sendMediaGroup": lambda scene: at(media=[item | {"media": scene.picture} for item in MEDIA])(scene),
    "sendPoll": at(
        question="2 + 2?", options=OPTIONS, type="quiz", correct_option_ids=[1], explanation="数", open_period=60
    ),
    "stopPoll": at("poll"),
    "editMessageText": at("text", text="新", reply_markup={"inline_keyboard": []}),
    "editMessageCaption": at("photo", caption="新"),
    "editMessageReplyMarkup": at("text"),
    "editMessageMedia": lambda scene: at("photo", media={"type": "photo", "media": scene.picture, "caption": "新"})(
        scene
    ),
    "deleteMessage": at("text"),
    "deleteMessages": lambda scene: at(message_ids=[scene.text, scene.photo])(scene),
    "copyMessage": lambda scene: at("photo", from_chat_id=scene.group.id, caption="新")(scene),
    "forwardMessage": lambda scene: at("poll", from_chat_id=scene.group.id)(scene),
    "answerCallbackQuery": lambda scene: {"callback_query_id": scene.query, "text": "记下了", "show_alert": True},
    "setMessageReaction": at("photo", reaction=[{"type": "emoji", "emoji": "👍"}], is_big=True),
    "pinChatMessage": at("text", disable_notification=True),
    "unpinChatMessage": at(),
    "sendChatAction": at(action="typing"),
    "getFile": lambda scene: {"file_id": scene.file},
    "getChat": at(),
    "getChatMember": lambda scene: at(user_id=scene.wang.id)(scene),
    "getChatMemberCount": at(),
    "getChatAdministrators": at(),
    "leaveChat": at(),
    "setMyCommands": lambda scene: {
        "commands": [{"command": "task", "description": "交办任务"}],
        "scope": {"type": "chat", "chat_id": scene.group.id},
        "language_code": "zh",
    },
    "getMyCommands": lambda scene: {"scope": {"type": "all_group_chats"}},
    "setChatMenuButton": lambda scene: {"menu_button": {"type": "commands"}},
    "createChatInviteLink": at(name="七一", expire_date=1999999999, member_limit=10),
}


NESTED: dict[str, Parameters] = {
    "sendMessage": {
        "parse_mode": "",
        "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "example.org"}],
        "reply_markup": {
            "inline_keyboard": [[{"text": "好", "callback_data": "1"}, {"text": "网", "url": "http://a.b/"}]]
        },
        "reply_parameters": {"message_id": 1, "allow_sending_without_reply": True},
    },
    "sendPoll": {
        "explanation_entities": [{"type": "bold", "offset": 0, "length": 1}],
        "reply_markup": {"keyboard": [[{"text": "好"}]], "resize_keyboard": True},
    },
    "editMessageText": {"entities": [{"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 1}}]},
}
"""More for some methods, so that there is something deep to replace."""


def form(parameters: Parameters) -> dict[str, str]:
    """Parameters as a form writes them."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in parameters.items()
    }


@pytest.mark.parametrize("encoding", ["json", "data", "params"])
@pytest.mark.parametrize("method", RIGHT)
async def test_a_right_call_is_answered_by_the_spec(scene, method, encoding):
    parameters = RIGHT[method](scene)
    assert spec.check_call(method, parameters) + models.check_call(method, parameters) == []
    given = parameters if encoding == "json" else form(parameters)
    status, body = await scene.call(method, **{encoding: given})
    assert (status, body["ok"]) == (200, True), body
    assert spec.check_answer(method, body["result"]) == []
    assert models.check_answer(method, body["result"]) == []
    assert spec.check_call(method, scene.sandbox.calls[-1].parameters) == []


@pytest.mark.parametrize("method", RIGHT)
async def test_a_call_without_a_required_parameter_is_refused(scene, method):
    # The `url` of setWebhook is required by the spec, but for Telegram's server none is an empty one.
    required = [field.name for field in spec.parameters_of(method) if field.required and field.name != "url"]
    parameters = RIGHT[method](scene)
    for name in required:
        status, body = await scene.call(method, json={key: value for key, value in parameters.items() if key != name})
        assert (name, status, body["ok"], body["error_code"]) == (name, 400, False, 400)
        assert body["description"].startswith("Bad Request: ")


def unfit(method: str, parameters: Parameters) -> Iterator[Parameters]:
    """A call's parameters with nonsense in each place in turn, however deep."""
    absent = [field.name for field in spec.parameters_of(method) if field.name not in parameters]
    for name, value in itertools.product(absent, NONSENSE):
        yield parameters | {name: value}
    for path, value in itertools.product(places(parameters), NONSENSE):
        yield replaced(parameters, path, value)


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (key,)
        yield from ((key, *rest) for rest in places(item))


def replaced(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(whole) if isinstance(whole, dict) else list(whole)
    copy[path[0]] = replaced(whole[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("method", RIGHT)
async def test_nonsense_in_any_place_is_never_an_error_of_the_server(scene, method):
    parameters = RIGHT[method](scene) | NESTED.get(method, {})
    for wrong in unfit(method, parameters):
        if wrong.get("timeout"):
            continue
        status, body = await scene.call(method, json=wrong)
        assert status < 500, wrong
        assert body["ok"] is (status == 200), wrong
        if body["ok"]:
            assert spec.check_answer(method, body["result"]) == [], wrong
        else:
            assert body["error_code"] == status, wrong
            assert body["description"], wrong


@pytest.mark.parametrize(
    ("method", "name", "make"),
    [
        ("sendMessage", "text", lambda size: "字" * size),
        ("editMessageText", "text", lambda size: "字" * size),
        ("sendPhoto", "caption", lambda size: "字" * size),
        ("sendDocument", "caption", lambda size: "字" * size),
        ("copyMessage", "caption", lambda size: "字" * size),
        ("editMessageCaption", "caption", lambda size: "字" * size),
        ("sendPoll", "question", lambda size: "字" * size),
        ("sendPoll", "explanation", lambda size: "字" * size),
        ("sendPoll", "description", lambda size: "字" * size),
        ("sendPoll", "options", lambda size: [{"text": str(number)} for number in range(size)]),
        ("answerCallbackQuery", "text", lambda size: "字" * size),
        ("createChatInviteLink", "name", lambda size: "字" * size),
        ("setWebhook", "secret_token", lambda size: "a" * size),
        ("deleteMessages", "message_ids", lambda size: list(range(1, size + 1))),
    ],
)
async def test_lengths_end_where_the_spec_says(scene, method, name, make):
    field = next(field for field in spec.parameters_of(method) if field.name == name)
    parameters = RIGHT[method](scene)
    status, body = await scene.call(method, json=parameters | {name: make(field.size.high + 1)})
    assert (status, body["ok"]) == (400, False)
    status, body = await scene.call(method, json=parameters | {name: make(field.size.high)})
    assert (status, body["ok"]) == (200, True), body


async def test_an_unknown_method_is_not_found(scene):
    assert await scene.call("sendMassage") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
