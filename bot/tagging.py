"""Tagging texts by the table in use: each program sees by its state that somebody has changed it, and takes it over."""

import asyncio
from functools import partial

from domain.voice import tag_table
from domain.voice.suggestion import Tagging
from domain.voice.tags import Table
from handlers.context import Database
from handlers.voice.tag_files import for_tagger, shipped
from language.tags import Tagger


class CurrentTagger:
    """A tagger with the table that people have changed. Loading the words comes first."""

    def __init__(self, tagger: Tagger, database: Database) -> None:
        self.tagger = tagger
        self._database = database
        self._state: int | None = None  # of the table that the tagger has
        self._renewing = asyncio.Lock()

    async def read(self, text: str) -> Tagging:
        """The keywords and tags of a text."""
        await self._renew()
        found = await asyncio.to_thread(self.tagger.read, text)
        return Tagging(found.keywords, found.tags)

    async def _renew(self) -> None:
        """Take the table over where it was changed."""
        state = await self._database.read(lambda stores: stores.tag_changes.state())
        if state == self._state:
            return
        async with self._renewing:
            table: Table = await self._database.read(partial(tag_table.table, shipped=shipped()))
            wanted = for_tagger(table.tags)
            if wanted != self.tagger.tags:
                await asyncio.to_thread(self.tagger.change, wanted)
            self._state = state
