"""The one way in which the program and its commands open the store: with the keys of its seals and of its rounds."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from bot import clock, encryption_keys, keys
from bot.encryption_keys import KeyFolder
from bot.renderer import Renderer
from bot.settings import StoreSettings
from domain.admin import seal
from domain.admin.seal import Key
from domain.messaging import encryption
from domain.points import tampering
from storage.database import SQLITE, Database, connect

log = structlog.get_logger()


@asynccontextmanager
async def opened(chosen: StoreSettings, now: Callable[[], datetime] = clock.now) -> AsyncIterator[Database]:
    """The store, open, with what is written sealed.

    Raises WrongSetting, KeyMissing, KeyChanged, storage's StoreError and NewerSchema.
    """
    async with connect(chosen.database_url, Renderer(), now) as database:
        await use_key(database, chosen, now)
        yield database


async def use_key(database: Database, chosen: StoreSettings, now: Callable[[], datetime]) -> bool:
    """Sign what is written from now on; a store that was never sealed is taken over as it is: whether it was so.

    Raises WrongSetting, KeyMissing, KeyChanged, StoreError.
    """
    await use_encryption_keys(database, chosen)
    key = await key_of(database, chosen)
    database.seal_with(key)
    taken_over = await database.write(tampering.take_over_once, at=now())
    seal.check_key(await database.read(seal.all_seals), key)  # another program may have been faster, with its own
    return taken_over


async def use_encryption_keys(database: Database, chosen: StoreSettings) -> None:
    """Find the keys of open rounds, and destroy those of closed ones that a kill has left. Raises StoreError.

    A server's store may be shared with a program on a machine that has the keys: there, nothing is given up.
    """
    database.keep_keys_in(KeyFolder(encryption_keys.folder_of(chosen)))
    await database.write(encryption.sweep)
    if chosen.database_url.startswith(SQLITE) and (lost := await database.write(encryption.give_up_lost)):
        log.error("keys of open rounds are lost; what was answered under them cannot be read", keys=lost)


async def key_of(database: Database, chosen: StoreSettings) -> Key:
    """The key that fits the store; a new one where it was never sealed. Raises as `use_key` does."""
    key = keys.find(chosen)
    seal.check_key(await database.read(seal.all_seals), key)
    return key or keys.make(chosen)
