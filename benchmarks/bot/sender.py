"""Pushes to thousands of groups under enforced limits, ten times the platform's: how much of the limit is used.

The other side is the sandbox, which refuses what is too fast as the platform does. A study item waits for every group
when the bot starts; measured is from the first message that is taken to the last one.
"""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, func, select

from benchmarks.bot.crowd import LOCALE
from benchmarks.bot.platform import TOKEN
from benchmarks.bot.pressing import PROGRAM
from benchmarks.bot.process import UNTIL_READY, free_port, jingyi_settings, running
from benchmarks.machine import processor_seconds
from benchmarks.result import Row, Say, WorkNotDone, middle
from bot import clock
from bot.renderer import Renderer
from bot.sample import enterprise
from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.study import study
from sandbox import Sandbox
from sandbox.calls import Call
from sandbox.limits import IN_ALL, Limits
from storage.database import SQLiteDatabase
from storage.messaging.tables import outbox
from storage.stores import Stores

SAY = "sendMessage"
FLOOD = 429
LOOK = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Size:
    """How many groups, how many times the platform's limits, how many rounds."""

    groups: int = 5000
    factor: float = 10.0
    rounds: int = 2

    @property
    def limit(self) -> float:
        """Messages a second."""
        return IN_ALL.messages * self.factor / IN_ALL.seconds


SHORT = Size(groups=1500, rounds=1)


@dataclass(frozen=True, slots=True)
class Push:
    """How one push went: when messages were taken, in seconds, and how many were refused.

    `processor` is what the bot and `sandbox` what the other side used of a processor, a message, in ms: where both
    together come near what the machine has in that time, the machine and not the bot falls short of the limit.
    """

    taken: Sequence[float]
    refused: int
    processor: float
    sandbox: float

    @property
    def rate(self) -> float:
        """Messages a second."""
        return (len(self.taken) - 1) / (self.taken[-1] - self.taken[0])


def enter(stores: Stores, *, places: Sequence[int], at: datetime) -> None:
    """Groups, each with a study item that waits to be sent (without its quiz: one message each)."""
    (lesson, *_) = enterprise.lessons()
    stores.studies.put(replace(lesson, question=None))
    stores.quiet.choose(None, None)  # it may be night while this is measured
    for number, place in enumerate(places):
        group = stores.chats.add(ChatProfile(place, ChatKind.GROUP, f"第{number + 1}党支部"), LOCALE, at)
        stores.chats.decide(group, Admission.ADMITTED, None, at)
        study.prompt(stores, stores.chats.get(group.id), at)


async def measure(size: Size, say: Say) -> list[Row]:
    """The row of this benchmark."""
    pushes = []
    for number in range(size.rounds):
        say(f"push {number + 1} of {size.rounds}")
        pushes.append(await _push(size))
    used = [push.rate / size.limit for push in pushes]
    refused = sum(push.refused for push in pushes)
    processor, other = middle([push.processor for push in pushes]), middle([push.sandbox for push in pushes])
    figures = {
        "messages_a_second": [round(push.rate, 1) for push in pushes],
        "refused_with_429": refused,
        "processor_ms_a_message": round(processor, 3),
        "sandbox_ms_a_message": round(other, 3),
    }
    what = f"pushes to {size.groups:,} groups"
    against = f"the limit of {size.limit:g} a second"
    rate = middle([push.rate for push in pushes])
    note = f"{rate:.0f} a second; {processor:.2f} ms of processor each, the sandbox {other:.2f} ms"
    return [
        Row("sender", what, against, middle(used), "×", least=0.97, figures=figures, note=note),
        Row("sender", "messages refused with 429", "none", refused, "", most=0),
    ]


async def _push(size: Size) -> Push:
    with tempfile.TemporaryDirectory(prefix="jingyi-") as made:
        folder = Path(made)
        async with Sandbox(limits=Limits(enforced=True, factor=size.factor)) as sandbox:
            places = _found_groups(sandbox, size.groups)
            file = folder / "jingyi.db"
            async with SQLiteDatabase(file, Renderer(), clock.now) as database:
                await database.write(enter, places=places, at=clock.now())
            settings = jingyi_settings(sandbox.url, f"sqlite:///{file}", folder, port=free_port())
            pace = f"--factor={size.factor}"
            async with running(PROGRAM, pace, folder=folder, settings=settings, gently=True) as process:
                async with asyncio.timeout(UNTIL_READY):
                    await _until_sent(sandbox, 1)
                before, busy = processor_seconds(process.pid), time.process_time()
                await _until_all_sent(sandbox, size)
                used, busy = processor_seconds(process.pid) - before, time.process_time() - busy
            _check(file, sandbox, places)
            return _pushed(sandbox.calls, 1000 * used / size.groups, 1000 * busy / size.groups)


def _found_groups(sandbox: Sandbox, count: int) -> list[int]:
    """Groups with the bot in them, which has heard of it already."""
    bot = sandbox.add_bot(TOKEN)
    owner = sandbox.add_person("陈建国")
    groups = [sandbox.add_group(f"第{number + 1}党支部", by=owner, bots=[bot]) for number in range(count)]
    bot.inbox.clear()
    return [group.id for group in groups]


async def _until_all_sent(sandbox: Sandbox, size: Size) -> None:
    """Wait for as many messages as there are groups. Raises TimeoutError after three times what it should take."""
    async with asyncio.timeout(30 + 3 * size.groups / size.limit):
        await _until_sent(sandbox, size.groups)


async def _until_sent(sandbox: Sandbox, count: int) -> None:
    while sum(_taken(call) for call in sandbox.calls) < count:  # noqa: ASYNC110 - the sandbox tells no one
        await asyncio.sleep(LOOK)


def _taken(call: Call) -> bool:
    return call.method == SAY and call.status == 200


def _pushed(calls: Sequence[Call], processor: float, sandbox: float) -> Push:
    refused = sum(call.status == FLOOD for call in calls)
    return Push([call.at.timestamp() for call in calls if _taken(call)], refused, processor, sandbox)


def _check(file: Path, sandbox: Sandbox, places: Sequence[int]) -> None:
    """Whether each group got its message once, and the outbox knows it. Raises WorkNotDone."""
    told = sorted(int(call.parameters["chat_id"]) for call in sandbox.calls if _taken(call))
    if told != sorted(places):
        raise WorkNotDone(f"{len(set(told))} of {len(places)} groups got {len(told)} messages")
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        sent = select(func.count()).where(outbox.c.state == "sent", outbox.c.message_id.is_not(None))
        count = connection.execute(sent).scalar_one()
    engine.dispose()
    if count != len(places):
        raise WorkNotDone(f"the outbox knows of {count} of {len(places)} messages")
