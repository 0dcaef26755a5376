"""Of the programs that share a database one works, and the others stand by to take its place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.dialects import address
from storage.store import SQLITE

TAKE = text("SELECT pg_try_advisory_lock(hashtext('jingyi leader'))")
LOOK = text("SELECT 1")
TRY_AGAIN = 3.0  # seconds
LOOK_AGAIN = 1.0  # seconds
# The server gives up a leader whose machine is gone after six seconds instead of two hours.
KEEPALIVES = "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3"


@asynccontextmanager
async def leading(url: str, lost: Callable[[], None]) -> AsyncIterator[None]:
    """Wait until no other program leads on the store at an address; then lead while the block runs.

    The lock belongs to a connection of its own, so that the server gives it back when the program dies. `lost` is
    called where that connection breaks: somebody else may lead from then on. A SQLite file has one program anyway.
    """
    if url.startswith(SQLITE):
        yield
        return
    engine = create_async_engine(
        address(url), poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"options": KEEPALIVES}
    )
    connection = await _take(engine)
    watching = asyncio.create_task(_watch(connection, lost), name="leadership")
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        with suppress(DBAPIError):
            await connection.close()
        await engine.dispose()


async def _take(engine: AsyncEngine) -> AsyncConnection:
    while True:
        with suppress(DBAPIError):  # a server that is away now will be back
            connection = await engine.connect()
            try:
                if (await connection.execute(TAKE)).scalar_one():
                    return connection
            except BaseException:
                await connection.close()
                raise
            await connection.close()
        await asyncio.sleep(TRY_AGAIN)


async def _watch(connection: AsyncConnection, lost: Callable[[], None]) -> None:
    try:
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            async with asyncio.timeout(TRY_AGAIN):
                await connection.execute(LOOK)
    except (DBAPIError, TimeoutError):
        lost()
