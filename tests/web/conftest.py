"""The web before a real store."""

from tests.domain.conftest import empty_file, engine, sqlite_url, store

__all__ = ["empty_file", "engine", "sqlite_url", "store"]
