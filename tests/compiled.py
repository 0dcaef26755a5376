"""Statements compiled once in a test run. Each store has engines of its own, which would compile them all anew."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Engine, event


class Compiled(dict[Any, Any]):
    """SQLAlchemy's cache without the dialect in its keys: each engine has an instance of its own, all alike."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], statement: Any) -> None:
        super().__setitem__(key[1:], statement)


def share_compiled_statements() -> None:
    """Let all engines that are made from now on and have the same driver share what they compile."""
    by_driver: defaultdict[str, Compiled] = defaultdict(Compiled)

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=by_driver[connection.dialect.driver])
