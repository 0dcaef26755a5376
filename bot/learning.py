"""Learning from corrected tags at night, beside all that goes on."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.tagging import CurrentTagger
from domain.voice.tagging import Lesson
from language import model
from language.learned import ENOUGH, learn
from storage.database import Database, StoreError

if TYPE_CHECKING:
    from domain.voice.features import Stores

log = structlog.get_logger()
MOST = 5_000  # of the newest corrections


class Learner:
    """Waits to be asked; then learns in a thread, and keeps what is better than the table alone."""

    def __init__(self, database: Database, tagger: CurrentTagger, *, now: Callable[[], datetime]) -> None:
        """`now` tells the time of what is learned."""
        self._database = database
        self._tagger = tagger
        self._now = now
        self._asked = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Be ready to be asked."""
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._run(), name="learner")

    async def stop(self) -> None:
        """Learn no more."""
        self._loop = None
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def ask(self) -> None:
        """Learn soon; from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._asked.set)

    async def _run(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            try:
                await self.learn()
            except StoreError as error:
                log.warning("nothing was learned", error=str(error))
            except Exception:  # a fault of ours must not keep tomorrow's from being made
                log.exception("learning failed")

    async def learn(self) -> Lesson | None:
        """What was learned; `None` where there are too few corrections, none since last time, or no scikit-learn."""
        count, before = await self._database.read(_known)
        if count < ENOUGH or (before is not None and before.corrections == count):
            return None
        await self._tagger.read("")  # by the table of today
        examples = await self._database.read(lambda stores: stores.corrections.examples(MOST))
        pairs = [(one.text, one.tags) for one in examples if one.text]
        found = await asyncio.to_thread(learn, pairs, self._tagger.by_table)
        if found is None:
            return None
        lesson = Lesson(count, model.dumps(found.model) if found.is_better else "", self._now())
        await self._database.write(lambda stores: stores.corrections.learn(lesson))
        log.info("learned from corrected tags", used=found.is_better, f1=found.f1, table=found.table)
        return lesson


def _known(stores: "Stores") -> tuple[int, Lesson | None]:
    return stores.corrections.count(), stores.corrections.learned()
