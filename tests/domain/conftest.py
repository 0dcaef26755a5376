"""The core on a real store, where a rule needs one."""

from tests.storage.conftest import branch, empty_file, engine, store

__all__ = ["branch", "empty_file", "engine", "store"]
