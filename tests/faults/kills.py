"""Killing the program at random moments, again and again, while people use it and the clock has things to say."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update

from sandbox import Sandbox
from storage.clock.schedule import schedules
from storage.messaging.chat import chats
from tests.faults.crowd import Crowd
from tests.faults.door import Door
from tests.faults.run_report import Books, RunReport, report
from tests.faults.worker import SECRET, Worker, free_port, settings

DEEDS_A_SECOND = 12.0
WHILE_STARTING = 0.35  # how many kills come at any moment of the start
EARLY, LATE = 0.05, 1.5  # seconds after the start
AT_WORK = 0.7  # seconds after the first word to Telegram
PUSHES = ("study.prompt", "summary.post")


@dataclass
class Plan:
    """A run: the store, how often to kill which of so many workers, and the seed of everything random."""

    database: str
    folder: Path
    kills: int
    seed: int
    workers: int = 1
    groups: int = 60
    to_settle: int = 600  # seconds
    progress: Callable[[int], None] = lambda _: None


@dataclass
class Run:
    """A plan while it is carried out."""

    plan: Plan
    sandbox: Sandbox
    crowd: Crowd
    workers: list[Worker]
    books: Books
    rng: random.Random
    pushed: set[int] = field(default_factory=set)

    async def carry_out(self) -> RunReport:
        """Kill so often, start once more, let everything settle, and report."""
        for worker in self.workers:
            await worker.start()
        await self._any_ready()
        life = asyncio.create_task(self._live())
        for number in range(1, self.plan.kills + 1):
            await self._kill_once()
            self.plan.progress(number)
        life.cancel()
        with suppress(asyncio.CancelledError):
            await life
        await self.idle()
        for worker in self.workers:
            assert await worker.stop() == 0, worker.printed()
        await self._verify()
        return report(self.books, self.sandbox, self.crowd.go_home(), self.pushed)

    async def _verify(self) -> None:
        """Every total is what the ledger adds up to."""
        settings = self.workers[0].settings
        verify = Worker(self.plan.folder, settings, name="verify", command=("-m", "bot", "verify"))
        await verify.start()
        assert await verify.ends() == 0, verify.printed()

    async def _any_ready(self) -> None:
        """Wait until one of the workers works; the others may stand by."""
        waits = [asyncio.create_task(worker.ready()) for worker in self.workers]
        done, others = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in others:
            wait.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for wait in done:
            wait.result()

    async def _live(self) -> None:
        rng = random.Random(self.plan.seed)  # noqa: S311 - of its own, so that people do the same whatever else happens
        while True:
            self.crowd.act()
            await asyncio.sleep(rng.expovariate(DEEDS_A_SECOND))

    async def _kill_once(self) -> None:
        """Let a worker live for a random while, kill it, and start it again."""
        worker = self.rng.choice(self.workers)
        if self.rng.random() < WHILE_STARTING or len(self.workers) > 1:
            await asyncio.sleep(self.rng.uniform(EARLY, LATE))
        else:
            await worker.ready()
            await asyncio.sleep(self.rng.uniform(0, AT_WORK))
        await worker.kill()
        self._make_due()
        await worker.start()

    def _make_due(self) -> None:
        """The clock has something to say in a few groups."""
        with self.books.engine.begin() as connection:
            known = connection.execute(select(chats.c.id, chats.c.platform_id).where(chats.c.kind == "group")).all()
            some = self.rng.sample(sorted(tuple(row) for row in known), min(3, len(known)))
            for name in PUSHES:
                due = update(schedules).where(schedules.c.group_id.in_([id_ for id_, _ in some]))
                found = connection.execute(due.where(schedules.c.name == name).values(next_at=datetime.now(UTC)))
                if name == PUSHES[0] and found.rowcount == len(some):
                    self.pushed |= {place for _, place in some}

    async def idle(self) -> None:
        """Wait until everything is handled and said. Raises TimeoutError where it never is."""
        async with asyncio.timeout(self.plan.to_settle):
            await self._any_ready()
            quiet = 0
            while quiet < 3:
                quiet = quiet + 1 if self.crowd.all_taken() and self.books.is_idle() else 0
                await asyncio.sleep(0.3)


async def carry_out(plan: Plan) -> RunReport:
    """Do it; what came of it. Raises AssertionError, TimeoutError where the program does not come back."""
    rng = random.Random(plan.seed)  # noqa: S311
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox(pause=0.05))
        crowd = Crowd(sandbox, random.Random(plan.seed), plan.groups)  # noqa: S311
        ports = [free_port() for _ in range(plan.workers)]
        usual = {"timezone": at_noon(datetime.now(UTC)), "admins": crowd.admins}
        more = [{**usual, "http": f"127.0.0.1:{port}"} for port in ports]
        if plan.workers > 1:
            door = await stack.enter_async_context(Door(ports, rng))
            for one in more:
                one |= {"webhook_url": door.url, "webhook_secret": SECRET}
        workers = [
            Worker(plan.folder, settings(sandbox.url, plan.database, **one), name=f"worker-{number}")
            for number, one in enumerate(more)
        ]
        for worker in workers:
            stack.push_async_callback(worker.kill)
        books = Books(plan.database)
        stack.callback(books.close)
        return await Run(plan, sandbox, crowd, workers, books, rng).carry_out()


def at_noon(now: datetime) -> str:
    """A zone where it is about noon: no night begins while a run lasts, whenever it is made."""
    east = 12 - now.hour
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"


def new_seed() -> int:
    """A seed for a run that nobody has made before."""
    return time.time_ns() % 1_000_000
