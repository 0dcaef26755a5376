"""Starts what is due. APScheduler only wakes it up; what is due, and when next, stands in the store."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.calendar import missed_moment, next_moment
from bot.metrics import Metrics
from domain.clock import schedule
from domain.clock.schedule import Planned
from domain.feature import EnterpriseJob, GroupJob
from domain.report.features import Stores
from storage.database import Database, StoreError

log = structlog.get_logger()
EMPTY: Mapping[str, Callable[[], None]] = {}
TICK = 5  # seconds
AT_ONCE = 16  # units handed to the store together: a few are one commit, and nobody else waits long for the writer
MAX_ROWS_AT_ONCE = 128  # rows looked at in one go
AFTER_A_FAILURE = timedelta(minutes=1)


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
    ) -> None:
        """`zone` is the enterprise's; groups have their own. `afterwards` is called when a job has run, by its name."""
        self._database = database
        self._jobs = {job.schedule.name: job for job in jobs}
        self._afterwards = afterwards
        self._now = now
        self._zone = zone
        self._wake_sender = wake_sender
        self._metrics = metrics or Metrics()
        self._alarm = AsyncIOScheduler(timezone="UTC")
        self._running = asyncio.Lock()

    def start(self) -> None:
        """Wake up every few seconds from now on."""
        self._alarm.add_job(
            self._wake_up, "interval", seconds=TICK, max_instances=2, coalesce=True, misfire_grace_time=None
        )
        self._alarm.start()

    def stop(self) -> None:
        """Wake up no more."""
        if self._alarm.running:
            self._alarm.shutdown(wait=False)

    async def _wake_up(self) -> None:
        """Every few seconds, unless the last tick still runs: hundreds of groups may be due at once."""
        if not self._running.locked():
            await self.tick()

    async def tick(self) -> None:
        """Run what is due at this moment, the oldest first. What the store refuses stays due."""
        try:
            async with self._running:
                await self._run_due(self._now())
        except StoreError as error:
            log.warning("the store refuses", error=str(error))

    async def _run_due(self, at: datetime) -> None:
        schedules = [job.schedule for job in self._jobs.values()]
        if await self._database.read(schedule.needs_planning, schedules=schedules, at=at):
            await self._database.write(schedule.plan, schedules=schedules, zone=self._zone, at=at)
        found = MAX_ROWS_AT_ONCE
        while found == MAX_ROWS_AT_ONCE:
            due = await self._database.read(schedule.due, at=at, limit=MAX_ROWS_AT_ONCE)
            found = len(due)
            for first in range(0, found, AT_ONCE):
                await asyncio.gather(*(self._run(planned, at) for planned in due[first : first + AT_ONCE]))
                self._wake_sender()

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


def _put_off(stores: Stores, *, planned: Planned, until: datetime) -> None:
    stores.schedules.set_next(planned, until)
