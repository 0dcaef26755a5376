"""The HTTP server: the Bot API for programs, /sandbox/ for people and scripts, and the chat page."""

from email.utils import format_datetime
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.botapi import BotApi
from sandbox.control import Control
from sandbox.static import routes as page_routes
from sandbox.stream import EventStream

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

# A file of 50 MB and what is around it.
LARGEST_REQUEST = 64 << 20
LAST_CALLS = 1.0  # seconds that calls under way are given at the end


class Server:
    """Serves a sandbox on one port. A call whose caller goes away is given up at once."""

    def __init__(self, sandbox: "Sandbox", host: str, port: int) -> None:
        self._sandbox = sandbox
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.on_response_prepare.append(self._date)
        app.add_routes(BotApi(self._sandbox).routes())
        app.add_routes(EventStream(self._sandbox).routes())
        app.add_routes(Control(self._sandbox).routes())
        app.add_routes(page_routes())
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=LAST_CALLS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        self._port = self._runner.addresses[0][1]

    async def _date(self, _: web.Request, answer: web.StreamResponse) -> None:
        """Answers are dated by the sandbox's clock, as messages are."""
        answer.headers["Date"] = format_datetime(self._sandbox.clock.now(), usegmt=True)

    async def stop(self) -> None:
        """Stop listening and hang up."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
