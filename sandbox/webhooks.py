"""Delivering updates to programs that wait for them at an address."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.body import answered
from sandbox.clock import Clock
from sandbox.parameters import Parameters
from sandbox.people import Bot

Json = dict[str, Any]
# Carries out a method that an answer to a delivery names: the bot, the method, its parameters.
Reply = Callable[[Bot, str, Parameters], Awaitable[None]]

PATIENCE = 30.0
MAX_PAUSE_SECONDS = 30.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105


@dataclass(slots=True, eq=False, kw_only=True)
class Webhook:
    """An address that a bot's updates go to."""

    bot: Bot
    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error: str | None = None
    last_error_date: int = 0


@dataclass(slots=True, eq=False)
class _Delivery:
    """What is on its way for one webhook: the updates of each chat in order, different chats at once."""

    webhook: Webhook
    slots: asyncio.Semaphore
    lanes: dict[Any, deque[Json]] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)


class Webhooks:
    """All webhooks of a sandbox; `pause` is the wait in seconds before the first new try, which doubles."""

    def __init__(self, clock: Clock, pause: float) -> None:
        self._clock = clock
        self._pause = pause
        self._deliveries: dict[int, _Delivery] = {}
        self._http: aiohttp.ClientSession | None = None
        self.reply: Reply | None = None

    def is_set(self, bot: Bot) -> bool:
        """Whether a bot has a webhook."""
        return bot.id in self._deliveries

    def set(self, webhook: Webhook) -> None:
        """Deliver to this address from now on."""
        self.remove(webhook.bot)
        delivery = _Delivery(webhook, asyncio.Semaphore(webhook.max_connections))
        self._deliveries[webhook.bot.id] = delivery
        self._start(delivery, self._watch(delivery))

    def remove(self, bot: Bot) -> None:
        """Deliver to a bot no longer."""
        delivery = self._deliveries.pop(bot.id, None)
        for task in delivery.tasks if delivery else ():
            task.cancel()

    def info(self, bot: Bot) -> Json:
        """Bot API's WebhookInfo."""
        delivery = self._deliveries.get(bot.id)
        info: Json = {
            "url": delivery.webhook.url if delivery else "",
            "has_custom_certificate": False,
            "pending_update_count": len(bot.inbox.pending),
        }
        if delivery is not None:
            info |= _details(delivery.webhook)
        return info | ({"allowed_updates": sorted(bot.inbox.allowed)} if bot.inbox.allowed else {})

    async def close(self) -> None:
        """End all deliveries."""
        tasks = [task for delivery in self._deliveries.values() for task in delivery.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._deliveries.clear()
        if self._http is not None:
            await self._http.close()
            self._http = None

    def _start(self, delivery: _Delivery, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        delivery.tasks.add(task)
        task.add_done_callback(delivery.tasks.discard)

    async def _watch(self, delivery: _Delivery) -> None:
        """Sort what comes in into lanes, one a chat, each worked off by its own task."""
        inbox = delivery.webhook.bot.inbox
        tap = inbox.tap()
        try:
            while True:
                self._queue(delivery, await tap.get())
        finally:
            inbox.untap(tap)

    def _queue(self, delivery: _Delivery, update: Json) -> None:
        lane = lane_of(update)
        if lane in delivery.lanes:
            delivery.lanes[lane].append(update)
        else:
            delivery.lanes[lane] = deque([update])
            self._start(delivery, self._work_off(delivery, lane))

    async def _work_off(self, delivery: _Delivery, lane: Any) -> None:
        queue = delivery.lanes[lane]
        while queue:
            await self._deliver(delivery, queue[0])
            queue.popleft()
        del delivery.lanes[lane]

    async def _deliver(self, delivery: _Delivery, update: Json) -> None:
        """Try until the answer is 2xx."""
        pause, inbox = self._pause, delivery.webhook.bot.inbox
        while update["update_id"] in inbox.pending:
            async with delivery.slots:
                error = await self._post(delivery.webhook, update)
            if error is None:
                inbox.remove(update)
                return
            delivery.webhook.last_error = error
            delivery.webhook.last_error_date = self._clock.timestamp()
            await asyncio.sleep(pause)
            pause = min(pause * 2, MAX_PAUSE_SECONDS)

    async def _post(self, webhook: Webhook, update: Json) -> str | None:
        """One try; gives what went wrong."""
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with self._http.post(webhook.url, json=update, headers=headers, allow_redirects=False) as answer:
                if not answer.ok or answer.status >= 300:  # noqa: PLR2004
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                await self._carry_out(webhook.bot, await answered(answer))
                return None
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Connection reset by peer"

    async def _carry_out(self, bot: Bot, call: Parameters) -> None:
        """An answer may itself be a call: whatever has a `method`."""
        if call.has("method") and self.reply is not None:
            await self.reply(bot, call.text("method"), call)


def lane_of(update: Json) -> Any:
    """The chat that an update is about, else its kind; updates of one lane are delivered in order."""
    kind, payload = next((name, value) for name, value in update.items() if name != "update_id")
    message = payload.get("message") if isinstance(payload.get("message"), dict) else payload
    chat = message.get("chat") if isinstance(message, dict) else None
    return chat["id"] if chat else kind


def _details(webhook: Webhook) -> Json:
    details: Json = {"max_connections": webhook.max_connections}
    if webhook.ip_address:
        details["ip_address"] = webhook.ip_address
    if webhook.last_error:
        details |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error}
    return details
