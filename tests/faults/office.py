"""A local Telegram with a few groups, and the program beside it as a process of its own."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import false, func, select, update

from domain.clock.trust import TOLERANCE
from domain.feature import EnterpriseJob
from domain.features import JOBS
from sandbox import Sandbox
from sandbox.chats import Chat
from storage.clock.schedule import schedules
from tests.faults.crowd import Crowd
from tests.faults.kills import at_noon
from tests.faults.run_report import PUSHES, TO_SEND, Books, RunReport, report, spoken
from tests.faults.worker import Worker, settings

IRREVERSIBLE = [job.schedule.name for job in JOBS if isinstance(job, EnterpriseJob) and job.irreversible]
TO_SETTLE = 300  # seconds
LOOK_AGAIN = 0.05  # seconds
UNTOLD = ("Traceback", "Logging error")  # what no line that a person reads may hold


@dataclass
class Office:
    """What a test of one fault works with."""

    sandbox: Sandbox
    crowd: Crowd
    worker: Worker
    books: Books
    address: str = ""
    pushed: set[int] = field(default_factory=set)
    _offset: float = 0.0

    async def start(self) -> None:
        """Start the program and wait until it works."""
        await self.worker.start()
        self.address = (await self.worker.ready())["http"]

    async def idle(self) -> None:
        """Wait until everything is handled and said. Raises TimeoutError where it never is."""
        await self.until(lambda: self.crowd.all_taken() and self.books.is_idle(), "it settles", TO_SETTLE)

    async def until(self, true: Callable[[], bool], what: str, seconds: float = TO_SETTLE) -> None:
        """Wait for something. Raises AssertionError with the program's own words."""
        try:
            async with asyncio.timeout(seconds):
                while not true():  # noqa: ASYNC110 - what another process does tells nobody
                    await asyncio.sleep(LOOK_AGAIN)
        except TimeoutError:
            raise AssertionError(f"it never came about that {what}:\n{self.worker.printed()[-5000:]}") from None

    async def logs(self, event: str) -> dict[str, Any]:
        """Wait for a line of the log: the first one of that event."""

        def found() -> list[dict[str, Any]]:
            return [line for line in self.worker.events() if line.get("event") == event]

        await self.until(lambda: bool(found()), f"the log says {event!r}")
        return found()[0]

    async def missing(self) -> set[str]:
        """What the program says that it lacks to be ready."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.address}/health/ready") as answer:
            return set((await answer.json())["missing"])

    async def metric(self, name: str, **labels: str) -> float:
        """One figure of /metrics; 0 where it was never counted."""
        async with aiohttp.ClientSession() as http, http.get(f"{self.address}/metrics") as answer:
            page = await answer.text()
        samples = (sample for family in text_string_to_metric_families(page) for sample in family.samples)
        return sum(one.value for one in samples if one.name == name and labels.items() <= one.labels.items())

    async def make_due_in(self, seconds: float) -> None:
        """The clock has a study item for each group in a moment."""
        await self.until(lambda: self._planned() == len(self.crowd.groups), "the clock knows the groups")
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        with self.books.engine.begin() as connection:
            connection.execute(update(schedules).where(schedules.c.name == "study.prompt").values(next_at=at))
        self.pushed |= {group.id for group in self.crowd.groups}

    def _planned(self) -> int:
        return self.books.count("SELECT count(*) FROM schedules WHERE name = 'study.prompt' AND next_at IS NOT NULL")

    async def has_pushed(self) -> None:
        """Wait until each group has got it."""
        await self.until(lambda: len(self.books.rows(PUSHES)) == len(self.pushed), "the study items come")
        await self.idle()

    def answers(self, group: Chat) -> int:
        """How many messages of a group the bot has answered."""
        return sum("reply_to_message" in message for message in spoken(self.sandbox, group.id))

    def waiting(self) -> int:
        """How many messages are still to be said."""
        return self.books.count(TO_SEND)

    def count_due(self) -> int:
        """How many schedules are due and not run; not those that wait until the clock is right."""
        at = datetime.now(UTC) + timedelta(seconds=self._offset)
        waits = schedules.c.name.in_(IRREVERSIBLE) if self._offset > TOLERANCE.total_seconds() else false()
        due = select(func.count()).select_from(schedules).where(schedules.c.next_at <= at, ~waits)
        with self.books.engine.connect() as connection:
            return connection.execute(due).scalar_one()

    def let_clock_move(self) -> None:
        """From the next start on the program asks a clock that `move_clock` moves."""
        self.worker.command = ("-m", "tests.faults.moved_clock", str(self._clock), "run")
        self.move_clock(0)

    def move_clock(self, seconds: float) -> None:
        """The program's clock goes so many seconds wrong from now on."""
        self._offset = seconds
        fresh = self._clock.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._clock)

    @property
    def _clock(self) -> Path:
        return self.worker.folder / "clock"

    async def telegram_leaves(self) -> None:
        """Nobody listens at Telegram's address any more; who waits is hung up on."""
        await self.sandbox.__aexit__()

    async def telegram_comes_back(self) -> None:
        """It listens again, with all that people have written meanwhile."""
        await self.sandbox.__aenter__()

    def untroubled(self) -> None:
        """What was printed is for people: lines, no tracebacks."""
        printed = self.worker.printed()
        assert not any(word in printed for word in UNTOLD), printed
        assert not [line for line in self.worker.events() if "exception" in line]

    async def report(self) -> RunReport:
        """Let everything settle, stop, and compare what is there with what people may rely on."""
        await self.idle()
        assert await self.worker.stop() == 0, self.worker.printed()
        return report(self.books, self.sandbox, self.crowd.go_home(), self.pushed)

    async def all_right(self, unknown: int = 0) -> None:
        """Nothing was lost, nothing came twice, and just so many messages are unknown."""
        found = await self.report()
        assert found.right, str(found)
        assert (found.doubled_messages, found.unknown) == (0, unknown), str(found)


@asynccontextmanager
async def opened(
    folder: Path,
    *,
    groups: int = 8,
    kind: Literal["supergroup", "group"] = "supergroup",
    database: str = "",
    **more: str,
) -> AsyncIterator[Office]:
    """An office whose program is still to be started; `more` are its settings."""
    database = database or f"sqlite:///{folder / 'jingyi.db'}"
    async with Sandbox(pause=0.05) as sandbox:
        crowd = Crowd(sandbox, random.Random(1), groups, kind)  # noqa: S311 - what people do is the same each time
        zone = {"timezone": at_noon(datetime.now(UTC)), "admins": crowd.admins}
        worker = Worker(folder, settings(sandbox.url, database, **(zone | more)))
        books = Books(database)
        try:
            yield Office(sandbox, crowd, worker, books)
        finally:
            await worker.kill()
            books.close()
