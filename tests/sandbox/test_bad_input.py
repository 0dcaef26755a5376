"""Whatever comes in, the sandbox answers as Telegram would: with a result or with words, never with a crash."""

import json
import random

import aiohttp
import pytest

from sandbox.methods import METHODS
from tests.botapi import spec

JUNK = [
    None,
    "",
    " ",
    "x",
    "[",
    "{}",
    "[]",
    '[["a"]]',
    '{"type":"x"}',
    -1,
    0,
    1,
    2**70,
    1.5,
    True,
    [],
    {},
    [[]],
    [{}],
    "😀",
]
JUNK += [
    {"inline_keyboard": [[{"text": 1}]]},
    {"keyboard": 3},
    [{"type": "bold", "offset": -1, "length": 9}],
    "@me",
    ["a", 1],
]


@pytest.mark.parametrize("method", METHODS)
async def test_junk_gets_words(scene, program, method):
    chance = random.Random(method)  # noqa: S311
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="a")
    good = {
        "chat_id": scene.group.id,
        "message_id": sent["message_id"],
        "text": "b",
        "timeout": 0,
        "from_chat_id": scene.group.id,
    }
    names = [field.name for field in spec.parameters_of(method)]
    for _ in range(60):
        values = {name: chance.choice([*JUNK, good.get(name)]) for name in names if chance.random() < 0.7}
        values |= {name: value for name, value in good.items() if name in names and chance.random() < 0.6}
        values |= {"timeout": 0} if "timeout" in names else {}
        status, body = await program.raw(method, json=values)
        assert status < 500, (values, body)
        assert body["ok"] or body["description"].startswith(("Bad Request: ", "Forbidden: ", "Conflict: ")), body
    await program.call("deleteWebhook")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"--x", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\nabc", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (b"abc", "multipart/form-data"),
        (b"abc", "text/plain"),
    ],
)
async def test_a_broken_body_gets_words(scene, program, body, kind):
    status, answer = await program.raw("sendMessage", data=body, headers={"Content-Type": kind})
    assert (status, answer["ok"]) == (400, False)


TEXTS = [
    "<>&",
    "👨‍👩‍👧‍👦" * 100,
    "\u202eabc\u202c",
    "字" * 4096,
    "a\u0000b",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]


@pytest.mark.parametrize("text", TEXTS)
async def test_any_text_comes_through(scene, program, text):
    scene.sandbox.change_bot(scene.bot, can_read_all_group_messages=True)
    scene.sandbox.say(scene.group, scene.li, text)
    (update,) = await program.updates()
    sent = await program.call("sendMessage", chat_id=scene.group.id, text=update["message"]["text"])
    assert sent["text"] == update["message"]["text"]
    assert json.loads(json.dumps(sent)) == sent


async def test_half_a_surrogate_is_refused(scene, program):
    body = b'{"chat_id": %d, "text": "\\ud83d"}' % scene.group.id
    status, answer = await program.raw("sendMessage", data=body, headers={"Content-Type": "application/json"})
    assert (status, answer["ok"]) == (400, False)


async def test_junk_from_people_gets_a_sentence(scene):
    chance = random.Random(7)  # noqa: S311
    verbs = ["people", "chats", "chats/private", f"chats/{scene.group.id}/messages", f"chats/{scene.group.id}/read"]
    verbs += [f"chats/{scene.group.id}/messages/1/{what}" for what in ("press", "vote", "react", "forward")]
    verbs += [f"chats/{scene.group.id}/{what}" for what in ("members", "topics", "migrate", "start")]
    verbs += ["clock", "limits", "faults"]
    names = [
        "as",
        "by",
        "text",
        "first_name",
        "username",
        "id",
        "title",
        "type",
        "members",
        "bots",
        "bot",
        "user",
        "name",
        "options",
        "row",
        "column",
        "emoji",
        "to",
        "up_to",
        "payload",
        "reply_to",
        "thread",
        "anonymous",
        "mentions",
        "enforced",
        "factor",
        "method",
        "kind",
        "times",
        "next",
        "seconds",
        "status",
    ]
    async with aiohttp.ClientSession() as http:
        for _ in range(600):
            values = {name: chance.choice([*JUNK, scene.li.id]) for name in names if chance.random() < 0.5}
            values |= {"as": scene.li.id} if chance.random() < 0.7 else {}
            values.pop("by", None) if chance.random() < 0.5 else None
            path = chance.choice(verbs)
            async with http.post(f"{scene.sandbox.url}/sandbox/{path}", json=values) as answer:
                assert answer.status < 500, (path, values, await answer.text())
                assert answer.status == 200 or "error" in await answer.json()
