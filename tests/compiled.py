"""Statements compiled once in a test run. Each store has engines of its own, which would compile them all anew."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Engine


class Compiled(dict[Any, Any]):
    """SQLAlchemy's cache without the dialect in its keys: each engine has an instance of its own, all alike."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], statement: Any) -> None:
        super().__setitem__(key[1:], statement)


def share_compiled_statements() -> None:
    """Let all engines that have the same driver share what they compile.

    Not by an event of connections: where one is listened to, SQLAlchemy looks for listeners at each statement.
    """
    by_driver: defaultdict[str, Compiled] = defaultdict(Compiled)
    Engine._compiled_cache = property(lambda engine: by_driver[engine.dialect.driver], lambda engine, own: None)
