"""Several programs on one PostgreSQL database, behind something that spreads a webhook's calls over them."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
from sqlalchemy import text

from bot import intake, sender
from bot.handling import Handling
from bot.pace import Pace
from bot.program import Program
from bot.reading import Arrived, arrive
from bot.settings import Settings
from domain.ids import WorkerId
from domain.messaging import inbox
from domain.messaging.chat import Locale
from handlers import limits
from handlers.budget import Limits
from language.tags import Tagger
from sandbox import Sandbox
from tests.conftest import Postgres
from tests.patience import PATIENCE, STOPPED_WITHIN, until
from web.webhook import SECRET_HEADER

TOKEN = "123456:workers"
LOCALE = Locale("Asia/Shanghai", "zh")
GONE = WorkerId(99)  # a worker that nobody is
OPEN = text("SELECT count(*) FROM inbox WHERE done_at IS NULL")


@dataclass
class Crew:
    """Programs on one database, and a group of the local Telegram that they serve."""

    settings: Settings
    sandbox: Sandbox
    tagger: Tagger
    browser: aiohttp.ClientSession
    programs: list[Program] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1000))

    async def start(self, limits: Limits | None = None) -> Program:
        now = self.sandbox.clock.now
        program = Program(self.settings, now=now, pace=Pace(1000), limits=limits, tagger=self.tagger)
        self.programs.append(await program.__aenter__())
        return program

    async def stop(self, program: Program) -> None:
        self.programs.remove(program)
        await program.__aexit__()

    def body(self, chat: Any, person: Any, words: str) -> dict[str, Any]:
        number = next(self.numbers)
        said = {"message_id": number, "date": 1795572000, "chat": chat, "from": person, "text": words}
        return {"update_id": number, "message": said}

    async def deliver(self, program: Program, body: dict[str, Any]) -> None:
        async with self.browser.post(program.http + "/hook", json=body, headers={SECRET_HEADER: "crew"}) as answer:
            assert answer.status == 200

    async def done(self) -> None:
        """Wait until every update is handled."""
        async with asyncio.timeout(PATIENCE):
            while await self.programs[0].database.read(lambda stores: stores.connection.execute(OPEN).scalar_one()):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    tagger = Tagger(tmp_path_factory.mktemp("cache"))
    tagger.load()
    return tagger


@pytest.fixture
async def crew(tmp_path: Path, tagger: Tagger, postgres: Postgres) -> AsyncIterator[Crew]:
    with postgres.database() as url:
        async with Sandbox() as sandbox, aiohttp.ClientSession() as browser:
            sandbox.add_bot(TOKEN, username="jingyi_bot", can_read_all_group_messages=True)
            settings = Settings(
                _env_file=None,
                token=TOKEN,
                api_url=sandbox.url,
                database_url=url,
                http="127.0.0.1:0",
                cache=tmp_path,
                webhook_url="http://127.0.0.1:9/hook",  # nobody there: the tests deliver
                webhook_secret="crew",
                audit_key="k" * 32,
            )
            crew = Crew(settings, sandbox, tagger, browser)
            for _ in range(3):
                await crew.start()
            yield crew
            for program in list(crew.programs):
                await crew.stop(program)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """The updates of each lane in the order in which handling them ended; it takes a moment, and never two at once."""
    ended: dict[str, list[int]] = defaultdict(list)
    under_way: set[str] = set()

    async def process(self: Handling, arrived: Arrived) -> None:
        assert arrived.lane not in under_way, "two of one chat at once"
        under_way.add(arrived.lane)
        try:
            await asyncio.sleep(random.uniform(0, 0.03))  # noqa: S311 - only that some take longer
        finally:
            under_way.discard(arrived.lane)
        ended[arrived.lane].append(arrived.id)
        await self._close(arrived.id)

    monkeypatch.setattr(Handling, "_process", process)
    return ended


async def say(crew: Crew, chat: int, programs: Sequence[Program], times: int) -> list[int]:
    """Somebody says so many things in a chat, one after the other, each heard by another program."""
    said = []
    for number in range(times):
        body = crew.body({"id": chat, "type": "private"}, {"id": chat}, f"{number}")
        said.append(body["update_id"])
        await crew.deliver(programs[(number + chat) % len(programs)], body)
    return said


async def test_one_leads_and_each_is_ready(crew: Crew) -> None:
    assert [program.worker.leads for program in crew.programs] == [True, False, False]
    for program in crew.programs:
        async with crew.browser.get(program.http + "/health/ready") as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True, "missing": []})


async def test_a_chat_keeps_its_order_whoever_hears_it_and_nothing_is_handled_twice(
    crew: Crew, handled: dict[str, list[int]]
) -> None:
    chats = range(1, 9)
    said = await asyncio.gather(*(say(crew, chat, crew.programs, 20) for chat in chats))
    await crew.done()
    assert handled == {str(chat): numbers for chat, numbers in zip(chats, said, strict=True)}


async def test_an_update_that_comes_to_two_is_handled_once(crew: Crew, handled: dict[str, list[int]]) -> None:
    body = crew.body({"id": 5, "type": "private"}, {"id": 5}, "早")
    await asyncio.gather(*(crew.deliver(program, body) for program in crew.programs * 3))
    await crew.done()
    assert handled == {"5": [body["update_id"]]}


async def test_what_a_dead_worker_left_is_handled_in_order_with_what_follows(
    crew: Crew, handled: dict[str, list[int]]
) -> None:
    left = [crew.body({"id": 5, "type": "private"}, {"id": 5}, f"{number}") for number in range(5)]
    updates = [arrive(body).received for body in left]
    await crew.programs[1].database.write(
        inbox.receive, updates=updates, locale=LOCALE, at=crew.sandbox.clock.now(), worker=GONE
    )
    more = await say(crew, 5, crew.programs, 6)
    begun = time.monotonic()
    await crew.done()
    assert time.monotonic() - begun < STOPPED_WITHIN
    assert handled == {"5": [body["update_id"] for body in left] + more}


async def test_what_comes_while_another_workers_update_is_fetched_waits_its_turn(
    crew: Crew, handled: dict[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of three was stored elsewhere for this program; the third comes while it looks for the first."""
    program, chat = crew.programs[1], {"id": 5, "type": "private"}
    bodies = [crew.body(chat, {"id": 5}, f"{number}") for number in range(3)]
    stored = [arrive(bodies[0]).received]
    at, worker = crew.sandbox.clock.now(), program.worker.id
    await program.database.write(inbox.receive, updates=stored, locale=LOCALE, at=at, worker=worker)
    read = program.database.read

    async def slowly(query, /, *args, **arguments):
        if query is inbox.open_updates:
            await asyncio.sleep(0.3)
        return await read(query, *args, **arguments)

    monkeypatch.setattr(program.database, "read", slowly)
    second = asyncio.create_task(crew.deliver(program, bodies[1]))
    await asyncio.sleep(0.15)
    await crew.deliver(program, bodies[2])
    await second
    await crew.done()
    assert handled == {"5": [body["update_id"] for body in bodies]}


