"""The web before a real store, on one engine."""

from collections.abc import AsyncIterator

import pytest

from tests.stores import Engine


@pytest.fixture
async def engine(sqlite_url: str) -> AsyncIterator[Engine]:
    engine = Engine(sqlite_url)
    yield engine
    await engine.close()
