import asyncio

import aiohttp
import pytest

from tests.botapi import spec
from tests.sandbox.cast import PNG

VIEW = {"members", "topics", "unread", "last_message", "my_status", "blocked"}


@pytest.fixture
async def office(people):
    """Two people and a group of them with a bot, made over HTTP."""
    wang = await people.ask("POST", "people", json={"first_name": "王", "last_name": "芳", "username": "wangfang"})
    li = await people.ask("POST", "people", json={"first_name": "李四", "language_code": "zh"})
    async with aiohttp.ClientSession() as http:
        await http.get(people.url.replace("/sandbox", "/bot4242:x/getMe"))
    (bot,) = await people.ask("GET", "bots")
    body = {"type": "supergroup", "title": "一支部", "by": wang["id"], "members": [li["id"]], "bots": [bot["id"]]}
    group = await people.ask("POST", "chats", json=body)
    return wang["id"], li["id"], bot["id"], group["id"]


async def test_people_and_bots_are_listed(people, office):
    listed = await people.ask("GET", "people")
    assert [person["first_name"] for person in listed] == ["王", "李四"]
    assert [person.pop("groups") for person in listed] == [
        [{"title": "一支部", "status": "creator"}],
        [{"title": "一支部", "status": "member"}],
    ]
    assert [problem for person in listed for problem in spec.check_object("User", person)] == []
    renamed = await people.ask("PATCH", f"bots/{office[2]}", json={"first_name": "精益", "username": "jingyi_bot"})
    assert (renamed["first_name"], renamed["username"]) == ("精益", "jingyi_bot")
    fixed = await people.ask("POST", "people", json={"first_name": "赵", "id": 99})
    assert fixed["id"] == 99


async def test_a_note_on_a_person_is_listed_and_unknown_to_bots(people, office):
    wang, _, _, group = office
    noted = await people.ask("POST", "people", json={"first_name": "赵", "note": "支部书记"})
    assert "note" not in noted
    await people.ask("POST", f"chats/{group}/members", json={"user": noted["id"], "by": wang})
    listed = await people.ask("GET", "people")
    assert [person.get("note") for person in listed] == [None, None, "支部书记"]
    assert "支部书记" not in str(await people.ask("GET", f"chats/{group}"))


async def test_groups_of_a_person_are_those_that_they_are_in_now(people, office):
    wang, li, _, group = office
    await people.ask("DELETE", f"chats/{group}/members/{li}", params={"by": wang})
    body = {"type": "group", "title": "改造小组", "by": wang, "members": [li], "bots": []}
    small = await people.ask("POST", "chats", json=body)
    await people.ask("PATCH", f"chats/{small['id']}/members/{li}", json={"by": wang, "status": "administrator"})
    await people.ask("POST", f"chats/{small['id']}/migrate", json={"by": wang})
    listed = await people.ask("GET", "people")
    assert listed[1]["groups"] == [{"title": "改造小组", "status": "administrator"}]


async def test_a_chat_shows_its_members_and_what_is_new(people, office):
    wang, li, bot, group = office
    await people.ask("POST", f"chats/{group}/messages", json={"as": wang, "text": "开会"})
    (chat,) = await people.ask("GET", "chats", params={"as": li})
    assert chat.keys() >= VIEW
    assert [(member["user"]["id"], member["status"]) for member in chat["members"]] == [
        (wang, "creator"),
        (li, "member"),
        (bot, "member"),
    ]
    assert (chat["unread"], chat["my_status"], chat["last_message"]["text"]) == (2, "member", "开会")
    await people.ask("POST", f"chats/{group}/read", json={"as": li, "up_to": chat["last_message"]["message_id"]})
    assert (await people.ask("GET", f"chats/{group}", params={"as": li}))["unread"] == 0


async def test_messages_come_in_pages(people, office):
    wang, li, _, group = office
    for text in "abcde":
        await people.ask("POST", f"chats/{group}/messages", json={"as": wang, "text": text})
    newest = await people.ask("GET", f"chats/{group}/messages", params={"as": li, "limit": 2})
    assert [message["text"] for message in newest] == ["d", "e"]
    before = {"as": li, "limit": 2, "before": newest[0]["message_id"]}
    older = await people.ask("GET", f"chats/{group}/messages", params=before)
    assert [message["text"] for message in older] == ["b", "c"]
    assert all(not message["mine"] for message in older)


