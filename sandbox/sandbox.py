"""The sandbox itself: what tests and scripts use, and what the HTTP side is a thin layer over."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Literal, Self

from sandbox.accounts import Accounts
from sandbox.calls import Call, Calls
from sandbox.clock import Clock
from sandbox.conversation import Conversation
from sandbox.errors import Refusal
from sandbox.faults import Fault, Faults, Kind
from sandbox.limits import Limits
from sandbox.server import Server
from sandbox.webhooks import Webhooks
from sandbox.world import World


class Sandbox(Accounts, Conversation):
    """A local Telegram: an async context manager that serves while it is open.

    `port` 0 is any free port. `clock` is real time unless another one is given; `zone` is the IANA zone that the page
    shows times in. `limits` are Telegram's flood limits, which hold only where `Limits(enforced=True)` is given.
    `pause` is how many seconds the first new try of a webhook's delivery waits.

    Methods take chats and users as objects or as ids, and raise Refusal (with one sentence) for what can't be.
    Messages that they give are Bot API's Message as a dict.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        clock: Clock | None = None,
        zone: str | None = None,
        limits: Limits | None = None,
        pause: float = 0.5,
    ) -> None:
        self.clock = clock or Clock()
        self.zone = zone
        self.limits = limits or Limits()
        self.faults = Faults()
        self.record = Calls()
        self.webhooks = Webhooks(self.clock, pause)
        self.world = World(self.clock, self.limits, self.webhooks)
        self._server = Server(self, host, port)
        self._closed: asyncio.Event | None = None
        self._deaf: Callable[[], None] = lambda: None

    async def __aenter__(self) -> Self:
        """Start serving. Raises OSError when the port is taken."""
        self._closed = asyncio.Event()
        self.world.closing = False
        await self._server.start()
        self.clock.start()
        self._deaf = self.clock.listen(self._tell_time)
        return self

    async def __aexit__(self, *exc: object) -> None:
        """End whatever waits, then stop serving."""
        self.world.closing = True
        if self._closed is not None:
            self._closed.set()
        self.clock.stop()
        self._deaf()
        self.world.events.end()
        for bot in self.world.bots():
            bot.inbox.interrupt()
        self.world.give_up_queries()
        await self.webhooks.close()
        await self._server.stop()

    @property
    def url(self) -> str:
        """Where it serves, without a slash at the end: the page, and the root of the Bot API."""
        return self._server.url

    async def pause(self, seconds: float | None) -> None:
        """Wait so many seconds (None: for ever), but no longer than the sandbox runs."""
        if self._closed is not None:
            try:
                async with asyncio.timeout(seconds):
                    await self._closed.wait()
            except TimeoutError:
                pass

    def reset(self) -> None:
        """Forget people, chats, calls and faults. Bots keep their accounts, and the clock its time."""
        bots = list(self.world.bots())
        self.clock.forget_alarms()
        self.world.events.end()
        self.world.give_up_queries()
        self.world = World(self.clock, self.limits, self.webhooks)
        self.world.users = {bot.id: bot for bot in bots}
        for bot in bots:
            bot.inbox.clear()
        self.faults.clear()
        self.record.clear()
        self.limits.forget()

    def _tell_time(self, now: datetime) -> None:
        self.world.events.tell_all({"type": "clock", "now": now.isoformat()})

    @property
    def calls(self) -> list[Call]:
        """Every call of the Bot API so far (the newest 50,000), oldest first."""
        return self.record.after()

    def fault(
        self,
        method: str,
        *,
        kind: Literal["timeout_before", "timeout_after", "flood", "error", "refuse", "slow"],
        times: int = 1,
        token: str | None = None,
        seconds: float = 1.0,
        status: int = 502,
        description: str = "Bad Gateway",
        retry_after: int = 1,
        chat: int | None = None,
        thread: int | None = None,
    ) -> Fault:
        """Let the next `times` calls of a method ("*" is any; of one token, if given) go wrong.

        With `chat` or `thread` those for that chat or topic alone; `thread` 0: those that name no topic.

        `timeout_before`: no effect, no answer. `timeout_after`: effect, no answer. `flood`: 429 with `retry_after`.
        `error`: `status` and `description`. `refuse`: the connection is closed. `slow`: `seconds`, then as usual.
        """
        if times < 1:
            raise Refusal("A fault strikes at least once.")
        return self.faults.add(
            Fault(method, Kind(kind), times, token, seconds, status, description, retry_after, chat, thread),
        )
