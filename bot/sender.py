"""Takes what waits in the outbox to the platform: in order within a chat, people's answers first, within its limits."""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar, cast

import structlog
from structlog.contextvars import bind_contextvars
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import refusals
from bot.calls import Calls, PollClosed
from bot.metrics import Metrics
from bot.pace import Pace
from bot.painting import Paint, Painting
from bot.request import AnswerLost, NotSent
from domain.messaging import delivery as deliveries
from domain.messaging import refused
from domain.messaging.delivery import ONCE, Call, Delivery, Receipt
from domain.messaging.poll import LastCount
from storage.database import Database, StoreError

log = structlog.get_logger()
MAX_CALLS_IN_FLIGHT = 90
LOOK_AGAIN = 1.0  # seconds
DRAIN = 2.0  # seconds that calls under way are given at the end
LAST_WORD = 1.0  # seconds that the store is given then
MAX_STORE_WAIT_SECONDS = 10  # seconds between two tries of a store that refuses
LAPSED_EVERY = 30.0  # seconds between two looks for calls that nobody waits for any more
MAX_WAIT_SECONDS = 60  # seconds between two tries of a call
MAX_LONE_TRIES = 8  # tries of a call that fails while the platform takes others
MAX_TRIES = 24 * 60  # a day's, once they are MAX_WAIT_SECONDS apart
FORGET_AFTER = 3600.0  # seconds without a try: the delivery was taken back, say
QUOTED = re.compile(r'"[^"]*"')
T = TypeVar("T")


@dataclass(slots=True)
class Trouble:
    """A delivery that the platform stumbles over: when last (loop's clock), and how often while it took others."""

    at: float
    alone: int = 0


