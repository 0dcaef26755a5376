"""What every engine's store is: transactions for use cases, and errors in words."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.outbox import Words
from storage.stores import Stores

P = ParamSpec("P")
T = TypeVar("T")


class StoreError(Exception):
    """The store cannot take a unit: it is closed, the disk is full, the file is locked or damaged.

    Nothing of the unit is kept.
    """


def told(error: DBAPIError) -> str:
    """The engine's own words: SQLAlchemy's hold statement and values, which are people's."""
    primary = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    return primary or str(error.orig).partition("\n")[0]


class Store(ABC):
    """Transactions on one engine; `storage.store.connect` makes the one that an address names."""

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        """`words` finds what to say in a chat's language; `now` tells the time."""
        self._words = words
        self._now = now

    def _stores(self, connection: Connection) -> Stores:
        return Stores(connection, self._words, self._now())

    async def __aenter__(self) -> Self:
        """Open."""
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    @abstractmethod
    async def open(self) -> None:
        """Bring the schema up to date and be ready. Raises migrate.NewerSchema, StoreError."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what has been handed in, and let go."""

    @abstractmethod
    async def write(self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a use case in a transaction of its own: all of it is kept, or none.

        It may run more than once before it is kept, so it changes nothing but its stores. Raises what the use case
        raises; StoreError where the store cannot take it.
        """

    @abstractmethod
    async def read(self, query: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a query on a snapshot; it can change nothing. Raises what the query raises, StoreError."""
