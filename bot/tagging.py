"""Tagging texts by the table in use: each program sees by its state that somebody has changed it, and takes it over."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.words import at_once
from domain.voice import tag_table
from domain.voice.suggestion import Tagging
from domain.voice.tagging import Lesson
from domain.voice.tags import Table
from handlers.context import Database
from handlers.voice.tag_files import for_tagger, shipped
from language import model
from language.learned import tags_by
from language.model import Model
from language.tags import Tagger

if TYPE_CHECKING:
    from domain.voice.features import Stores


@dataclass(frozen=True, slots=True)
class _State:
    """What the store has, as far as one can tell without reading it all."""

    changes: int
    lessons: int


def _state(stores: "Stores") -> _State:
    return _State(stores.tag_changes.state(), stores.corrections.lessons())


class CurrentTagger:
    """A tagger with the table that people have changed, and with what was learned from their corrections."""

    def __init__(self, tagger: Tagger, database: Database, ready: Callable[[], Awaitable[None]] = at_once) -> None:
        """`ready` waits until the tagger is loaded; without it, it is already."""
        self.tagger = tagger
        self._ready = ready
        self._database = database
        self._state: _State | None = None  # of what this program has
        self._learned: Model | None = None
        self._renewing = asyncio.Lock()

    async def read(self, text: str) -> Tagging:
        """The keywords and tags of a text."""
        await self._ready()
        await self._renew()
        return await asyncio.to_thread(self._read, text)

    def _read(self, text: str) -> Tagging:
        found, learned = self.tagger.read(text), self._learned
        if learned is None:
            return Tagging(found.keywords, found.tags)
        names = {tag.name for tag in self.tagger.tags}
        return Tagging(found.keywords, tuple(name for name in tags_by(learned, text) if name in names))

    def by_table(self, text: str) -> tuple[str, ...]:
        """The tags of a text by the table alone."""
        return self.tagger.read(text).tags

    async def _renew(self) -> None:
        """Take over what has changed."""
        if await self._database.read(_state) == self._state:
            return
        async with self._renewing:
            state = await self._database.read(_state)
            table: Table = await self._database.read(partial(tag_table.table, shipped=shipped()))
            wanted = for_tagger(table.tags)
            if wanted != self.tagger.tags:
                await asyncio.to_thread(self.tagger.change, wanted)
            lesson: Lesson | None = await self._database.read(lambda stores: stores.corrections.learned())
            text = "" if lesson is None else lesson.model
            self._learned = await asyncio.to_thread(model.loads, text) if text else None
            self._state = state
