"""Handled updates a second, end to end over HTTP: somebody presses 已学习, it is checked and credited, then answered.

Contenders take turns on one server in every round: a bare echo bot of python-telegram-bot, one of aiogram (each with
its defaults, a message in and the same message out), and the program on SQLite (`synchronous=FULL`) and on PostgreSQL.
The program is killed the moment its last answer has come; then its ledger must hold exactly what was pressed.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from sqlalchemy import create_engine, make_url

from benchmarks import postgres
from benchmarks.bot.crowd import Crowd, Press, check_ledger, message
from benchmarks.bot.platform import TOKEN, Platform, Span, Stalled, fields_of
from benchmarks.bot.process import UNTIL_READY, free_port, jingyi_settings, ready, running, until_quiet
from benchmarks.machine import processor_seconds
from benchmarks.postgres import Postgres
from benchmarks.result import Row, Say, WorkNotDone, middle
from bot import clock
from bot.renderer import Renderer
from storage.database import connect
from storage.dialects import address

RIVALS = {"ptb": "benchmarks.bot.ptb_echo", "aiogram": "benchmarks.bot.aiogram_echo"}
PROGRAM = "benchmarks.bot.running"
CONTENDERS = ("ptb", "aiogram", "sqlite", "postgresql", "one worker", "three workers", "three alone", "mix")
WORKERS = {"one worker": (1, 1), "three workers": (3, 1), "three alone": (3, 3)}  # processes, databases
EVERY = 5  # of the mix, one update is a message
NO_LIMITS = "--factor=10000"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: updates before the clock starts, updates a round, rounds."""

    warm_up: int = 500
    updates: int = 3000
    rounds: int = 5


SHORT = Size(warm_up=300, updates=2400, rounds=3)


@dataclass(frozen=True, slots=True)
class Lap:
    """One contender's turn: its span, and the processor time an update took the bot's processes, in ms."""

    span: Span
    processor: float


