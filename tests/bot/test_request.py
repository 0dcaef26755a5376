"""The transport against a server that behaves badly: was the call sent, or was its answer lost?"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.request import MAX_ANSWER_BYTES, AnswerLost, NotSent, Request
from tests.patience import PATIENCE

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], Awaitable[str]]
Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def request_() -> AsyncIterator[Request]:
    made = Request()
    await made.initialize()
    yield made
    await made.shutdown()


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """A web server with one handler for everything; gives its address."""
    runners = []

    async def start(handler):
        app = web.Application(client_max_size=1 << 28)
        app.router.add_route("*", "/{rest:.*}", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        runners.append(runner)
        return f"http://127.0.0.1:{runner.addresses[0][1]}/bot1:a/sendMessage"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def listen() -> AsyncIterator[Callable[[Speak], Awaitable[str]]]:
    """A bare server that speaks as it is told; gives its address."""
    servers = []

    async def start(speak):
        async def end(reader, writer):
            with suppress(asyncio.IncompleteReadError):
                await speak(reader, writer)
            writer.close()

        server = await asyncio.start_server(end, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:a/sendMessage"

    yield start
    for server in servers:
        server.close()


def data(**values) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_a_call_and_its_answer(request_, serve):
    seen = {}

    async def answer(http):
        seen.update(await http.post(), agent=http.headers["User-Agent"])
        return web.json_response({"ok": True, "result": {"message_id": 7}})

    given = data(chat_id=-100, text="你好 & <b>", reply_markup={"inline_keyboard": []}, nothing=None)
    assert await request_.post(await serve(answer), given) == {"message_id": 7}
    assert (seen.pop("agent"), seen.pop("reply_markup")) == (request_.USER_AGENT, '{"inline_keyboard": []}')
    assert seen == {"chat_id": "-100", "text": "你好 & <b>"}


async def test_nobody_listens_so_nothing_was_sent(request_):
    with pytest.raises(NotSent):
        await request_.post(f"http://127.0.0.1:{free_port()}/bot1:a/sendMessage", data(text="x"))


async def test_a_host_that_has_no_address_was_sent_nothing(request_):
    with pytest.raises(NotSent):
        await request_.post("http://nowhere.invalid/bot1:a/sendMessage", data(text="x"))


async def test_a_proxy_that_is_away_was_sent_nothing():
    made = Request(proxy=f"http://127.0.0.1:{free_port()}")
    await made.initialize()
    with pytest.raises(NotSent):
        await made.post("http://127.0.0.1:9/bot1:a/sendMessage", data(text="x"))
    await made.shutdown()


async def test_a_server_that_never_answers_may_have_done_it(request_, listen):
    gone = asyncio.Event()

    async def silent(reader, _):
        await reader.read()
        gone.set()

    address = await listen(silent)
    with pytest.raises(AnswerLost):
        await request_.post(address, data(text="x"), read_timeout=0.1)
    async with asyncio.timeout(PATIENCE):
        await gone.wait()  # the connection is given up, not kept


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok"',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ok',
        b"this is no HTTP at all\r\n\r\n",
    ],
)
async def test_an_answer_that_breaks_off_may_mean_that_it_was_done(request_, listen, said):
    async def breaks_off(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        await writer.drain()

    with pytest.raises(AnswerLost):
        await request_.post(await listen(breaks_off), data(text="x"))


async def test_an_answer_that_comes_late_is_lost_and_does_not_reach_the_next_call(request_, serve):
    calls, given_up = [], asyncio.Event()

    async def late_once(http):
        said = (await http.post())["text"]
        calls.append(said)
        if len(calls) == 1:
            await given_up.wait()
        return web.json_response({"ok": True, "result": said})

    address = await serve(late_once)
    with pytest.raises(AnswerLost):
        await request_.post(address, data(text="first"), read_timeout=0.5)
    given_up.set()
    assert [await request_.post(address, data(text=word)) for word in ("second", "third")] == ["second", "third"]
    assert calls == ["first", "second", "third"]


async def test_a_slow_answer_within_its_time_is_an_answer(request_, serve):
    async def slow(_):
        await asyncio.sleep(0.15)
        return web.json_response({"ok": True, "result": True})

    assert await request_.post(await serve(slow), data(text="x"), read_timeout=PATIENCE) is True


async def test_a_call_is_never_made_twice_by_the_transport(request_, listen):
    calls = []

    async def close_after_the_first(reader, writer):
        for number in range(2):
            head = await reader.readuntil(b"\r\n\r\n")
            calls.append(head)
            await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
            if number == 1:
                return
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{"ok": true, "result": 1  }')
            await writer.drain()

    address = await listen(close_after_the_first)
    assert await request_.post(address, data(text="x")) == 1
    with pytest.raises(NetworkError):
        await request_.post(address, data(text="y"))
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}, BadRequest),
        (429, {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 3}}, RetryAfter),
        (502, "<html>Bad Gateway</html>", NetworkError),
        (200, "no JSON", TelegramError),
    ],
)
async def test_the_platforms_own_errors_are_ptbs(request_, serve, status, body, error):
    async def answer(_):
        return web.Response(status=status, text=body if isinstance(body, str) else json.dumps(body))

    with pytest.raises(error) as caught:
        await request_.post(await serve(answer), data(text="x"))
    assert not isinstance(caught.value, (NotSent, AnswerLost))


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
async def test_an_answer_without_end_is_not_read_to_its_end(request_, serve, packed):
    sent = 0

    async def endless(http):
        nonlocal sent
        answer = web.StreamResponse()
        if packed:
            answer.enable_compression(web.ContentCoding.gzip)
        await answer.prepare(http)
        with suppress(ConnectionError):
            while sent < 4 * MAX_ANSWER_BYTES:
                await answer.write(b"," * 1_000_000)
                sent += 1_000_000
        return answer

    url = await serve(endless)
    with pytest.raises(BadRequest, match="too big"):
        await request_.retrieve(url)
    assert sent < 4 * MAX_ANSWER_BYTES


async def test_files_go_as_parts(request_, serve):
    seen = {}

    async def answer(http):
        for name, part in (await http.post()).items():
            seen[name] = (part.filename, part.content_type, part.file.read()) if hasattr(part, "file") else part
        return web.json_response({"ok": True, "result": True})

    picture, document = bytes(range(256)) * 4000, b"a,b\n"
    given = data(
        chat_id=1,
        photo=InputFile(picture, filename="图.png", attach=False),
        document=InputFile(document, filename="b.csv", attach=True),
    )
    await request_.post(await serve(answer), given)
    assert seen["chat_id"] == "1"
    assert seen["photo"] == ("图.png", "image/png", picture)
    attached = seen["document"].removeprefix("attach://")
    assert seen[attached][2] == document


async def test_many_calls_at_once_share_the_pool(request_, serve):
    async def answer(http):
        return web.json_response({"ok": True, "result": int((await http.post())["n"])})

    address = await serve(answer)
    assert await asyncio.gather(*(request_.post(address, data(n=n)) for n in range(300))) == list(range(300))


async def test_it_opens_and_closes_as_often_as_one_likes(serve):
    async def answer(_):
        return web.json_response({"ok": True, "result": True})

    made, address = Request(), await serve(answer)
    with pytest.raises(NetworkError, match="not initialized"):
        await made.post(address, data(text="x"))
    for _ in range(2):
        await made.initialize()
        await made.initialize()
        assert await made.post(address, data(text="x")) is True
        await made.shutdown()
        await made.shutdown()


async def test_both_errors_are_of_the_kinds_that_ptb_knows():
    assert issubclass(NotSent, NetworkError)
    assert not issubclass(NotSent, TimedOut)
    assert issubclass(AnswerLost, TimedOut)