async def test_messages_are_written_edited_forwarded_and_deleted(people, office):
    wang, li, bot, group = office
    first = await people.ask("POST", f"chats/{group}/messages", json={"as": wang, "text": "一"})
    assert (first["mine"], first["read"]) == (True, False)
    reply = {"as": li, "text": "请王芳看", "reply_to": first["message_id"], "mentions": [wang]}
    second = await people.ask("POST", f"chats/{group}/messages", json=reply)
    assert second["reply_to_message"]["text"] == "一"
    assert second["entities"][0]["user"]["id"] == wang
    edited = await people.ask(
        "PATCH", f"chats/{group}/messages/{second['message_id']}", json={"as": li, "text": "不用看了"}
    )
    assert (edited["text"], "edit_date" in edited) == ("不用看了", True)
    private = await people.ask("POST", "chats/private", json={"as": li, "bot": bot})
    assert (private["id"], private["type"]) == (li, "private")
    forwarded = await people.ask(
        "POST", f"chats/{group}/messages/{first['message_id']}/forward", json={"as": li, "to": li}
    )
    assert forwarded["forward_origin"]["sender_user"]["id"] == wang
    gone = await people.ask("DELETE", f"chats/{group}/messages/{first['message_id']}", params={"as": wang})
    assert gone == {}
    assert (await people.refused("DELETE", f"chats/{group}/messages/{first['message_id']}?as={wang}"))[0] == 404


async def test_photos_and_files_are_uploaded_and_fetched(people, office):
    wang, _, _, group = office
    data = aiohttp.FormData({"as": str(wang), "kind": "photo", "caption": "图"})
    data.add_field("file", PNG, filename="a.png", content_type="image/png")
    message = await people.ask("POST", f"chats/{group}/messages", data=data)
    assert message["caption"] == "图"
    data = aiohttp.FormData({"as": str(wang), "kind": "document"})
    data.add_field("file", b"<script>", filename="a.html", content_type="text/html")
    other = await people.ask("POST", f"chats/{group}/messages", data=data)
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{people.url}/files/{message['photo'][0]['file_id']}") as answer:
            assert (answer.content_type, await answer.read()) == ("image/png", PNG)
        async with http.get(f"{people.url}/files/{other['document']['file_id']}") as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        async with http.get(f"{people.url}/files/nothing") as answer:
            assert answer.status == 404


async def test_a_press_a_vote_and_a_reaction(people, office, sandbox):
    _, li, _, group = office
    async with aiohttp.ClientSession() as http:

        async def call(method, **body):
            async with http.post(f"{sandbox.url}/bot4242:x/{method}", json=body) as answer:
                return (await answer.json())["result"]

        keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "1"}]]}
        button = await call("sendMessage", chat_id=group, text="按", reply_markup=keyboard)
        poll = await call(
            "sendPoll", chat_id=group, question="?", options=["a", "b"], type="quiz", correct_option_ids=[0]
        )
        path = f"chats/{group}/messages"
        pressing = asyncio.create_task(
            people.ask("POST", f"{path}/{button['message_id']}/press", json={"as": li, "row": 0, "column": 0})
        )
        query = None
        while query is None:
            updates = await call("getUpdates", timeout=5, offset=-1)
            query = next((update["callback_query"] for update in updates if "callback_query" in update), None)
        await call("answerCallbackQuery", callback_query_id=query["id"], text="收到")
    assert await pressing == {"text": "收到", "show_alert": False}
    seen = await people.ask("GET", path, params={"as": li, "limit": 1})
    assert (seen[0]["poll"]["my_options"], "correct_option_ids" in seen[0]["poll"]) == ([], False)
    voted = await people.ask("POST", f"{path}/{poll['message_id']}/vote", json={"as": li, "options": [1]})
    assert (voted["poll"]["my_options"], voted["poll"]["correct_option_ids"]) == ([1], [0])
    reacted = await people.ask("POST", f"{path}/{button['message_id']}/react", json={"as": li, "emoji": "👍"})
    assert reacted["reactions"] == [{"emoji": "👍", "count": 1, "mine": True}]


async def test_members_topics_and_migration(people, office):
    wang, li, _, _ = office
    body = {"type": "group", "title": "小组", "by": wang, "members": [li]}
    group = (await people.ask("POST", "chats", json=body))["id"]
    change = {"by": wang, "status": "administrator", "is_anonymous": True}
    changed = await people.ask("PATCH", f"chats/{group}/members/{li}", json=change)
    assert changed["members"][1] == {
        "user": changed["members"][1]["user"],
        "status": "administrator",
        "is_anonymous": True,
    }
    new = await people.ask("POST", f"chats/{group}/migrate", json={"by": wang})
    assert new["type"] == "supergroup"
    removed = await people.ask("DELETE", f"chats/{new['id']}/members/{li}", params={"by": wang})
    assert len(removed["members"]) == 1
    added = await people.ask("POST", f"chats/{new['id']}/members", json={"user": li, "by": wang})
    assert len(added["members"]) == 2
    body = {"type": "supergroup", "title": "论坛", "by": wang, "is_forum": True}
    forum = await people.ask("POST", "chats", json=body)
    topic = await people.ask("POST", f"chats/{forum['id']}/topics", json={"by": wang, "name": "学习"})
    assert (await people.ask("GET", f"chats/{forum['id']}", params={"as": wang}))["topics"] == [topic]


