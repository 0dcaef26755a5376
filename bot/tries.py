"""How often handling each update was begun, counted in the store before it is: nobody dies of one for ever."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, nullcontext, suppress

import structlog

from bot.gathering import Gathering
from bot.watchdog import Task
from domain.ids import UpdateId
from domain.messaging import inbox
from domain.messaging.inbox import MAX_TRIES
from storage.database import Database, StoreError

log = structlog.get_logger()
MAX_COUNTED_AT_ONCE = 100  # in one statement
ALONE = 5.0  # seconds
LAST_WORD = 2.0  # seconds that the store is given where the event loop stands still


class NeverEnded(Exception):  # noqa: N818 - named for what happened
    """Handling an update was begun as often as may be, and the program did not live to see it end."""

    def __init__(self, tries: int) -> None:
        super().__init__(f"begun {tries - 1} times")
        self.may_apologise = tries == MAX_TRIES + 1  # the program may have died of the apology, too


class Tries:
    """Counts each try, of those that begin in one moment in one statement.

    An update that was begun by a program that is gone may be what that one died of, or have been beside that. So such
    updates are begun one after another: then one that does no harm is never counted for the harm of another.
    """

    def __init__(self, database: Database, ready: Callable[[], Awaitable[None]]) -> None:
        """`ready` waits until the program has loaded what handlers wait for."""
        self._database = database
        self._ready = ready
        self._gathering = Gathering[UpdateId](self._count, MAX_COUNTED_AT_ONCE)
        self._counted: dict[UpdateId, int] = {}  # which try it is of updates whose try has not ended
        self._running: dict[UpdateId, Task | None] = {}
        self._doubtful: set[UpdateId] = set()  # begun by a program that is gone
        self._turns = Turns(ALONE)

    @property
    def cut_off(self) -> frozenset[UpdateId]:
        """Updates whose try has not ended: once nothing runs any more, those that were cut off."""
        return frozenset(self._counted)

    def counted(self, update: UpdateId) -> None:
        """An update's first try was counted when it was stored."""
        self._counted[update] = 1

    def found(self, update: UpdateId, tries: int, *, waits: bool) -> None:
        """An update lay in the store, where so many tries were counted; the last has not begun where it `waits`."""
        if tries and waits:
            self._counted[update] = tries
        elif tries:
            self._doubtful.add(update)

    @asynccontextmanager
    async def begun(self, update: UpdateId) -> AsyncIterator[bool]:
        """A try at an update, counted before; false where the update needs none any more.

        Where it was refused by the store or cut off, it may go on as the same try. Raises NeverEnded, StoreError.
        """
        async with self._alone() if update in self._doubtful else nullcontext():
            if update not in self._counted:
                await self._gathering.add([update])
            self._running[update] = asyncio.current_task()
            ended = True
            try:
                if self._counted.get(update, 0) > MAX_TRIES:
                    raise NeverEnded(self._counted[update])
                yield update in self._counted
            except (StoreError, asyncio.CancelledError):
                ended = False
                raise
            finally:
                del self._running[update]
                if ended:
                    self._counted.pop(update, None)

    def done_with(self, update: UpdateId) -> None:
        """Nothing will be tried any more."""
        self._doubtful.discard(update)

    def last_words(self, task: Task | None, stack: Sequence[str]) -> None:
        """The event loop stands still: tell what ran, and let only what blocks it lose a try. In another thread."""
        running = list(self._running.items())
        culprit = next((update for update, its in running if its is task), None) if task is not None else None
        log.critical(
            "the event loop stands still; this process ends, to be started anew",
            update=culprit,
            task=task.get_name() if task is not None else None,
            beside=sorted(update for update, _ in running if update != culprit),
            stack=stack,
        )
        if culprit is not None:
            beside = list(self.cut_off - {culprit})
            with suppress(StoreError, TimeoutError):  # then it counts for those beside it, too
                asyncio.run(asyncio.wait_for(self._database.write(inbox.spare, updates=beside), LAST_WORD))

    async def stop(self) -> None:
        """Count no more."""
        await self._gathering.stop()

    async def _count(self, updates: Sequence[UpdateId]) -> None:
        counted = await self._database.write(inbox.begin, updates=updates)
        self._counted.update(counted)
        for update in self._doubtful & counted.keys():
            log.warning("an update is begun again", update=update, tries=counted[update])

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        with suppress(Exception):  # then handling it will say what is wrong
            await self._ready()  # a try that waited for the start would be lost with each kill during a start
        async with self._turns.taken():
            yield


class Turns:
    """One after another; whoever takes longer than a moment lets the next begin beside itself."""

    def __init__(self, seconds: float) -> None:
        self._lock = asyncio.Lock()
        self._seconds = seconds

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for one's turn, and have it."""
        await self._lock.acquire()
        with ExitStack() as held:
            held.callback(self._lock.release)
            timer = asyncio.get_running_loop().call_later(self._seconds, held.close)
            held.callback(timer.cancel)
            yield
