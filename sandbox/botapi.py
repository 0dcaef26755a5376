"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<file_path>`."""

import asyncio
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.body import parameters_of
from sandbox.errors import ApiError, Refusal, too_many_requests
from sandbox.faults import Fault, Kind
from sandbox.methods import BY_NAME
from sandbox.methods.request import Request
from sandbox.parameters import Parameters
from sandbox.people import TOKEN, Bot

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

Json = dict[str, Any]

OK = 200
NO_ANSWER = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status and its JSON body."""

    status: int
    body: Json


class BotApi:
    """Carries out calls of programs on a sandbox."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        sandbox.webhooks.reply = self._reply

    def routes(self) -> list[web.RouteDef]:
        """What to serve."""
        return [
            web.route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._download),
        ]

    async def _call(self, http: web.Request) -> web.StreamResponse:
        token, method = http.match_info["token"], http.match_info["method"]
        method = BY_NAME.get(method.lower(), (method,))[0]
        try:
            given = await parameters_of(http)
        except ApiError as error:
            self._record(token, method, Parameters({}), _failed(error))
            return web.json_response(error.as_dict(), status=error.code)
        fault = self._sandbox.faults.strike(token, method, given.values)
        answer = await self._answer(token, method, given, fault)
        self._record(token, method, given, answer or Answer(NO_ANSWER, {}))
        if answer is None:
            return await self._never(http, fault)
        return web.json_response(answer.body, status=answer.status)

    async def _answer(self, token: str, method: str, given: Parameters, fault: Fault | None) -> Answer | None:
        """What a call gets; None where a fault keeps the answer back."""
        match fault:
            case None:
                return await self.carry_out(token, method, given)
            case Fault(kind=Kind.FLOOD):
                return _failed(too_many_requests(fault.retry_after))
            case Fault(kind=Kind.ERROR):
                return _failed(ApiError(fault.status, fault.description))
            case Fault(kind=Kind.SLOW):
                await self._sandbox.pause(fault.seconds)
                return await self.carry_out(token, method, given)
            case Fault(kind=Kind.TIMEOUT_AFTER):
                await self.carry_out(token, method, given)
        return None

    async def carry_out(self, token: str, method: str, given: Parameters) -> Answer:
        """Do what a method does."""
        try:
            bot = self._bot(token)
            if method.lower() not in BY_NAME:
                raise ApiError(404, "Not Found")
            result = BY_NAME[method.lower()][1](Request(self._sandbox.world, bot, given))
            return Answer(OK, {"ok": True, "result": await result if inspect.isawaitable(result) else result})
        except ApiError as error:
            return _failed(error)
        except Refusal as refusal:
            return _failed(ApiError(400, f"Bad Request: {refusal.sentence}"))

    def _bot(self, token: str) -> Bot:
        bot = self._sandbox.bot_with(token)
        if bot is None:
            raise ApiError(401, "Unauthorized") if TOKEN.fullmatch(token) else ApiError(404, "Not Found")
        return bot

    async def _never(self, http: web.Request, fault: Fault | None) -> web.StreamResponse:
        """Keep a call without an answer until its caller gives up or the sandbox stops, then hang up."""
        if fault is None or fault.kind is not Kind.REFUSE:
            await self._sandbox.pause(None)
        if http.transport is not None:
            http.transport.abort()
        raise asyncio.CancelledError

    async def _download(self, http: web.Request) -> web.StreamResponse:
        bot = self._sandbox.bot_with(http.match_info["token"])
        file = self._sandbox.world.files.by_path(http.match_info["path"]) if bot else None
        if file is None:
            return web.json_response(ApiError(404, "Not Found").as_dict(), status=404)
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _reply(self, bot: Bot, method: str, given: Parameters) -> None:
        """A call that came as the answer to a webhook's delivery: its own answer is only recorded."""
        self._record(bot.token, method, given, await self.carry_out(bot.token, method, given))

    def _record(self, token: str, method: str, given: Parameters, answer: Answer) -> None:
        self._sandbox.record.add(
            token=token,
            method=method,
            parameters=given.record(),
            status=answer.status,
            response=answer.body,
            at=self._sandbox.clock.now(),
        )


def _failed(error: ApiError) -> Answer:
    return Answer(error.code, error.as_dict())
