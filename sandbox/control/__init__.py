"""`/sandbox/…`: the people's side and control, over HTTP. Each call parses, does one thing, and answers."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.control.accounts import AccountCalls
from sandbox.control.chats import ChatCalls
from sandbox.control.messages import MessageCalls
from sandbox.control.wish import Wish, read
from sandbox.control.workings import WorkingCalls
from sandbox.errors import ApiError, Refusal
from sandbox.origin import guarded

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


class Control:
    """The calls of `/sandbox/…`, on one sandbox."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._desks = (AccountCalls(sandbox), ChatCalls(sandbox), MessageCalls(sandbox), WorkingCalls(sandbox))

    def routes(self) -> list[web.RouteDef]:
        """What to serve."""
        entries = [entry for desk in self._desks for entry in desk.entries()]
        routes = [web.route(verb, f"/sandbox/{path}", answering(handler)) for verb, path, handler in entries]
        files = web.get("/sandbox/files/{file_id}", self._file)
        return [*routes, files, web.route("*", "/sandbox{path:(/.*)?}", answering(_lost))]

    async def _file(self, http: web.Request) -> web.StreamResponse:
        file = self._sandbox.world.files.by_id(http.match_info["file_id"])
        if file is None:
            return web.json_response({"error": "There is no such file."}, status=404)
        # A file that somebody sent must not run in the page: only pictures are shown, all else is downloaded.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if not file.is_photo:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=file.mime_type, headers=headers)


def _lost(_: Wish) -> None:
    raise Refusal("There is no such call; docs/sandbox.md lists them.", 404)


def answering(handler: Callable[[Wish], Any]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler as aiohttp calls it: its result becomes JSON, a refusal a 4xx with `{"error": sentence}`."""

    async def answer(http: web.Request) -> web.StreamResponse:
        try:
            guarded(http)
            result = handler(await read(http))
            return web.json_response(await result if isinstance(result, Awaitable) else result)
        except Refusal as refusal:
            return web.json_response({"error": refusal.sentence}, status=refusal.status)
        except ApiError as error:
            return web.json_response({"error": error.description}, status=error.code)

    return answer
