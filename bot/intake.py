"""Takes updates in: stored first, acknowledged then, handled in the order of their chat."""

import asyncio
import json
import time
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any, cast

import structlog
from structlog.contextvars import bound_contextvars
from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # RequestData takes nothing else

from bot.application import Jingyi, RefusingApplication
from bot.lanes import Lanes
from bot.metrics import Metrics
from bot.request import Request
from domain import inbox
from domain.ids import UpdateId
from domain.inbox import Received
from storage.store import Store, StoreError

log = structlog.get_logger()
MOST_UNDER_WAY = 256
POLL_SECONDS = 25
MARGIN = 10  # seconds on top of a long poll
BACK_OFF = (1, 2, 5, 10, 30)  # seconds, the last one again and again
DRAIN = 6.0  # seconds
WANTED = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
]


class Intake:
    """Fetches by long polling, or is handed a webhook's bodies; a restart handles again what was not done."""

    def __init__(
        self,
        store: Store,
        application: Jingyi,
        request: Request,
        *,
        now: Callable[[], datetime],
        metrics: Metrics | None = None,
    ) -> None:
        """`request` fetches; it is the application's transport."""
        self._store = store
        self._request = request
        self._application = application
        self._now = now
        self._metrics = metrics or Metrics()
        self._lanes = Lanes(MOST_UNDER_WAY)
        self._polling: asyncio.Task[None] | None = None
        self._started = False

    @property
    def running(self) -> bool:
        """Whether updates are taken in: by polling that goes on, or by a webhook."""
        return self._started and (self._polling is None or not self._polling.done())

    async def start(self) -> None:
        """Handle what an earlier run left undone."""
        await self._hand_out(await self._store.read(inbox.open_updates))
        self._started = True

    def poll(self) -> None:
        """Fetch updates from now on."""
        self._polling = asyncio.create_task(self._poll(), name="intake")

    async def stop(self) -> None:
        """Fetch no more, and finish what runs; the rest is handled after the next start."""
        self._started = False
        if self._polling is not None:
            self._polling.cancel()
            with suppress(asyncio.CancelledError):
                await self._polling
        await self._lanes.drain(DRAIN)

    async def idle(self) -> None:
        """Wait until everything that came in is handled."""
        await self._lanes.drain()

    async def receive(self, bodies: Sequence[dict[str, Any]]) -> None:
        """Store updates, then begin to handle those that are new. Raises StoreError, and then none is stored."""
        received = [Received(UpdateId(body["update_id"]), _text(body)) for body in bodies]
        await self._hand_out(await self._store.write(inbox.receive, updates=received, at=self._now()))

    async def _poll(self) -> None:
        offset, failures = 0, 0
        while True:
            try:
                bodies = await self._fetch(offset)
                if bodies:
                    await self._take(bodies)
                    offset = max(body["update_id"] for body in bodies) + 1
                failures = 0
            except (TelegramError, StoreError) as error:
                wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
                log.warning("fetching updates failed", error=_told(error), again_in=wait)
                failures += 1
                await asyncio.sleep(wait)
            except Exception:  # a fault of ours must not leave the bot deaf
                log.exception("fetching updates failed")
                await asyncio.sleep(BACK_OFF[0])

    async def _take(self, bodies: Sequence[dict[str, Any]]) -> None:
        """Store a batch; one that fails of a fault of ours is stored update by update, without the one at fault."""
        try:
            await self.receive(bodies)
            return
        except StoreError:
            raise
        except Exception:  # which update it was shows below
            log.exception("storing updates failed")
        for body in bodies:
            try:
                await self.receive([body])
            except StoreError:
                raise
            except Exception:  # set aside, for good: the platform would deliver it again and again
                log.exception("an update could not be stored", update=body.get("update_id"))

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        wanted = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": WANTED}
        data = RequestData([RequestParameter.from_input(name, value) for name, value in wanted.items()])
        url = f"{self._application.bot.base_url}/getUpdates"
        result = await self._request.post(url, data, read_timeout=POLL_SECONDS + MARGIN)
        return cast("list[dict[str, Any]]", result)

    async def _hand_out(self, updates: Sequence[Received]) -> None:
        for received in updates:
            body = json.loads(received.body)
            await self._lanes.put(lane_of(body), partial(self._handle, received, body))

    async def _handle(self, received: Received, body: dict[str, Any]) -> None:
        """Handle one update, whose id is in every line that is logged meanwhile."""
        with bound_contextvars(update=received.id):
            await self._handle_until_done(received, body)

    async def _handle_until_done(self, received: Received, body: dict[str, Any]) -> None:
        """Handle one update until that is done or given up; never raises, so that its chat goes on."""
        for wait in count(1):
            begun, outcome = time.monotonic(), "failed"
            try:
                await self._application.process_update(Update.de_json(body, self._application.bot))
                await self._close(received)
                outcome = "done"
                return
            except StoreError as error:  # the update is safe where it is; the store will be back
                outcome = "refused"
                log.warning("the store refuses", update=received.id, error=str(error))
            except Exception as error:  # a fault of ours in one update must not stop the others
                log.exception("handling an update failed", update=received.id)
                if await self._give_up(received, body, error):
                    outcome = "set_aside"
                    return
            finally:
                self._metrics.handled(kind_of(body), outcome, time.monotonic() - begun)
            await asyncio.sleep(BACK_OFF[min(wait, len(BACK_OFF)) - 1] / 4)

    async def _close(self, received: Received) -> None:
        closed = self._application.bot_data.closed
        if received.id in closed:
            closed.discard(received.id)
        else:
            await self._store.write(inbox.close, update=received.id, at=self._now())

    async def _give_up(self, received: Received, body: dict[str, Any], error: Exception) -> bool:
        """Note a failure; after the last one set the update aside, with a word to whoever waits."""
        told = type(error).__name__
        try:
            if not await self._store.write(inbox.fail, update=received.id, error=told):
                return False
            log.error("an update was set aside", update=received.id)
            with suppress(Exception):  # the apology may fail of the same fault
                await cast(RefusingApplication, self._application).apologise(
                    Update.de_json(body, self._application.bot)
                )
            await self._close(received)
        except StoreError:
            return False
        return True


def kind_of(body: dict[str, Any]) -> str:
    """Which of the kinds that were asked for an update is; `other` for what came all the same."""
    return next((kind for kind in WANTED if kind in body), "other")


def _text(body: dict[str, Any]) -> str:
    """An update as the store keeps it; half characters, which no store takes, become question marks."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace").decode()


def lane_of(body: dict[str, Any]) -> Hashable:
    """What an update must keep its order with: its chat, else its sender, else its poll."""
    for kind in body.values():
        if not isinstance(kind, dict):
            continue
        message = kind.get("message") if "chat_instance" in kind else kind
        for place in (message, kind):
            if isinstance(place, dict):
                for name in ("chat", "from", "user"):
                    if isinstance(place.get(name), dict):
                        return cast(Hashable, place[name].get("id"))
        return cast(Hashable, kind.get("id"))
    return None


def _told(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another program fetches this bot's updates, or a webhook is set"
    return "the token is not valid" if isinstance(error, InvalidToken) else f"{type(error).__name__}: {error}"