async def test_who_stops_hands_back_what_it_has_not_begun(
    crew: Crew, handled: dict[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LOOK_AGAIN", 3600)  # only a word can bring the others to look
    monkeypatch.setattr(intake, "DRAIN", 0)
    said = await say(crew, 5, [crew.programs[2]], 30)
    before = len(handled["5"])
    assert before < 30
    await crew.stop(crew.programs[2])
    await crew.done()
    assert handled == {"5": said}


async def test_another_leads_once_the_leader_ends(crew: Crew) -> None:
    await crew.stop(crew.programs[0])
    await until(lambda: any(program._leads.is_set() for program in crew.programs))


async def test_the_leader_sends_what_another_has_to_say_without_delay(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "LOOK_AGAIN", 3600)  # only a word can wake it
    li = crew.sandbox.add_person("李伟", username="li")
    group = crew.sandbox.add_group("第一党支部", by=li, bots=[123456])
    await asyncio.sleep(1.2)  # its last look of the second before is over
    for program in crew.programs[1:]:
        before = len(crew.sandbox.messages(group))
        await crew.deliver(program, crew.body(group.as_dict(), li.as_dict(), "/points"))
        await until(lambda: len(crew.sandbox.messages(group)) > before)  # noqa: B023 - waited for at once


async def test_nothing_is_remembered_of_updates_that_are_handled(crew: Crew) -> None:
    li = crew.sandbox.add_person("李伟", username="li")
    group = crew.sandbox.add_group("第一党支部", by=li, bots=[123456])
    for words in ("/points", "大家早", "建议：食堂早点开门", "/task", "/nothing"):
        for program in crew.programs:
            await crew.deliver(program, crew.body(group.as_dict(), li.as_dict(), words))
    await crew.done()

    def remembered() -> list[object]:
        own = [(one.intake, one.intake.tries, one.application.bot_data) for one in crew.programs]
        return [
            kept
            for intake, tries, services in own
            for kept in (
                intake._known,
                intake._handed_out,
                tries.cut_off,
                tries._running,
                tries._doubtful,
                services.known_actors,
                services.closed,
            )
            if kept
        ]

    await until(lambda: not remembered())


async def test_a_connection_that_breaks_ends_the_program_in_order(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []
    monkeypatch.setattr("bot.program.signal.raise_signal", ended.append)
    await crew.programs[1].worker._connection.close()
    await until(lambda: bool(ended))


async def test_without_a_secret_of_its_own_every_program_comes_to_the_same(crew: Crew) -> None:
    settings = crew.settings.model_copy(update={"webhook_secret": None})
    secrets = {Program(settings, tagger=crew.tagger)._door.secret for _ in range(2)}
    other = Program(settings.model_copy(update={"token": type(settings.token)("1:x")}), tagger=crew.tagger)
    assert len(secrets) == 1
    assert other._door.secret not in secrets


async def test_a_delivery_that_waits_for_room_does_not_hold_up_the_end(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store stands still, so a webhook's call waits: it is cut off, and the platform makes it again."""
    program = crew.programs[2]
    reached = asyncio.Event()

    async def stand_still(_: Any) -> None:
        reached.set()
        await asyncio.sleep(3600)

    monkeypatch.setattr(program.intake, "_keep", stand_still)
    call = asyncio.create_task(crew.deliver(program, crew.body({"id": 5, "type": "private"}, {"id": 5}, "早")))
    await reached.wait()
    async with asyncio.timeout(STOPPED_WITHIN):
        await crew.stop(program)
    with pytest.raises((aiohttp.ClientError, AssertionError)):
        await call


async def test_a_writer_that_waits_for_its_turn_does_not_hold_up_the_end(crew: Crew) -> None:
    """Somebody at `psql` has the turn and keeps it."""
    with psycopg.connect(crew.settings.database_url) as somebody:
        somebody.execute("SELECT pg_advisory_xact_lock(hashtext('jingyi writer'))")
        call = asyncio.create_task(
            crew.deliver(crew.programs[0], crew.body({"id": 5, "type": "private"}, {"id": 5}, "早"))
        )
        await asyncio.sleep(1.5)  # the sender asks for its next claim, too
        begun = time.monotonic()
        await crew.stop(crew.programs[0])
        assert time.monotonic() - begun < STOPPED_WITHIN
        with pytest.raises((aiohttp.ClientError, AssertionError)):
            await call


async def test_with_several_workers_a_flood_is_bounded_and_others_are_answered_in_order(crew: Crew) -> None:
    """Each worker has its own budgets; what is said while a chat has a backlog keeps its order."""
    for program in list(crew.programs):
        await crew.stop(program)
    for _ in range(2):
        await crew.start(Limits())
    li = crew.sandbox.add_person("李伟", username="li")
    wang = crew.sandbox.add_person("王海燕")
    group = crew.sandbox.add_group("第一党支部", by=li, members=[wang], bots=[123456])
    other = crew.sandbox.add_group("第二党支部", by=wang, bots=[123456])
    await crew.done()
    flood = [crew.body(group.as_dict(), li.as_dict(), f"/nothing{number}@jingyi_bot") for number in range(200)]
    await asyncio.gather(*(crew.deliver(crew.programs[number % 2], body) for number, body in enumerate(flood)))
    for chat in (other, group):
        await crew.deliver(crew.programs[1], crew.body(chat.as_dict(), wang.as_dict(), "/points"))
    await crew.done()
    for chat in (other, group):
        await until(lambda: any("积分" in one.get("text", "") for one in crew.sandbox.messages(chat)))  # noqa: B023 - waited for at once
    for program in crew.programs:
        await program.idle()

    def shown() -> int:
        return sum("/nothing" in one.get("text", "") for one in crew.sandbox.messages(group))

    await until(lambda: shown() >= limits.MAX_ANSWERS_IN_GROUP)
    await crew.done()
    assert shown() <= 2 * limits.MAX_ANSWERS_IN_GROUP
