"""A questionnaire at a shift change: two thousand people answer twenty questions at once, through the use cases.

Each step of a dialogue is a transaction, as a press is. What is measured is the domain and the store, on both
engines, not the platform's traffic. A lost answer fails the benchmark.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import postgres
from benchmarks.result import Row, Say, WorkNotDone
from bot.renderer import Renderer
from domain.ids import RoundId
from domain.messaging.chat import Admission, ChatKind, ChatProfile, Locale
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.voice.questionnaire import answering, service
from domain.voice.questionnaire.model import Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence
from domain.voice.questionnaire.service import Wish
from storage import migrate
from storage.database import connect

AT = datetime(2026, 11, 25, 2, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Size:
    """How many people answer how many questions, and how many of them at the same moment."""

    people: int = 2000
    questions: int = 20
    at_once: int = 200


SHORT = Size(people=100, questions=20, at_once=50)


async def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark, on both engines. Raises WorkNotDone."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:
        rows = await _on("SQLite", f"sqlite:///{Path(folder) / 'answers.db'}", size, say)
    with postgres.server() as server, server.database() as url:
        return rows + await _on("PostgreSQL", url, size, say)


async def _on(engine: str, url: str, size: Size, say: Say) -> list[Row]:
    migrate.upgrade(url)
    async with opened(url) as database:
        number, actors = await database.write(partial(_ask, size=size))
        say(f"{size.people:,} people answer {size.questions} questions on {engine}")
        begun, waits = time.perf_counter(), list[float]()
        room = asyncio.Semaphore(size.at_once)
        await asyncio.gather(*(_answer(database, number, one, size=size, room=room, waits=waits) for one in actors))
        seconds = time.perf_counter() - begun
        await database.read(partial(_check, number=number, size=size))
    waits.sort()
    rate, slowest = size.people * size.questions / seconds, waits[int(len(waits) * 0.99)]
    figures = {"people": size.people, "questions": size.questions, "at_once": size.at_once, "seconds": seconds}
    return [
        Row("answers", f"answers kept at a shift change, {engine}", "nothing lost", rate, "/s", figures=figures),
        Row("answers", f"a step of a dialogue, p99, {engine}", f"{size.at_once} at once", slowest * 1000, "ms"),
    ]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Any]:
    """A store that is closed afterwards."""
    database = connect(url, Renderer(), lambda: LATER)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


def _ask(stores: Any, *, size: Size) -> tuple[RoundId, list[Actor]]:
    """A group with its people, each with a private chat, is asked ratings."""
    locale = Locale("Asia/Shanghai", "zh")
    met = stores.chats.add(ChatProfile(-1, ChatKind.GROUP, "车间"), locale, AT)
    stores.chats.decide(met, Admission.ADMITTED, None, AT)
    group = stores.chats.get(met.id)
    actors = []
    for number in range(1, size.people + 1):
        member = stores.members.add(PersonProfile(number, f"职工{number}", None), AT)
        private = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, member.name), locale, AT)
        stores.members.speak(group.id, member.id, AT)
        actors.append(Actor(replace(member, private=private.id), private, LATER))
    questions = tuple(
        Question(f"q{place}", QuestionKind.RATING, f"第 {place + 1} 题", low=LOWEST, high=HIGHEST)
        for place in range(size.questions)
    )
    wish = Wish(Questionnaire("车间调查", questions), Audience(group=group.id), Confidence.NAMED)
    asker = Actor(actors[0].member, group, AT, is_root_admin=True)
    return service.ask(stores, asker, wish=wish, source="benchmark").id, actors


async def _answer(
    database: Any, number: RoundId, actor: Actor, *, size: Size, room: asyncio.Semaphore, waits: list[float]
) -> None:
    """Somebody answers everything, one step after the other."""
    mark = LOWEST + actor.member.id % HIGHEST
    choices = [
        partial(answering.choose, actor=actor, number=number, question=place, option=mark)
        for place in range(size.questions)
    ]
    steps: list[Callable[..., object]] = [
        partial(answering.open_, actor=actor, number=number),
        partial(answering.start, actor=actor, number=number),
        *choices,
        partial(answering.submit, actor=actor, number=number),
    ]
    async with room:
        for step in steps:
            begun = time.perf_counter()
            await database.write(step)
            waits.append(time.perf_counter() - begun)


def _check(stores: Any, *, number: RoundId, size: Size) -> None:
    """Raises WorkNotDone unless everybody's answers are there."""
    one = stores.rounds.get(number)
    returned = stores.responses.returned(one)
    whole = [each for each in returned if len(each.response) == size.questions]
    if len(whole) != size.people:
        raise WorkNotDone(f"{len(whole)} of {size.people} people's answers are there")
    marks = {mark for each in whole for mark in each.response.values()}
    if not marks <= set(range(LOWEST, HIGHEST + 1)):
        raise WorkNotDone(f"marks that nobody gave: {marks}")
