import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox import Sandbox
from tests.patience import PATIENCE, until


class Receiver:
    """A program that waits for updates at an address, and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[Any, str | None]] = []
        self.answers: list[web.Response] = []
        self.news = asyncio.Event()
        self.url = ""

    async def receive(self, http: web.Request) -> web.Response:
        self.got.append((await http.json(), http.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        self.news.set()
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.got) < count:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def settled(program: Any) -> Any:
    return await eventually(program, lambda info: not info["pending_update_count"])


async def eventually(program: Any, true_of: Callable[[Any], bool]) -> Any:
    """The webhook's state as soon as something is true of it."""
    async with asyncio.timeout(PATIENCE):
        while not true_of(info := await program.call("getWebhookInfo")):  # noqa: ASYNC110 - the sandbox tells nobody
            await asyncio.sleep(0.01)
    return info


async def test_updates_come_with_the_secret(scene, program, receiver):
    await program.call("setWebhook", url=receiver.url, secret_token="s-3_cret")
    scene.sandbox.say(scene.group, scene.wang, "/a")
    await receiver.until(1)
    update, secret = receiver.got[0]
    assert (update["message"]["text"], secret) == ("/a", "s-3_cret")
    info = await settled(program)
    assert (info["url"], info["max_connections"], info["has_custom_certificate"]) == (receiver.url, 40, False)
    assert "last_error_message" not in info


async def test_what_is_not_taken_comes_again_until_it_is(scene, program, receiver):
    receiver.answers = [web.Response(status=503), web.Response(status=302, headers={"Location": "/"})]
    await program.call("setWebhook", url=receiver.url)
    scene.sandbox.say(scene.group, scene.wang, "/a")
    await receiver.until(3)
    assert len({update["update_id"] for update, _ in receiver.got}) == 1
    info = await settled(program)
    assert info["last_error_message"].startswith("Wrong response from the webhook: 302")
    assert info["last_error_date"] > 0


async def test_nobody_at_the_address_leaves_updates_waiting(scene, program):
    await program.call("setWebhook", url="http://127.0.0.1:9/hook")
    scene.sandbox.say(scene.group, scene.wang, "/a")
    info = await eventually(program, lambda info: "last_error_message" in info)
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")
    await program.call("deleteWebhook")
    assert len(await program.updates()) == 1


async def test_updates_of_one_chat_keep_their_order_while_others_pass(scene, program, receiver):
    other = scene.sandbox.add_group("二支部", by=scene.wang, bots=[scene.bot])
    await program.updates()
    await program.call("setWebhook", url=receiver.url)
    receiver.answers = [web.Response(status=500)]
    scene.sandbox.say(scene.group, scene.wang, "/1")
    await receiver.until(1)
    scene.sandbox.say(scene.group, scene.wang, "/2")
    scene.sandbox.say(other, scene.wang, "/other")
    await receiver.until(4)
    assert [update["message"]["text"] for update, _ in receiver.got] == ["/1", "/other", "/1", "/2"]


async def test_polling_is_refused_while_a_webhook_is_set(scene, program, receiver):
    polling = asyncio.create_task(program.refused("getUpdates", timeout=3600))
    await until(lambda: scene.bot.inbox._poll)
    await program.call("setWebhook", url=receiver.url)
    assert await polling == "Conflict: terminated by setWebhook request"
    assert (await program.refused("getUpdates")).startswith("Conflict: can't use getUpdates method while webhook is")
    await program.call("setWebhook", url="")
    assert await program.call("getUpdates") == []


async def test_pending_updates_can_be_dropped(scene, program):
    scene.sandbox.say(scene.group, scene.wang, "/a")
    assert (await program.call("getWebhookInfo"))["pending_update_count"] == 1
    await program.call("deleteWebhook", drop_pending_updates=True)
    assert (await program.call("getWebhookInfo")) == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }


async def test_an_answer_may_itself_be_a_call(scene, program, receiver):
    call = {"method": "sendMessage", "chat_id": scene.group.id, "text": "收到"}
    receiver.answers = [web.json_response(call)]
    await program.call("setWebhook", url=receiver.url)
    said = scene.sandbox.say(scene.group, scene.wang, "/a")
    assert (await scene.sandbox.wait_for_message(scene.group, after=said))["text"] == "收到"


async def test_an_answer_may_be_a_form_of_parts(scene, program, receiver):
    form = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    values = {"method": "sendMessage", "chat_id": scene.group.id, "text": "收到"}
    body = "".join(form.format(name, value) for name, value in values.items()) + "--b--\r\n"
    receiver.answers = [web.Response(body=body.encode(), headers={"Content-Type": "multipart/form-data; boundary=b"})]
    await program.call("setWebhook", url=receiver.url)
    said = scene.sandbox.say(scene.group, scene.wang, "/a")
    assert (await scene.sandbox.wait_for_message(scene.group, after=said))["text"] == "收到"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "ftp://example.org/"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "http://[::1"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "http://127.0.0.1/", "secret_token": "ä"}, "Bad Request: secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1/", "secret_token": "a" * 257}, "Bad Request: secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(scene, program, parameters, words):
    assert await program.refused("setWebhook", **parameters) == words


async def test_a_webhook_that_never_answers_does_not_hold_up_the_end(receiver, unhurried):
    reached = asyncio.Event()

    async def stuck(_: web.Request) -> web.Response:
        reached.set()
        await asyncio.sleep(3600)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", stuck)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    loop = asyncio.get_running_loop()
    async with Sandbox() as sandbox:
        bot = sandbox.add_bot("1:a")
        wang = sandbox.add_person("王")
        async with aiohttp.ClientSession() as http:
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
            await (await http.post(f"{sandbox.url}/bot1:a/setWebhook", json={"url": url})).read()
        sandbox.start(wang, bot)
        await reached.wait()
        before = loop.time()
    assert loop.time() - before < unhurried
    await runner.cleanup()