class Sender:
    """One loop that claims rows and makes their calls; never two at once in a chat, so that their order holds."""

    def __init__(
        self,
        database: Database,
        bot: ExtBot[None],
        *,
        now: Callable[[], datetime],
        pace: Pace,
        poll_closed: PollClosed,
        moved: Callable[[], None] = lambda: None,
        metrics: Metrics | None = None,
        holder: str | None = None,
        dated: Callable[[datetime], None] = lambda _: None,
        redact: Callable[[str], str] = str,
        paint: Paint | None = None,
    ) -> None:
        """`poll_closed` hears the last count of a poll that was stopped, or `None` where the platform gave none.

        `holder` names this program in the leases of what it sends. `moved` is told when a group has a new id,
        `dated` the platform's date of each message that is sent. `redact` blanks secrets in the words of errors, which
        are kept with their delivery. `paint` paints a picture; where it gives none, its message is sent as text.
        """
        self._database = database
        self._now = now
        self._pace = pace
        self._poll_closed = poll_closed
        self._calls = Calls(bot, content=self._content, poll_closed=self._count, dated=dated)
        self._moved = moved
        self._metrics = metrics or Metrics()
        self._painting = Painting(paint, done=self.wake, metrics=self._metrics)
        self._redact = redact
        self._holder = holder or secrets.token_hex(8)
        self._wake = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}  # by delivery
        self._unsettled: set[int] = set()  # places where the store is still to hear what becomes of a failed call
        self._ended = 0
        self._open_claim: datetime | None = None  # when it was made; it may be kept, and not all of it called
        self._room_awaited = False
        self._taken_at = 0.0  # when the platform last took a call, on the loop's clock
        self._troubles: dict[int, Trouble] = {}
        self._lapsed_at = 0.0
        self._loop: asyncio.Task[None] | None = None
        self._looked = asyncio.Event()
        self._looking = False

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def start(self) -> None:
        """Mark what an earlier run left under way as unknown, and begin."""
        interrupted = await self._database.write(deliveries.resume, at=self._now())
        if interrupted:
            log.warning("calls were under way when the program ended", deliveries=interrupted)
        self._loop = asyncio.create_task(self._run(), name="sender")

    async def stop(self) -> None:
        """Finish the calls that are under way, as far as that takes a moment; the rest waits in the store."""
        if self._loop is not None:
            self._loop.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop
        await self._painting.stop()
        with suppress(StoreError, TimeoutError):  # then they count as lost at the next start
            async with asyncio.timeout(LAST_WORD):
                await self._undo_open_claim()
        tasks = list(self._busy.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=DRAIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until nothing is due any more."""
        while True:
            if self._busy:
                await asyncio.wait(self._busy.values())
            ended = self._ended
            for _ in range(1 + self._looking):  # one look may have begun before this was called
                self._looked.clear()
                self.wake()
                await self._looked.wait()
            if not self._busy and not await self._painting.idle() and ended == self._ended:
                return  # else what ended meanwhile may have let something follow

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            self._looking = True
            wait = LOOK_AGAIN
            try:
                await self._find_lapsed()
                wait = await self._hand_out()
            except StoreError as error:
                log.warning("the store refuses", error=str(error))
                self._looked.set()
            except Exception:  # a fault of ours in one row must not leave the bot mute
                log.exception("claiming what is due failed")
                self._looked.set()
            if wait <= 0:
                continue
            self._looking = False
            with suppress(TimeoutError):  # not wait_for: in Python 3.11 it swallows a cancellation that meets the event
                async with asyncio.timeout(wait):
                    await self._wake.wait()

    async def _hand_out(self) -> float:
        """Begin what may be sent now; seconds until a look is worth it again, unless somebody wakes it."""
        room = self._pace.room(MAX_CALLS_IN_FLIGHT - len(self._busy))
        self._room_awaited = not room
        if not room:
            return min(self._pace.pause(), LOOK_AGAIN)
        await self._undo_open_claim()
        barred = self._pace.barred() | self._unsettled | self._painting.places()
        ready = self._painting.ready()
        found = await self._claimed(room, barred, ready)
        rows = list(filter(ready, found))
        begun = self._painting.begin(row for row in found if not ready(row))
        for row in rows:
            await self._pace.begin(row.place)
            task = asyncio.create_task(self._deliver(row), name=f"delivery {row.id}")
            self._busy[row.id] = task
            task.add_done_callback(partial(self._free, row.id))
        self._open_claim = None
        if len(found) == room and (rows or begun):
            return 0
        self._looked.set()
        return min(self._pace.opens(), LOOK_AGAIN)

    async def _claimed(self, room: int, barred: frozenset[int], ready: Callable[[Delivery], bool]) -> list[Delivery]:
        """What has its turn. A claim whose answer is not heard stays open: it may be kept all the same."""
        at = self._now()
        self._open_claim = at
        return await self._database.write(
            deliveries.claim, holder=self._holder, at=at, limit=room, barred=barred, ready=ready
        )

    async def _undo_open_claim(self) -> None:
        """What was claimed all the same was not called, and waits for its turn as before."""
        if self._open_claim is not None:
            await self._database.write(deliveries.release, at=self._open_claim, alive=frozenset(self._busy))
            self._open_claim = None

    async def _find_lapsed(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._lapsed_at >= LAPSED_EVERY:
            self._lapsed_at = now
            self._troubles = {row: one for row, one in self._troubles.items() if now - one.at < FORGET_AFTER}
            lapsed = await self._database.write(deliveries.expire_leases, at=self._now(), alive=frozenset(self._busy))
            if lapsed:
                log.warning("calls were under way that nobody waits for", deliveries=lapsed)

    def _free(self, delivery: int, _: asyncio.Task[None]) -> None:
        del self._busy[delivery]
        self._ended += 1
        if self._room_awaited:
            self.wake()

    async def _deliver(self, row: Delivery) -> None:
        bind_contextvars(delivery=row.id)  # in every line that this task logs from here on
        try:
            receipt = await self._call(row)
        except Exception as error:  # whatever it was, the row says so and the others go on
            self._unsettled.add(row.place)  # where it is open whether the row is queued again, nobody claims it yet
            try:
                await self._failed(row, error)
            finally:
                self._unsettled.discard(row.place)
        else:
            self._metrics.sent(row.call, "sent")
            self._metrics.queued((self._now() - row.put_at).total_seconds(), urgent=row.urgent)
            if await self._note(deliveries.mark_sent, delivery=row, receipt=receipt):
                self.wake()

    async def _call(self, row: Delivery) -> Receipt:
        try:
            receipt = await self._calls.make(row, self._painting.take(row))
        finally:
            self._pace.end(row.place)
        self._taken_at = asyncio.get_running_loop().time()
        self._troubles.pop(row.id, None)
        return receipt

    async def _note(self, use_case: Callable[..., T], **arguments: Any) -> T:
        """Write down how far a delivery has come, however long the store takes."""
        return await self._until_taken(partial(self._database.write, use_case, **arguments))

    async def _until_taken(self, write: Callable[[], Awaitable[T]]) -> T:
        """Write again and again, until the store takes it."""
        for wait in count(1):
            try:
                return await write()
            except StoreError as error:
                log.warning("the store refuses", error=str(error))
                await asyncio.sleep(min(wait, MAX_STORE_WAIT_SECONDS))
        raise AssertionError  # it counts for ever

    async def _content(self, row: Delivery) -> bytes:
        return await self._note(deliveries.content, delivery=row.id)

    async def _count(self, row: Delivery, last: LastCount) -> None:
        """Hand on a poll's last count, however long the store takes: the platform counts only once."""
        await self._until_taken(partial(self._poll_closed, row, last))

    async def _failed(self, row: Delivery, error: Exception) -> None:
        """A call that did not end well: again later, gone elsewhere, unknown, or failed for good."""
        log.info("delivery", delivery=row.id, action=row.call, error=_told(error))
        if isinstance(error, ChatMigrated):
            await self._note(deliveries.move, chat=row.chat, platform_id=error.new_chat_id, at=self._now())
            self._moved()
            self._metrics.sent(row.call, "moved")
            await self._again(row, error, timedelta())
        elif isinstance(error, RetryAfter):
            self._metrics.sent(row.call, "flood")
            await self._again(row, error, cast(timedelta, error.retry_after))
        elif isinstance(error, AnswerLost) and row.call in ONCE:
            self._metrics.sent(row.call, "unknown")
            await self._note(deliveries.mark_unknown, delivery=row, error=self._words(row, error), at=self._now())
            self.wake()
        elif isinstance(error, BadRequest) and row.call is Call.REACT:
            self._metrics.sent(row.call, "refused")
            await self._note(deliveries.say_instead, delivery=row, error=self._words(row, error))
            self.wake()
        elif (
            isinstance(error, NetworkError) and not isinstance(error, BadRequest) and not self._is_hopeless(row, error)
        ):
            self._metrics.sent(row.call, "retry")
            await self._again(
                row, error, timedelta(seconds=min(MAX_WAIT_SECONDS, 2 ** min(row.tries, MAX_WAIT_SECONDS)))
            )
        else:
            self._metrics.sent(row.call, "failed")
            await self._give_up(row, error)

    def _is_hopeless(self, row: Delivery, error: NetworkError) -> bool:
        """Whether the platform takes everything but this, or has not taken it for a day: its chat waits no more."""
        now = asyncio.get_running_loop().time()
        trouble = self._troubles.setdefault(row.id, Trouble(now))
        if not isinstance(error, NotSent):
            trouble.alone += self._taken_at > trouble.at
        trouble.at = now
        return trouble.alone >= MAX_LONE_TRIES or row.tries >= MAX_TRIES

    async def _again(self, row: Delivery, error: Exception, wait: timedelta) -> None:
        await self._note(deliveries.retry, delivery=row, until=self._now() + wait, error=self._words(row, error))
        if not wait:
            self.wake()

    def _words(self, row: Delivery, error: Exception) -> str:
        """A failure as the store keeps it: without secrets, and of what is under a key without what it quotes."""
        return self._redact(_told(error) if row.under else str(error))

    async def _give_up(self, row: Delivery, error: Exception) -> None:
        self._troubles.pop(row.id, None)
        log.warning("delivery given up", delivery=row.id, action=row.call, tries=row.tries + 1, error=_told(error))
        why = refusals.why(error)
        await self._note(refused.move_or_fail, delivery=row, why=why, error=self._words(row, error), at=self._now())
        self.wake()
        if not isinstance(error, TelegramError):
            log.error("delivery failed", delivery=row.id, exc_info=error)


def _told(error: Exception) -> str:
    """A failure in a line of the log: the platform's words without what they quote; of other errors the kind alone."""
    kind = type(error).__name__
    return f"{kind}: {QUOTED.sub('…', error.message)}" if isinstance(error, TelegramError) else kind
