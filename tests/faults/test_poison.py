"""A message that the program dies of, or that holds it up, is set aside; everybody else's are handled."""

import asyncio
import json
import random
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot.watchdog import EXIT_CODE
from domain.messaging.inbox import MAX_TRIES
from sandbox import Sandbox
from sandbox.chats import Chat
from sandbox.people import User
from storage.dialects import address
from tests.conftest import Postgres
from tests.faults.door import Door
from tests.faults.poisoned import KILL, LONG, LOOP, MOMENT, SEARCH
from tests.faults.worker import PATIENCE, SECRET, TOKEN, Worker, free_port, settings

BY_FAULTHANDLER = 1
GROUPS = 5
RUN = ("-m", "tests.faults.poisoned", "60", "run")
IMPATIENT = ("-m", "tests.faults.poisoned", "2", "run")  # with a handler that takes longer than two seconds
ROWS = "SELECT id, body, tries, error, done_at IS NOT NULL FROM inbox ORDER BY id"


@dataclass(frozen=True, slots=True)
class Row:
    """An update in the store."""

    id: int
    body: str
    tries: int
    error: str | None
    done: bool


@dataclass
class Site:
    """Groups of a local Telegram, and workers that a supervisor starts again whenever they end."""

    sandbox: Sandbox
    groups: list[Chat]
    person: User
    database: str
    workers: list[Worker]
    supervisor: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.exits: list[int] = []

    def say(self, group: int, words: str) -> None:
        self.sandbox.say(self.groups[group], self.person, words)

    async def supervise(self) -> None:
        """As a service manager does, until the test ends."""

        async def start_again(worker: Worker) -> None:
            while True:
                if not worker.runs:
                    if worker.process is not None:
                        self.exits.append(await worker.ends())
                    await worker.start()
                await asyncio.sleep(0.05)

        await asyncio.gather(*(start_again(worker) for worker in self.workers))

    def begin(self) -> None:
        self.supervisor = asyncio.create_task(self.supervise())

    async def until(self, true: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not true():  # noqa: ASYNC110 - what another process does tells nobody
                    await asyncio.sleep(0.1)
        except TimeoutError:
            printed = "\n".join(worker.log.read_text()[-4000:] for worker in self.workers)
            raise AssertionError(f"it never came about: {self.rows()}\n{printed}") from None

    def rows(self) -> list[Row]:
        try:
            with self._engine.connect() as connection:
                return [Row(*row) for row in connection.execute(text(ROWS))]
        except Exception:
            return []

    def said(self, words: str) -> list[Row]:
        """The rows of the messages that say it."""
        return [row for row in self.rows() if json.loads(row.body).get("message", {}).get("text") == words]

    def handled(self, words: str) -> bool:
        return bool(self.said(words)) and all(row.done for row in self.said(words))

    def logged(self) -> str:
        return "\n".join(worker.log.read_text() for worker in self.workers)

    def answers(self, group: int) -> int:
        return sum("reply_to_message" in one for one in self.sandbox.messages(self.groups[group]))

    @property
    def _engine(self) -> Any:
        return create_engine(address(self.database), poolclass=NullPool)


async def opened(stack: AsyncExitStack, folder: Path, database: str, workers: int = 1) -> Site:
    """A site whose workers have yet to be started."""
    sandbox = await stack.enter_async_context(Sandbox(pause=0.05))
    bot = sandbox.add_bot(TOKEN, username="jingyi_bot", can_read_all_group_messages=True)
    person = sandbox.add_person("李伟", username="li")
    admins = str(person.id)
    groups = [sandbox.add_group(f"{number}支部", by=person, bots=[bot]) for number in range(GROUPS)]
    more: list[dict[str, str]] = [{} for _ in range(workers)]
    if workers > 1:
        ports = [free_port() for _ in range(workers)]
        door = await stack.enter_async_context(Door(ports, random.Random(1)))  # noqa: S311
        more = [{"http": f"127.0.0.1:{port}", "webhook_url": door.url, "webhook_secret": SECRET} for port in ports]
    made = [
        Worker(folder, settings(sandbox.url, database, admins=admins, **one), name=f"worker-{number}", command=RUN)
        for number, one in enumerate(more)
    ]
    site = Site(sandbox, groups, person, database, made)
    stack.push_async_callback(close, site)
    return site


async def close(site: Site) -> None:
    if site.supervisor is not None:
        site.supervisor.cancel()
        await asyncio.gather(site.supervisor, return_exceptions=True)
    for worker in site.workers:
        await worker.kill()


async def stop(site: Site) -> None:
    """As an operator does."""
    assert site.supervisor is not None
    site.supervisor.cancel()
    await asyncio.gather(site.supervisor, return_exceptions=True)
    assert await site.workers[0].stop() == 0
    site.workers[0].process = None


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def site(stack: AsyncExitStack, tmp_path: Path) -> Site:
    """One worker on SQLite; it has greeted its groups."""
    site = await opened(stack, tmp_path, f"sqlite:///{tmp_path / 'jingyi.db'}")
    await greeted(site)
    return site


async def greeted(site: Site) -> None:
    site.begin()
    await site.until(lambda: len(site.rows()) >= GROUPS and all(row.done for row in site.rows()))
    site.exits.clear()


async def swallow(site: Site, words: str) -> None:
    """One says the words that nobody survives; that one and others have more to say."""
    site.say(0, words)
    site.say(0, "/points")
    for group in range(1, GROUPS):
        site.say(group, MOMENT)
        site.say(group, "/points")
    await site.until(lambda: site.handled(words) and site.handled(MOMENT) and site.handled("/points"))


def all_right(site: Site, words: str) -> None:
    """The poison was begun three times and is set aside; what else was said was handled, and was never at fault."""
    (poison,) = site.said(words)
    assert (poison.tries, poison.error) == (MAX_TRIES + 1, "NeverEnded")
    assert len(site.said("/points")) == GROUPS
    assert [row for row in site.rows() if row.error is not None] == [poison]
    (behind,) = [row for row in site.said("/points") if str(site.groups[0].id) in row.body]
    assert behind.tries == 1, "what waits is not counted"


async def test_what_blocks_the_loop_is_set_aside_told_in_the_log_and_costs_nobody_beside_it_a_try(site: Site) -> None:
    await swallow(site, LOOP)
    all_right(site, LOOP)
    assert site.exits == [EXIT_CODE] * MAX_TRIES
    (poison,) = site.said(LOOP)
    blocked = [line for line in site.logged().splitlines() if "the event loop stands still" in line]
    assert len(blocked) == MAX_TRIES
    assert all(f'"update": {poison.id}' in line and "in suffer" in line for line in blocked)
    assert {row.tries for row in (*site.said(MOMENT), *site.said("/points"))} == {1}
    await goes_on(site)


@pytest.mark.parametrize(("words", "code"), [(SEARCH, BY_FAULTHANDLER), (KILL, -signal.SIGKILL)])
async def test_a_message_that_the_program_dies_of_is_set_aside_after_three_starts(
    site: Site, words: str, code: int
) -> None:
    await swallow(site, words)
    all_right(site, words)
    assert site.exits == [code] * MAX_TRIES
    await goes_on(site)


async def goes_on(site: Site) -> None:
    """Every group has its answer, and the log says what happened."""
    await site.until(lambda: all(site.answers(group) == 1 for group in range(GROUPS)))
    assert "an update was set aside" in site.logged()


async def test_of_two_workers_no_more_than_three_in_all_die_of_a_message(
    stack: AsyncExitStack, tmp_path: Path, postgres: Postgres
) -> None:
    with postgres.database() as url:
        async with AsyncExitStack() as inner:
            site = await opened(inner, tmp_path, url, workers=2)
            await greeted(site)
            await swallow(site, LOOP)
            all_right(site, LOOP)
            assert 0 < len(site.exits) <= MAX_TRIES, "the last to die may not have been seen yet"


async def test_a_message_that_waits_for_ever_is_cut_off_and_its_chat_goes_on(site: Site) -> None:
    await stop(site)
    site.workers[0].command = IMPATIENT
    site.begin()
    site.say(0, LONG)
    site.say(0, "/points")
    site.say(1, "/points")
    await site.until(lambda: site.answers(1) == 1)
    assert not site.handled(LONG), "others have not waited for it"
    await site.until(lambda: site.answers(0) == 1)
    (poison,) = site.said(LONG)
    assert (poison.done, poison.tries, poison.error) == (True, MAX_TRIES, "TimeoutError")
    assert site.exits == [], "the program has lived on"


async def test_stopping_costs_no_try(site: Site) -> None:
    site.say(0, LONG)
    site.say(0, "/points")
    for _ in range(2):
        await site.until(lambda: [row.tries for row in site.said(LONG)] == [1])
        await stop(site)
        assert [(row.tries, row.done) for row in (*site.said(LONG), *site.said("/points"))] == [(0, False)] * 2
        site.begin()