@dataclass(slots=True)
class Track:
    """What all turns share: the server, the crowd, and a store that every turn gets a copy of."""

    platform: Platform
    size: Size
    folder: Path
    crowds: dict[str, Crowd] = field(default_factory=dict)  # an engine's, as its store numbered them
    file: Path = Path()
    server: Postgres | None = None
    template: str = ""
    profile: Path | None = None
    laps: dict[str, list[Lap]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    async def turn(self, name: str) -> Lap:
        """One contender's turn. Raises WorkNotDone, Stalled, TimeoutError."""
        self.platform.forget()
        if name in RIVALS:
            return await self._echo(RIVALS[name])
        if name in WORKERS:
            return await self._workers(*WORKERS[name])
        return await self._program(name)

    async def _echo(self, module: str) -> Lap:
        count = self.size.warm_up + self.size.updates
        updates = [message(number, f"大家好 {number}") for number in range(count)]
        async with running(module, self.platform.url, TOKEN, folder=self.folder) as process:
            await self._polled()
            lap = await self._measure(updates, [process.pid])
        said = sorted(fields_of(body, kind)["text"] for _, body, kind in self.platform.calls)
        if said != sorted(f"大家好 {number}" for number in range(count)):
            raise WorkNotDone("the echo bot did not say what it was told")
        return lap

    async def _program(self, name: str) -> Lap:
        updates, presses = self._updates(self._engine(name), mixed=name == "mix")
        with self._database(name) as database:
            port = free_port()
            settings = jingyi_settings(self.platform.url, database, self.folder, port=port)
            running_it = running(
                PROGRAM, *self._options(), folder=self.folder, settings=settings, gently=self.profile is not None
            )
            async with running_it as process:
                await ready(process, port)
                await self._polled()
                await until_quiet(process.pid)
                lap = await self._measure(updates, [process.pid])
            self._check([database], presses, len(updates))
        return lap

    async def _workers(self, count: int, stores: int) -> Lap:
        """The program behind a webhook, in so many processes that share the updates, on one database or one for each.

        The updates go to the processes in turn, so that of three databases each gets every third press.
        """
        updates, presses = self._updates("postgresql")
        with ExitStack() as kept:
            databases = [kept.enter_context(self._database("postgresql")) for _ in range(stores)]
            async with AsyncExitStack() as stack:
                ports = [free_port() for _ in range(count)]
                workers = zip(cycle(databases), ports)
                pids = [await stack.enter_async_context(self._worker(*worker)) for worker in workers]
                hooks = [f"http://127.0.0.1:{port}/hook" for port in ports]
                lap = await self._measure(updates, pids, hooks)
            self._check(databases, presses, len(updates))
        return lap

    @asynccontextmanager
    async def _worker(self, database: str, port: int) -> AsyncIterator[int]:
        settings = jingyi_settings(self.platform.url, database, self.folder, port=port)
        settings["JINGYI_WEBHOOK_URL"] = "http://127.0.0.1/hook"
        async with running(PROGRAM, NO_LIMITS, folder=self.folder, settings=settings) as process:
            await ready(process, port)
            await until_quiet(process.pid)
            yield process.pid

    def _options(self) -> list[str]:
        return [NO_LIMITS, *([f"--profile={self.profile}"] if self.profile else [])]

    @staticmethod
    def _engine(name: str) -> str:
        return "postgresql" if name == "postgresql" else "sqlite"

    def _updates(self, engine: str, *, mixed: bool = False) -> tuple[list[bytes], list[Press]]:
        """Presses as updates, or four presses to a message that asks for one's points."""
        count = self.size.warm_up + self.size.updates
        crowd = self.crowds[engine]
        presses = crowd.presses(count - count // EVERY if mixed else count)
        updates = [press.update(number) for number, press in enumerate(presses)]
        if mixed:
            for number in range(count // EVERY):
                updates.insert(number * EVERY, message(number, "/points", crowd.people))
        return updates, presses

    @contextmanager
    def _database(self, name: str) -> Iterator[str]:
        """The address of a fresh copy of the store on an engine."""
        if name == "postgresql":
            assert self.server is not None
            with self.server.database(self.template) as url:
                yield url
            return
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            file = Path(folder) / "jingyi.db"
            shutil.copy(self.file, file)
            yield f"sqlite:///{file}"

    async def _polled(self) -> None:
        async with asyncio.timeout(UNTIL_READY):
            await self.platform.polled.wait()

    async def _measure(self, updates: Sequence[bytes], pids: Sequence[int], hooks: Sequence[str] = ()) -> Lap:
        first = self.size.warm_up
        await self.platform.deliver(updates[:first], hooks)
        before = sum(map(processor_seconds, pids))
        span = await self.platform.deliver(updates[first:], hooks)
        used = sum(map(processor_seconds, pids)) - before
        return Lap(span, 1000 * used / span.updates)

    def _check(self, databases: Sequence[str], presses: Sequence[Press], answers: int) -> None:
        """Whether each press was answered once, and is once in the ledger that it went to. Raises WorkNotDone."""
        asked = [fields_of(body, kind) for method, body, kind in self.platform.calls if method == "answercallbackquery"]
        if sorted(int(one["callback_query_id"]) for one in asked) != list(range(len(presses))):
            raise WorkNotDone("not every press was answered once")
        if len(self.platform.calls) != answers:
            raise WorkNotDone(f"{answers} updates were answered with {len(self.platform.calls)} calls")
        for number, database in enumerate(databases):
            engine = create_engine(address(database))
            with engine.connect() as connection:
                check_ledger(connection, presses[number :: len(databases)])
            engine.dispose()


async def _enter(url: str, crowd: Crowd) -> Crowd:
    async with connect(url, Renderer(), clock.now) as database:
        return await database.write(crowd.enter, at=clock.now())


@asynccontextmanager
async def track(size: Size, names: Sequence[str]) -> AsyncIterator[Track]:
    """A server, and stores with a crowd on each engine that is wanted."""
    crowd = Crowd.for_presses(size.warm_up + size.updates)
    with tempfile.TemporaryDirectory(prefix="jingyi-") as made:
        folder = Path(made)
        async with AsyncExitStack() as stack:
            found = Track(await stack.enter_async_context(Platform()), size, folder, file=folder / "crowd.db")
            found.crowds["sqlite"] = await _enter(f"sqlite:///{found.file}", crowd)
            if {"postgresql", *WORKERS} & set(names):
                found.server = stack.enter_context(postgres.server())
                url = stack.enter_context(found.server.database())
                found.template = make_url(url).database or ""
                found.crowds["postgresql"] = await _enter(url, crowd)
            yield found


async def race(size: Size, names: Sequence[str], say: Say, profile: Path | None = None) -> Track:
    """Let contenders take turns, round by round; who fails once is out, and why is kept."""
    say("entering groups and people")
    async with track(size, names) as found:
        found.profile = profile
        for number in range(size.rounds):
            for name in (*names[number % len(names) :], *names[: number % len(names)]):
                if name in found.failed:
                    continue
                say(f"round {number + 1} of {size.rounds}: {name}")
                try:
                    found.laps.setdefault(name, []).append(await found.turn(name))
                except (WorkNotDone, Stalled, TimeoutError, ExceptionGroup) as error:
                    found.failed[name] = f"{type(error).__name__}: {error}"
        return found


async def measure(size: Size, say: Say, names: Sequence[str] = CONTENDERS, profile: Path | None = None) -> list[Row]:
    """The rows of this benchmark for those who took part."""
    found = await race(size, names, say, profile)
    return [row for row in _rows(found) if row is not None]


def _rows(found: Track) -> Iterator[Row | None]:
    yield _rate(found, "ptb", "a bare PTB echo bot")
    yield _rate(found, "aiogram", "a bare aiogram echo bot")
    yield _rate(found, "sqlite", "a press on SQLite")
    yield _rate(found, "postgresql", "a press on PostgreSQL")
    yield _rate(found, "mix", "four presses to one /points on SQLite")
    yield _ratio(found, "sqlite", "ptb", "a press on SQLite", 2.5)
    yield _ratio(found, "sqlite", "aiogram", "a press on SQLite", 1.1)
    yield _ratio(found, "postgresql", "ptb", "a press on PostgreSQL, one worker", 0.8)
    yield _workers(found, "one worker", "one worker", most=1.1)
    yield _workers(found, "three alone", "three programs on databases of their own", most=None)


def _rate(found: Track, name: str, what: str) -> Row | None:
    laps = found.laps.get(name)
    if not laps:
        return None
    figures = {
        "updates_a_second": [round(lap.span.rate, 1) for lap in laps],
        "processor_ms_an_update": round(middle([lap.processor for lap in laps]), 3),
        "server_busy": round(middle([lap.span.server_busy for lap in laps]), 2),
    }
    note = f"{figures['processor_ms_an_update']} ms of processor each; server {figures['server_busy']:.0%} busy"
    return Row("pressing", what, "", middle([lap.span.rate for lap in laps]), "a second", figures=figures, note=note)


def _ratio(found: Track, name: str, rival: str, what: str, least: float) -> Row | None:
    against = {"ptb": "bare PTB echo bot", "aiogram": "bare aiogram echo bot"}[rival]
    if not all(one in found.laps or one in found.failed for one in (name, rival)):
        return None  # it did not take part
    failed = found.failed.get(name) or found.failed.get(rival)
    if failed:
        return Row("pressing", what, against, None, "×", least=least, note=failed)
    laps = zip(found.laps[name], found.laps[rival], strict=True)
    ratios = [own.span.rate / other.span.rate for own, other in laps]
    return Row(
        "pressing", what, against, middle(ratios), "×", least=least, figures={"rounds": [round(r, 3) for r in ratios]}
    )


def _workers(found: Track, rival: str, against: str, most: float | None) -> Row | None:
    what = "processor time an update, three workers on PostgreSQL"
    failed = found.failed.get(rival) or found.failed.get("three workers")
    if failed:
        return Row("pressing", what, against, None, "×", most=most, note=failed)
    other, three = found.laps.get(rival), found.laps.get("three workers")
    if not other or not three:
        return None
    ratios = [shared.processor / its.processor for shared, its in zip(three, other, strict=False)]
    medians = {"three workers": _medians(three), rival: _medians(other)}
    note = "; ".join(f"{name}: {ms} ms, {rate} a second" for name, (ms, rate) in medians.items())
    figures = {"rounds": [round(ratio, 3) for ratio in ratios], **medians}
    return Row("pressing", what, against, middle(ratios), "×", most=most, figures=figures, note=note)


def _medians(laps: Sequence[Lap]) -> tuple[float, float]:
    """Processor time an update in ms, and updates a second."""
    return round(middle([lap.processor for lap in laps]), 3), round(middle([lap.span.rate for lap in laps]))
