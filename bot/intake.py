"""Takes updates in: stored first, acknowledged then, handled in the order of their chat."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

import structlog
from telegram import Update

from bot import jsons
from bot.application import Jingyi
from bot.gathering import Gathering
from bot.handling import Handling
from bot.lanes import Lanes, Work
from bot.metrics import Metrics
from bot.polling import BACK_OFF, Bodies, Polling
from bot.reading import Arrived, arrive, person_of, read, written_at
from bot.request import Request
from bot.tries import Tries
from bot.words import at_once
from domain.ids import UpdateId, WorkerId
from domain.messaging import inbox, numbering
from domain.messaging.inbox import ALONE, NOBODY, Received
from domain.messaging.numbering import Numbering
from handlers.limits import MAX_HELD_OF_CHAT, MAX_IN_FLIGHT, MAX_IN_FLIGHT_OF_PERSON
from storage.database import Database, StoreError
from storage.messaging.worker import Word, Worker

log = structlog.get_logger()
DRAIN = 4.0  # seconds
LAST_WORD = 1.0  # seconds that the store is given at the end
LOOK_AGAIN = 2.0  # seconds
PAUSE = 0.1  # seconds between two searches: what others store meanwhile is read once
MAX_ORIGINS_AT_ONCE = 50  # in one transaction
MAX_UPDATES_AT_ONCE = 100  # of a webhook's updates, in one transaction


class Intake:
    """Fetches by long polling, or is handed a webhook's bodies; a restart handles again what was not done."""

    def __init__(
        self,
        database: Database,
        application: Jingyi,
        request: Request,
        *,
        now: Callable[[], datetime],
        worker: Worker,
        metrics: Metrics | None = None,
        dated: Callable[[datetime], None] = lambda _: None,
        ready: Callable[[], Awaitable[None]] = at_once,
    ) -> None:
        """`request` fetches; it is the application's transport. `worker` is who this program is among others.

        `dated` hears when people wrote what comes in. `ready` waits until what handlers wait for is loaded.
        """
        self._dated = dated
        self._database = database
        self._application = application
        self._now = now
        self._worker = worker
        self._lanes = Lanes(MAX_IN_FLIGHT, MAX_IN_FLIGHT_OF_PERSON)
        self._gathering = Gathering[Arrived](
            lambda arrived: self._keep(arrived),  # noqa: PLW0108 - looked up at each call: tests put another in its place
            MAX_UPDATES_AT_ONCE,
        )
        self._handling = Handling(database, application, now=now, metrics=metrics or Metrics(), ready=ready)
        self._tries = self._handling.tries
        self._numbering = Numbering()
        self._polling = Polling(request, self._take)
        self._started = False
        self._known: set[UpdateId] = set()  # updates that are handled here now, or wait for that, or may come to
        self._handed_out: set[UpdateId] = set()  # those of them that stand in their lanes
        self._handled: set[UpdateId] = set()  # those whose handling has ended since the last look began
        self._nudged = asyncio.Event()
        self._looking = asyncio.Lock()
        self._looks: asyncio.Task[None] | None = None
        self._take_over_at = 0.0

    @property
    def running(self) -> bool:
        """Whether updates are taken in: by polling that goes on, or by a webhook."""
        return self._started and not self._polling.ended

    @property
    def tries(self) -> Tries:
        """Which updates are handled now."""
        return self._tries

    async def start(self) -> None:
        """Handle what was left undone, and look for more of it from time to time. Raises StoreError."""
        await self._number()
        await self._look()
        self._looks = asyncio.create_task(self._look_again(), name="look")
        self._started = True

    def look(self) -> None:
        """There may be updates in the store that were given to this program."""
        self._nudged.set()

    def take_over(self) -> None:
        """There may be updates in the store that were left to the leader."""
        self._take_over_at = 0.0
        self._nudged.set()

    def poll(self) -> None:
        """Fetch updates from now on."""
        self._polling.start(self._application.bot.base_url)

    async def stop(self) -> None:
        """Fetch no more, and finish what runs; the rest is left to the others, or to the next start."""
        self._started = False
        await self._polling.stop()
        if self._looks is not None:
            self._looks.cancel()
            with suppress(asyncio.CancelledError):
                await self._looks
        await self._gathering.stop()
        await self._lanes.drain(DRAIN)
        await self._tries.stop()
        await self._leave()

    async def _leave(self) -> None:
        """Leave the rest to others; what was cut off has lost no try."""
        cut_off = self._tries.cut_off
        if cut_off or self._worker.id != ALONE:
            with suppress(StoreError, TimeoutError):  # then it is taken over once this worker is gone
                async with asyncio.timeout(LAST_WORD):
                    await self._database.write(inbox.hand_back, worker=self._worker.id, cut_off=cut_off)
        if self._worker.id != ALONE:
            self._worker.tell(Word.LEFT)

    async def catch_up(self, seconds: float) -> None:
        """Wait, at most so long, until updates from before the start are handled. Only for long polling."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._polling.caught_up.wait()
                await self.idle()

    async def idle(self) -> None:
        """Wait until everything that came in is handled."""
        await self._lanes.drain()

    async def receive(self, bodies: Bodies) -> None:
        """Store updates, then begin to handle those that are new. Raises StoreError, and then none is stored.

        What a webhook brings one by one is stored together while the store is busy.
        """
        await self._gathering.add([self._read(body) for body in bodies])

    async def _number(self) -> None:
        """Number updates as this bot's."""
        bot = self._application.bot.id
        self._numbering = await self._database.write(numbering.begin, bot=bot, at=self._now())
        if self._numbering.set_aside:
            log.warning("the store has served another bot; its updates are set aside", count=self._numbering.set_aside)

    def _arrive(self, body: dict[str, Any]) -> Arrived:
        if self._numbering.base:
            body = {**body, "update_id": self._numbering.number(body["update_id"])}
        return arrive(body)

    def _read(self, body: dict[str, Any]) -> Arrived:
        arrived = self._arrive(body)
        if (date := written_at(arrived.body)) is not None:
            self._dated(date)
        return Arrived(arrived.text, arrived.body, self._update(arrived.body))

    def _update(self, body: dict[str, Any]) -> Update | None:
        try:
            return read(body, self._application.bot)
        except Exception:  # handling it will say what is wrong, once it is safe
            return None

    async def _keep(self, arrived: Sequence[Arrived]) -> None:
        """Store updates and who speaks in them, in one transaction; then hand out those that are new, and ours."""
        services, at = self._application.bot_data, self._now()
        fresh = {one.id for one in arrived} - self._known
        self._known |= fresh
        try:
            taken = await self._database.write(
                inbox.receive,
                updates=[one.received for one in arrived],
                locale=services.locale,
                at=at,
                worker=self._worker.id,
            )
        except BaseException:  # it may be stored all the same: then a look finds it
            self._known -= fresh
            self.look()
            raise
        ours = {one.id: one for one in taken if one.given.worker == self._worker.id}
        self._known -= fresh - ours.keys()
        self._known |= ours.keys()  # one may have come twice at once, and failed the first time
        for one in ours.values():
            if one.given.tries:
                self._tries.counted(one.id)
        self._tell({one.given.worker for one in taken})
        services.came.update(dict.fromkeys(ours, at))
        services.known_actors.update((one.id, one.actor) for one in ours.values() if one.actor is not None)
        before = {one.given.after for one in ours.values()} - {None}
        if before - ours.keys() - self._handed_out:
            await self._catch_up(ours.keys())
        for update in arrived:
            if ours.pop(update.id, None):
                self._hand_out(update)

    async def _catch_up(self, waiting: Collection[UpdateId]) -> None:
        """Hand out what another worker has stored for this one, and what belongs before updates that wait."""
        try:
            await self._look()
        except BaseException:  # then look for all of them once the store is back, in their order
            self._known.difference_update(waiting)
            self.look()
            raise

    def _tell(self, workers: Collection[WorkerId]) -> None:
        """Let others know that they have got updates."""
        for worker in workers:
            if worker != self._worker.id:
                self._worker.tell(Word.LEFT if worker == NOBODY else worker)

    async def _look_again(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await self._nudged.wait()
            self._nudged.clear()
            try:
                await self._look()
            except StoreError as error:
                log.warning("the store refuses", error=str(error))
            except Exception:  # a fault of ours must not leave updates lying
                log.exception("looking for updates failed")
            await asyncio.sleep(PAUSE)

    async def _look(self) -> None:
        """Hand out what the store has for this worker and it does not know of. Raises StoreError."""
        async with self._looking:
            if self._worker.leads and time.monotonic() >= self._take_over_at:
                self._take_over_at = time.monotonic() + LOOK_AGAIN  # a word that comes meanwhile sets it back
                await self._take_over()
            known = frozenset(self._known)
            self._handled.clear()
            left = await self._database.read(
                inbox.open_updates, worker=self._worker.id, but=known, most_of_lane=MAX_HELD_OF_CHAT
            )
            met = self._known | self._handled  # while the store was read
            found = [one for one in left if one.id not in met]
            for one in found:
                self._tries.found(one.id, one.tries, waits=one.waits)
            for first in range(0, len(found), MAX_ORIGINS_AT_ONCE):
                await self._meet(found[first : first + MAX_ORIGINS_AT_ONCE])

    def _parsed(self, text: str) -> Arrived:
        body = jsons.read(text)
        return Arrived(text, body, self._update(body))

    async def _meet(self, left: Sequence[Received]) -> None:
        """Know who speaks in updates that were stored before, in one transaction, and hand them out."""
        services = self._application.bot_data
        found = {one.id: self._parsed(one.body) for one in left if one.body}
        services.came.update((one.id, one.came) for one in left if one.came is not None)
        origins = {update: one.received.origin for update, one in found.items()}
        speaks = {
            update: replace(who, came=services.came.get(update)) for update, who in origins.items() if who is not None
        }
        try:
            met = await self._database.write(inbox.meet, origins=speaks, locale=services.locale, at=self._now())
            services.known_actors.update(met.items())
        except StoreError:
            raise
        except Exception:  # which update it was shows when each is handled
            log.exception("it is not known who speaks")
        for one in left:
            self._known.add(one.id)
            if one.id in found:
                self._hand_out(found[one.id])
            else:
                self._leave_in_store(one.id, one.lane)

    async def _take_over(self) -> None:
        """The leader handles what workers that are gone have left."""
        others = await self._database.read(inbox.workers) - {self._worker.id}
        gone = others and others - await self._worker.living()
        if gone:
            await self._database.write(inbox.take_over, worker=self._worker.id, gone=gone)
            log.info("took over what was left")

    async def _take(self, bodies: Bodies) -> None:
        """Store a batch; one that fails of a fault of ours is stored update by update, without the one at fault."""
        try:
            await self._keep([self._read(body) for body in bodies])
            return
        except StoreError:
            raise
        except Exception:  # which update it was shows below
            log.exception("storing updates failed")
        for body in bodies:
            try:
                await self._keep([self._arrive(body)])
            except StoreError:
                raise
            except Exception:  # set aside, for good: the platform would deliver it again and again
                log.exception("an update could not be stored", update=body.get("update_id"))

    def _hand_out(self, arrived: Arrived) -> None:
        """Let an update wait in its lane: as a whole, or by its number alone where many wait there already."""
        person, lane = person_of(arrived.body), arrived.lane
        if self._lanes.waiting(lane) >= MAX_HELD_OF_CHAT:
            self._leave_in_store(arrived.id, lane, person)
        else:
            self._put(arrived.id, lane, partial(self._handle, arrived), person)

    def _leave_in_store(self, update: UpdateId, lane: str, person: Hashable | None = None) -> None:
        self._application.bot_data.known_actors.pop(update, None)
        self._put(update, lane, partial(self._handle_stored, update), person)

    def _put(self, update: UpdateId, lane: str, work: Work, person: Hashable | None) -> None:
        self._handed_out.add(update)
        self._application.bot_data.limits.came(update)
        self._lanes.put(lane, work, person)

    async def _handle_stored(self, update: UpdateId) -> None:
        """Handle an update that was left in the store; nothing where it is closed by now."""
        body = await self._fetch_body(update)
        if body:
            await self._handle(self._parsed(body))
        else:
            self._forget(update)

    async def _fetch_body(self, update: UpdateId) -> str | None:
        for wait in count(1):
            try:
                body = await self._database.read(inbox.body_of, update=update)
                if body == "":
                    log.warning("an update can no longer be read, and is closed", update=update)
                    await self._database.write(inbox.close, update=update, at=self._now())
                return body
            except StoreError as error:  # the update is safe where it is; the store will be back
                log.warning("the store refuses", update=update, error=str(error))
            await asyncio.sleep(BACK_OFF[min(wait, len(BACK_OFF)) - 1] / 4)
        raise AssertionError  # it counts for ever

    def _forget(self, update: UpdateId) -> None:
        self._known.discard(update)
        self._application.bot_data.came.pop(update, None)
        if self._looking.locked():
            self._handled.add(update)
        self._handed_out.discard(update)
        self._application.bot_data.limits.gone(update)

    async def _handle(self, arrived: Arrived) -> None:
        try:
            await self._handling.handle(arrived)
        finally:
            self._forget(arrived.id)
