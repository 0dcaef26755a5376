"""Learning from corrected tags at night, beside all that goes on."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.asked import Asked
from bot.tagging import CurrentTagger
from domain.voice.tagging import Lesson
from language import model
from language.learned import ENOUGH, learn
from storage.database import Database

if TYPE_CHECKING:
    from domain.voice.features import Stores

log = structlog.get_logger()
MAX_EXAMPLES = 5_000  # of the newest corrections


class Learner(Asked):
    """Waits to be asked; then learns in a thread, and keeps what is better than the table alone."""

    def __init__(self, database: Database, tagger: CurrentTagger, *, now: Callable[[], datetime]) -> None:
        """`now` tells the time of what is learned."""
        super().__init__("learner", self.learn)
        self._database = database
        self._tagger = tagger
        self._now = now

    async def learn(self) -> Lesson | None:
        """What was learned; `None` where there are too few corrections, none since last time, or no scikit-learn."""
        count, before = await self._database.read(_known)
        if count < ENOUGH or (before is not None and before.corrections == count):
            return None
        await self._tagger.read("")  # by the table of today
        examples = await self._database.read(lambda stores: stores.corrections.examples(MAX_EXAMPLES))
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
