"""Starts what is due. APScheduler only wakes it up; what is due, and when next, stands in the store."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.calendar import missed_moment, next_moment
from bot.metrics import Metrics
from domain.clock import schedule, trust
from domain.clock.schedule import Planned
from domain.clock.trust import Evidence, Judged
from domain.feature import EnterpriseJob, GroupJob
from domain.report.features import Stores
from storage.database import Database, StoreError

log = structlog.get_logger()
EMPTY: Mapping[str, Callable[[], None]] = {}
TICK = 5  # seconds
MAX_SLEEP = 3 * TICK  # seconds by the event loop's clock
WAKING = "waking"
AT_ONCE = 16  # units handed to the store together: a few are one commit, and nobody else waits long for the writer
MAX_ROWS_AT_ONCE = 128  # rows looked at in one go
NO_EVIDENCE = Evidence()
AFTER_A_FAILURE = timedelta(minutes=1)


async def no_evidence(_: datetime) -> Evidence:
    """Nobody says what time it is: then the store's last time counts alone."""
    return NO_EVIDENCE


class Once(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Rings once, so many seconds after it is set, by the clock that APScheduler itself reads."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """APScheduler calls this."""
        return now + timedelta(seconds=self.seconds) if previous is None else None


class Scheduler:
    """Runs each due schedule once, in the transaction that also notes when it is due next."""

    def __init__(
        self,
        database: Database,
        jobs: Sequence[GroupJob | EnterpriseJob],
        afterwards: Mapping[str, Callable[[], None]] = EMPTY,
        *,
        now: Callable[[], datetime],
        zone: str,
        wake_sender: Callable[[], None],
        metrics: Metrics | None = None,
        evidence: Callable[[datetime], Awaitable[Evidence]] = no_evidence,
    ) -> None:
        """`zone` is the enterprise's; groups have their own. `afterwards` is called when a job has run, by its name.

        `evidence` is what others say of a time that `now` tells: jobs that cannot be undone wait until that agrees.
        """
        self._database = database
        self._jobs = {job.schedule.name: job for job in jobs}
        self._afterwards = afterwards
        self._now = now
        self._zone = zone
        self._wake_sender = wake_sender
        self._metrics = metrics or Metrics()
        self._evidence = evidence
        self._judged: Judged | None = None
        self._alarm = AsyncIOScheduler(timezone="UTC")
        self._guard: asyncio.Task[None] | None = None
        self._woke_at = 0.0
        self._running = asyncio.Lock()

    def start(self) -> None:
        """Wake up every few seconds from now on."""
        self._set_alarm(TICK)
        self._alarm.start()
        self._guard = asyncio.create_task(self._keep_awake(), name="scheduler")

    async def stop(self) -> None:
        """Wake up no more. What runs is finished: the store's writer has it."""
        if self._alarm.running:
            self._alarm.shutdown(wait=False)
        if self._guard is not None:
            self._guard.cancel()
            with suppress(asyncio.CancelledError):
                await self._guard

    def _set_alarm(self, seconds: float) -> None:
        """Wake up once. Of an interval APScheduler would count each missed moment, of a year millions."""
        options = {"id": WAKING, "replace_existing": True, "misfire_grace_time": None, "max_instances": 2}
        self._alarm.add_job(self._wake_up, Once(seconds), **options)

    async def _wake_up(self) -> None:
        """Every few seconds, unless the last tick still runs: hundreds of groups may be due at once."""
        self._woke_at = time.monotonic()
        self._set_alarm(TICK)
        if self._running.locked():
            return
        try:
            await self.tick()
        except Exception:  # a fault of ours must not stop the clock
            log.exception("looking for what is due failed")

    async def _keep_awake(self) -> None:
        """Wake the alarm where it sleeps too long: it waits by the wall clock, which somebody may have set back."""
        while True:
            await asyncio.sleep(TICK)
            if time.monotonic() - self._woke_at > MAX_SLEEP:
                self._set_alarm(0)

    async def tick(self) -> None:
        """Run what is due at this moment, the oldest first. What the store refuses stays due."""
        try:
            async with self._running:
                await self._run_due(self._now())
        except StoreError as error:
            log.warning("the store refuses", error=str(error))

    async def _run_due(self, at: datetime) -> None:
        await self._judge(at)
        schedules = [job.schedule for job in self._jobs.values()]
        if await self._database.read(schedule.needs_planning, schedules=schedules):
            await self._database.write(schedule.plan, schedules=schedules, zone=self._zone)
        found = MAX_ROWS_AT_ONCE
        while found == MAX_ROWS_AT_ONCE:
            due = await self._database.read(schedule.due, at=at, limit=MAX_ROWS_AT_ONCE)
            found = len(due)
            for first in range(0, found, AT_ONCE):
                some = [planned for planned in due[first : first + AT_ONCE] if not self._is_held(planned)]
                await self._begin([planned for planned in some if planned.next_at is None], at)
                await asyncio.gather(*(self._run(planned, at) for planned in some if planned.next_at is not None))
                self._wake_sender()

    async def _judge(self, at: datetime) -> None:
        """Whether the clock can be trusted; noted where that has changed, or the store's last time is old."""
        evidence = await self._evidence(at)
        judged, is_news = await self._database.read(trust.look, evidence=evidence, at=at)
        if is_news:
            judged = await self._database.write(trust.note, evidence=evidence, at=at)
            self._wake_sender()
        if self._judged is None or judged.verdict is not self._judged.verdict:
            ahead = f"{judged.ahead.total_seconds():+.0f} s"
            level = log.info if judged.trusted else log.error
            level("the clock was compared", verdict=judged.verdict, ahead=ahead)
        self._judged = judged

    def _is_held(self, planned: Planned) -> bool:
        """Whether a row's job cannot be undone, and the clock cannot be trusted: it stays due."""
        job = self._jobs.get(planned.name)
        irreversible = isinstance(job, EnterpriseJob) and job.irreversible
        return irreversible and not (self._judged and self._judged.trusted)

    async def _begin(self, new: Sequence[Planned], at: datetime) -> None:
        """Find when rows are due first, all in one transaction: each new group brings a dozen."""
        if not new:
            return
        try:
            await self._database.write(_find_first, rows={planned.id for planned in new}, at=at)
        except StoreError:
            raise
        except Exception:  # one schedule that never comes must not stop the others
            await asyncio.gather(*(self._run(planned, at) for planned in new))

    async def _run(self, planned: Planned, at: datetime) -> None:
        try:
            await self._database.write(self._run_slot, row=planned.id, at=at)
        except StoreError:
            raise
        except Exception:  # one job's fault must not stop the others, nor the clock
            log.exception("job failed", job=planned.name, schedule=planned.id)
            self._metrics.ran(planned.name, "failed")
            await self._database.write(_put_off, planned=planned, until=at + AFTER_A_FAILURE)
        else:
            self._metrics.ran(planned.name, "done")
            if planned.name in self._afterwards:
                self._afterwards[planned.name]()

    def _run_slot(self, stores: Stores, *, row: int, at: datetime) -> None:
        planned = stores.schedules.get(row)
        if planned is None or not planned.is_due(at):  # changed, or run by somebody else, since it was looked for
            return
        own = stores.calendar.workdays()
        group = None if planned.group is None else stores.chats.get(planned.group)
        heard_at = at if group is None else stores.quiet.of(group.id).end(group, at)
        slot = missed_moment(planned, at, own, heard_at)
        job = self._jobs.get(planned.name)
        if slot is None or job is None:
            stores.schedules.set_next(planned, planned.next_after(at, next_moment, own))
            return
        if isinstance(job, EnterpriseJob):
            job.run(stores.meant_for(slot), slot)
        elif group is not None:
            job.run(stores.meant_for(slot), group, slot)
        stores.schedules.ran(planned, at, next_moment(planned, at, own))


def _find_first(stores: Stores, *, rows: Collection[int], at: datetime) -> None:
    own = stores.calendar.workdays()
    new = [planned for planned in stores.schedules.due(at, MAX_ROWS_AT_ONCE) if planned.next_at is None]
    stores.schedules.begin({one.id: one.next_after(at, next_moment, own) for one in new if one.id in rows})


def _put_off(stores: Stores, *, planned: Planned, until: datetime) -> None:
    stores.schedules.set_next(planned, until)
