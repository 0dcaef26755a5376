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
from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram import Poll as TelegramPoll
from telegram.constants import ParseMode, PollType
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.metrics import Metrics
from bot.pace import Pace
from bot.request import AnswerLost, NotSent
from domain.messaging import delivery as deliveries
from domain.messaging.delivery import ONCE, Action, Delivery, Receipt
from domain.messaging.poll import Tally
from handlers.origin import deep_link
from storage.database import Database, StoreError
from storage.messaging.outbox import LINK

log = structlog.get_logger()
MAX_CALLS_IN_FLIGHT = 90
GRACE = 30  # seconds in which we close a poll, with its last count, before it closes by itself
LOOK_AGAIN = 1.0  # seconds
DRAIN = 2.0  # seconds that calls under way are given at the end
LAST_WORD = 1.0  # seconds that the store is given then
MAX_STORE_WAIT_SECONDS = 10  # seconds between two tries of a store that refuses
LAPSED_EVERY = 30.0  # seconds between two looks for calls that nobody waits for any more
MAX_WAIT_SECONDS = 60  # seconds between two tries of a call
MAX_LONE_TRIES = 8  # tries of a call that fails while the platform takes others
MAX_TRIES = 24 * 60  # a day's, once they are MAX_WAIT_SECONDS apart
FORGET_AFTER = 3600.0  # seconds without a try: the delivery was taken back, say
MAX_PROMPT_CHARS = 64  # the platform's limit
PERSON = re.compile(r'href="person:(\d+)"')
QUOTED = re.compile(r'"[^"]*"')
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
T = TypeVar("T")
PollClosed = Callable[[Delivery, Tally | None], Awaitable[None]]


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
    ) -> None:
        """`poll_closed` hears the last count of a poll that was stopped, or `None` where the platform gave none.

        `holder` names this program in the leases of what it sends. `moved` is told when a group has a new id.
        """
        self._database = database
        self._bot = bot
        self._now = now
        self._pace = pace
        self._poll_closed = poll_closed
        self._moved = moved
        self._metrics = metrics or Metrics()
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
        self._calls: dict[Action, Callable[[Delivery], Awaitable[Receipt]]] = {
            Action.SAY: self._say,
            Action.ASK: self._ask,
            Action.REWRITE: self._rewrite,
            Action.CLOSE_POLL: self._close_poll,
            Action.TAKE_BACK: self._take_back,
            Action.DOCUMENT: self._send,
        }

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def start(self) -> None:
        """Settle what an earlier run left under way, and begin."""
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
            ended = self._ended
            for _ in range(2):  # the first look may have begun before this was called
                self._looked.clear()
                self.wake()
                await self._looked.wait()
            if self._busy:
                await asyncio.wait(self._busy.values())
            elif ended == self._ended:  # what ended meanwhile may have let something follow
                return

    async def _run(self) -> None:
        while True:
            self._wake.clear()
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
        barred = self._pace.barred() | self._unsettled
        rows = await self._claimed(room, barred)
        for row in rows:
            await self._pace.begin(row.place)
            task = asyncio.create_task(self._deliver(row), name=f"delivery {row.id}")
            self._busy[row.id] = task
            task.add_done_callback(partial(self._free, row.id))
        self._open_claim = None
        if len(rows) == room:
            return 0
        self._looked.set()
        return min(self._pace.opens(), LOOK_AGAIN)

    async def _claimed(self, room: int, barred: frozenset[int]) -> list[Delivery]:
        """What has its turn. A claim whose answer is not heard stays open: it may be kept all the same."""
        at = self._now()
        self._open_claim = at
        return await self._database.write(deliveries.claim, holder=self._holder, at=at, limit=room, barred=barred)

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
            self._metrics.sent(row.action, "sent")
            self._metrics.queued((self._now() - row.put_at).total_seconds(), urgent=row.urgent)
            if await self._note(deliveries.mark_sent, delivery=row, receipt=receipt):
                self.wake()

    async def _call(self, row: Delivery) -> Receipt:
        try:
            receipt = await self._calls[row.action](row)
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

    async def _failed(self, row: Delivery, error: Exception) -> None:
        """A call that did not end well: again later, gone elsewhere, unknown, or failed for good."""
        log.info("delivery", delivery=row.id, action=row.action, error=_told(error))
        if isinstance(error, ChatMigrated):
            await self._note(deliveries.move, chat=row.chat, platform_id=error.new_chat_id, at=self._now())
            self._moved()
            self._metrics.sent(row.action, "moved")
            await self._again(row, error, timedelta())
        elif isinstance(error, RetryAfter):
            self._metrics.sent(row.action, "flood")
            await self._again(row, error, cast(timedelta, error.retry_after))
        elif isinstance(error, AnswerLost) and row.action in ONCE:
            self._metrics.sent(row.action, "unknown")
            await self._note(deliveries.mark_unknown, delivery=row, error=str(error), at=self._now())
            self.wake()
        elif (
            isinstance(error, NetworkError) and not isinstance(error, BadRequest) and not self._is_hopeless(row, error)
        ):
            self._metrics.sent(row.action, "retry")
            await self._again(
                row, error, timedelta(seconds=min(MAX_WAIT_SECONDS, 2 ** min(row.tries, MAX_WAIT_SECONDS)))
            )
        else:
            self._metrics.sent(row.action, "failed")
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
        await self._note(deliveries.retry, delivery=row, until=self._now() + wait, error=str(error))
        if not wait:
            self.wake()

    async def _give_up(self, row: Delivery, error: Exception) -> None:
        self._troubles.pop(row.id, None)
        log.warning("delivery given up", delivery=row.id, action=row.action, tries=row.tries + 1, error=_told(error))
        await self._note(deliveries.fail, delivery=row, error=str(error))
        self.wake()
        if isinstance(error, Forbidden):
            await self._note(deliveries.leave, chat=row.chat, at=self._now())
        elif not isinstance(error, TelegramError):
            log.error("delivery failed", delivery=row.id, exc_info=error)

    async def _say(self, row: Delivery) -> Receipt:
        sent = await self._bot.send_message(
            row.place,
            _html(row.body["text"]),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=self._markup(row.body),
            **_place(row.body),
        )
        return Receipt(sent.message_id)

    def _markup(self, body: Any) -> InlineKeyboardMarkup | ForceReply | None:
        """The buttons, or what opens a reply to the message for whoever is asked."""
        prompt = body.get("prompt")
        if prompt is None:
            return self._keyboard(body["buttons"])
        return ForceReply(selective=True, input_field_placeholder=prompt[:MAX_PROMPT_CHARS])

    def _keyboard(self, rows: list[list[tuple[str, str]]]) -> InlineKeyboardMarkup | None:
        if not rows:
            return None
        return InlineKeyboardMarkup([[self._button(label, action) for label, action in r] for r in rows])

    def _button(self, label: str, action: str) -> InlineKeyboardButton:
        if action.startswith(LINK):
            return InlineKeyboardButton(label, url=deep_link(self._bot.username, action.removeprefix(LINK)))
        if action.startswith("https://"):  # as versions before 0.2 have queued it
            return InlineKeyboardButton(label, url=action)
        return InlineKeyboardButton(label, callback_data=action)

    async def _send(self, row: Delivery) -> Receipt:
        content = await self._note(deliveries.content, delivery=row.id)
        sent = await self._bot.send_document(
            row.place,
            content,
            filename=row.body["name"],
            caption=_html(row.body["text"]),
            parse_mode=ParseMode.HTML,
            disable_content_type_detection=True,
            **_place(row.body),
        )
        return Receipt(sent.message_id)

    async def _ask(self, row: Delivery) -> Receipt:
        body = row.body
        quiz: dict[str, Any] = {}
        if body["correct"] is not None:
            quiz = {
                "type": PollType.QUIZ,
                "correct_option_ids": [body["correct"]],
                "explanation": body["explanation"] or None,
            }
        sent = await self._bot.send_poll(
            row.place,
            body["question"],
            body["options"],
            is_anonymous=body["anonymous"],
            close_date=body["closes_at"] and body["closes_at"] + GRACE,
            **quiz,
            **_place(body),
        )
        return Receipt(sent.message_id, sent.poll.id if sent.poll else None)

    async def _rewrite(self, row: Delivery) -> Receipt:
        if row.target is not None:
            try:
                await self._bot.edit_message_text(
                    _html(row.body["text"]),
                    row.place,
                    row.target,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                    reply_markup=self._keyboard(row.body["buttons"]),
                )
            except BadRequest as error:
                # It may read so already: somebody was faster, or it was sent twice.
                if "not modified" not in error.message:
                    raise
        return Receipt()

    async def _close_poll(self, row: Delivery) -> Receipt:
        closed: TelegramPoll | None = None
        if row.target is not None:
            with suppress(BadRequest):  # it has closed by itself, or is gone: what is known must do
                closed = await self._bot.stop_poll(row.place, row.target)
        tally = None
        if closed is not None:
            tally = Tally(tuple(option.voter_count for option in closed.options), closed.total_voter_count)
        await self._until_taken(partial(self._poll_closed, row, tally))  # the platform counts only once
        return Receipt()

    async def _take_back(self, row: Delivery) -> Receipt:
        if row.target is not None:
            try:
                await self._bot.delete_message(row.place, row.target)
            except BadRequest:  # older than 48 hours: at least its buttons go
                with suppress(BadRequest):
                    await self._bot.edit_message_reply_markup(row.place, row.target)
        return Receipt()


def _told(error: Exception) -> str:
    """A failure in a line of the log: the platform's words without what they quote; of other errors the kind alone."""
    kind = type(error).__name__
    return f"{kind}: {QUOTED.sub('…', error.message)}" if isinstance(error, TelegramError) else kind


def _html(text: str) -> str:
    return PERSON.sub(r'href="tg://user?id=\1"', text)


def _place(body: Any) -> dict[str, Any]:
    where: dict[str, Any] = {}
    if body["reply_to"] is not None:
        where["reply_parameters"] = ReplyParameters(body["reply_to"], allow_sending_without_reply=True)
    if body["topic"] is not None:
        where["message_thread_id"] = body["topic"]
    if body.get("silent"):
        where["disable_notification"] = True
    return where
