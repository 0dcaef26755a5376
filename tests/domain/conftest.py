"""The core on a real store, where a rule needs one; that both engines keep a store alike is tested in tests/storage."""

from collections.abc import AsyncIterator

import pytest

from tests.storage.conftest import Engine, branch, empty_file, sqlite_url, store

__all__ = ["branch", "empty_file", "engine", "sqlite_url", "store"]


@pytest.fixture
async def engine(sqlite_url: str) -> AsyncIterator[Engine]:
    engine = Engine(sqlite_url)
    yield engine
    await engine.close()