async def test_start_block_and_commands(people, office, sandbox):
    _, li, bot, _ = office
    sandbox.world.bot(bot).commands["default", ""] = [{"command": "study", "description": "学习"}]
    await people.ask("POST", "chats/private", json={"as": li, "bot": bot})
    started = await people.ask("POST", f"chats/{li}/start", json={"as": li, "payload": "x"})
    assert started["text"] == "/start x"
    (command,) = await people.ask("GET", f"chats/{li}/commands", params={"as": li})
    assert (command["command"], command["bot"]["id"]) == ("study", bot)
    await people.ask("POST", f"people/{li}/block", json={"bot": bot})
    assert (await people.ask("GET", f"chats/{li}", params={"as": li}))["blocked"]
    await people.ask("POST", f"people/{li}/unblock", json={"bot": bot})
    assert not (await people.ask("GET", f"chats/{li}", params={"as": li}))["blocked"]


async def test_the_clock_limits_faults_and_calls_are_controlled(people, office, sandbox):
    clock = await people.ask("GET", "clock")
    assert clock["movable"]
    moved = await people.ask("POST", "clock", json={"next": "monday 09:00", "zone": "Asia/Shanghai"})
    assert moved["now"].endswith("T01:00:00+00:00") or "T01:00:00" in moved["now"]
    await people.ask("POST", "clock", json={"by": 60})
    await people.ask("POST", "clock", json={"to": "2099-01-01T00:00:00+08:00"})
    assert (await people.refused("POST", "clock", json={"by": -1}))[0] == 400
    sandbox.clock.movable = False
    assert (await people.refused("POST", "clock", json={"by": 1}))[0] == 409
    assert await people.ask("POST", "limits", json={"enforced": True, "factor": 2}) == {"enforced": True, "factor": 2}
    assert await people.ask("GET", "limits") == {"enforced": True, "factor": 2}
    (fault,) = await people.ask("POST", "faults", json={"method": "getMe", "kind": "error", "times": 3})
    assert (fault["status"], fault["times"], fault["kind"]) == (502, 3, "error")
    assert len(await people.ask("GET", "faults")) == 1
    assert await people.ask("DELETE", "faults") == []
    (call,) = await people.ask("GET", "calls")
    assert (call["method"], call["token"], call["status"], call["response"]["ok"]) == ("getMe", "4242:x", 200, True)
    assert await people.ask("GET", "calls", params={"after": call["id"]}) == []
    await people.ask("DELETE", "calls")
    assert await people.ask("GET", "calls") == []


async def test_a_reset_leaves_bots_alone(people, office):
    assert await people.ask("POST", "reset") == {}
    assert await people.ask("GET", "people") == []
    assert len(await people.ask("GET", "bots")) == 1


@pytest.mark.parametrize(
    ("verb", "path", "body", "status", "sentence"),
    [
        ("POST", "people", {}, 400, '"first_name" is missing.'),
        ("POST", "people", {"first_name": 7}, 400, '"first_name" must be a text.'),
        ("POST", "people", {"first_name": "甲", "id": "x"}, 400, '"id" must be a whole number.'),
        ("GET", "chats", None, 400, '"as" is missing.'),
        ("GET", "chats?as=5", None, 404, "There is nobody with the id 5."),
        ("GET", "chats/5", None, 404, "There is no chat 5."),
        ("GET", "chats/x", None, 400, '"chat" must be a whole number.'),
        ("POST", "chats", {"type": "channel"}, 400, 'The type of a new chat is "group" or "supergroup".'),
        ("POST", "faults", {"method": "*", "kind": "fire"}, 400, None),
        ("POST", "limits", {"factor": 0}, 400, '"factor" is above 0.'),
        ("POST", "limits", {"enforced": "maybe"}, 400, '"enforced" must be true or false.'),
        ("POST", "clock", {"to": "morgen"}, 400, None),
        ("POST", "clock", {}, 400, '"by" is missing.'),
        ("GET", "nothing", None, 404, None),
        ("DELETE", "people", None, 404, None),
    ],
)
async def test_a_wrong_call_gets_one_sentence(people, *, verb, path, body, status, sentence):
    found = await people.refused(verb, path, json=body)
    assert found[0] == status
    assert found[1] == (sentence or found[1])
    assert found[1].endswith(".")


async def test_a_body_that_is_no_json_is_refused(people):
    assert await people.refused("POST", "people", data=b"[1]", headers={"Content-Type": "application/json"}) == (
        400,
        "The body must be a JSON object.",
    )


async def test_other_sites_may_not_change_anything(people):
    for origin in ("https://evil.example", "null"):
        status, _ = await people.refused("POST", "people", json={"first_name": "甲"}, headers={"Origin": origin})
        assert status == 403
    here = people.url.removesuffix("/sandbox")
    await people.ask("POST", "people", json={"first_name": "甲"}, headers={"Origin": here})


async def test_the_page_is_served_and_nothing_beside_it(sandbox, people):
    async with aiohttp.ClientSession() as http:
        for path, status in (("/", 200), ("/page/api.js", 200), ("/page/..%2fworld.py", 404), ("/page/", 404)):
            async with http.get(sandbox.url + path) as answer:
                assert answer.status == status, path
                if status == 200:
                    assert answer.headers["Cache-Control"] == "no-cache"
