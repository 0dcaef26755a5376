"""Takes updates in: stored first, acknowledged then, handled in the order of their chat."""

import asyncio
import json
import time
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
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
from handlers.seen import moves, see
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


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update on its way: the platform's JSON, and how PTB reads it; `None` where it could not, or has yet to."""

    text: str
    body: dict[str, Any]
    update: Update | None = None

    @property
    def id(self) -> UpdateId:
        """The platform's number."""
        return UpdateId(self.body["update_id"])

    @property
    def received(self) -> Received:
        """The update as the store takes it."""
        speaks = self.update is not None and not moves(self.update)
        return Received(self.id, self.text, see(self.update) if self.update and speaks else None)


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
        for left in await self._store.read(inbox.open_updates):
            await self._hand_out(Arrived(left.body, json.loads(left.body)))
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
        await self._keep([self._read(body) for body in bodies])

    def _read(self, body: dict[str, Any]) -> Arrived:
        arrived = arrive(body)
        try:
            return replace(arrived, update=Update.de_json(arrived.body, self._application.bot))
        except Exception:  # handling it will say what is wrong, once it is safe
            return arrived

    async def _keep(self, arrived: Sequence[Arrived]) -> None:
        """Store updates and who speaks in them, in one transaction; then hand out those that are new."""
        services = self._application.bot_data
        new = await self._store.write(
            inbox.receive, updates=[one.received for one in arrived], habits=services.habits, at=self._now()
        )
        services.met.update((update, present) for update, present in new if present is not None)
        by_id = {one.id: one for one in arrived}
        for update, _ in new:
            await self._hand_out(by_id[update])

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
                await self._keep([arrive(body)])
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

    async def _hand_out(self, arrived: Arrived) -> None:
        await self._lanes.put(lane_of(arrived.body), partial(self._handle, arrived))

    async def _handle(self, arrived: Arrived) -> None:
        """Handle one update, whose id is in every line that is logged meanwhile."""
        with bound_contextvars(update=arrived.id):
            await self._handle_until_done(arrived)

    async def _handle_until_done(self, arrived: Arrived) -> None:
        """Handle one update until that is done or given up; never raises, so that its chat goes on."""
        for wait in count(1):
            begun, outcome = time.monotonic(), "failed"
            try:
                await self._process(arrived)
                outcome = "done"
                return
            except StoreError as error:  # the update is safe where it is; the store will be back
                outcome = "refused"
                log.warning("the store refuses", update=arrived.id, error=str(error))
            except Exception as error:  # a fault of ours in one update must not stop the others
                log.exception("handling an update failed", update=arrived.id)
                if await self._give_up(arrived, error):
                    outcome = "set_aside"
                    return
            finally:
                self._metrics.handled(kind_of(arrived.body), outcome, time.monotonic() - begun)
            await asyncio.sleep(BACK_OFF[min(wait, len(BACK_OFF)) - 1] / 4)

    async def _process(self, arrived: Arrived) -> None:
        update = arrived.update or Update.de_json(arrived.body, self._application.bot)
        await self._application.process_update(update)
        await self._close(arrived.id)
        if moves(update):
            self._application.bot_data.met.clear()  # of what came meanwhile it is asked anew who speaks, and where

    async def _close(self, update: UpdateId) -> None:
        closed = self._application.bot_data.closed
        if update in closed:
            closed.discard(update)
        else:
            await self._store.write(inbox.close, update=update, at=self._now())

    async def _give_up(self, arrived: Arrived, error: Exception) -> bool:
        """Note a failure; after the last one set the update aside, with a word to whoever waits."""
        told = type(error).__name__
        try:
            if not await self._store.write(inbox.fail, update=arrived.id, error=told):
                return False
            log.error("an update was set aside", update=arrived.id)
            with suppress(Exception):  # the apology may fail of the same fault
                await cast(RefusingApplication, self._application).apologise(
                    Update.de_json(arrived.body, self._application.bot)
                )
            await self._close(arrived.id)
        except StoreError:
            return False
        return True


def kind_of(body: dict[str, Any]) -> str:
    """Which of the kinds that were asked for an update is; `other` for what came all the same."""
    return next((kind for kind in WANTED if kind in body), "other")


def arrive(body: dict[str, Any]) -> Arrived:
    """An update as the store keeps it; half characters, which no store takes, become question marks."""
    text = json.dumps(body, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
        body = json.loads(text)
    return Arrived(text, body)


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
