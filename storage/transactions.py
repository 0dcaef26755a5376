"""What every engine's store is: transactions for use cases, and errors in words."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

from sqlalchemy import Connection

from domain.admin.enterprise import DEFAULT, Enterprise
from domain.admin.seal import Key
from domain.messaging.composing import Renderer
from storage.ending import Ending
from storage.errors import OutcomeOpen, StoreError, told
from storage.keys import Keys
from storage.stores import Stores
from storage.writer import Transaction, Writer

__all__ = ["Database", "OutcomeOpen", "P", "StoreError", "StoresOf", "T", "told"]
P = ParamSpec("P")
T = TypeVar("T")
StoresOf = Callable[[Connection], Stores]


class Database(ABC):
    """Transactions on one engine; `storage.database.connect` makes the one that an address names."""

    def __init__(self, renderer: Renderer, now: Callable[[], datetime], enterprise: Enterprise = DEFAULT) -> None:
        """`renderer` finds what to say in a chat's language, `now` tells the time.

        `enterprise` is what every use case may know of the program's settings.
        """
        self._renderer = renderer
        self._now = now
        self._enterprise = enterprise
        self._ending = Ending()
        self._writer = Writer(self._transaction())

    def _stores(self, connection: Connection) -> Stores:
        """The stores of a transaction that reads."""
        return self._stores_with(connection, Ending.of_reader(self._ending.sealing.key, self._ending.keyring.keys))

    def _writing(self, connection: Connection) -> Stores:
        """The stores of a unit."""
        return self._stores_with(connection, self._ending)

    def _stores_with(self, connection: Connection, ending: Ending) -> Stores:
        return Stores(connection, self._renderer, self._now(), self._enterprise, ending=ending)

    def seal_with(self, key: Key) -> None:
        """Sign what is written from now on; to be said before anything is."""
        self._ending.sealing.key = key

    def keep_keys_in(self, keys: Keys) -> None:
        """Keep the keys of what is confidential there from now on; until then they end with the program."""
        self._ending.keyring.keys = keys

    async def __aenter__(self) -> Self:
        """Open."""
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def write(self, use_case: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a use case in a transaction: all of it is kept, or none.

        It may run more than once before it is kept, so it changes nothing but its stores. Raises what the use case
        raises; StoreError where the store cannot take it, OutcomeOpen where nobody knows whether it did.
        """
        return cast(T, await self._writer.run(lambda stores: use_case(stores, *args, **arguments)))

    def on_commit(self, observe: Callable[[int], None]) -> None:
        """Let somebody hear, in the writer's thread, how many units each commit held."""
        self._writer.on_commit = observe

    def on_refresh(self, observe: Callable[[], None]) -> None:
        """Let somebody hear, in the writer's thread, that a commit has put refreshed cards into the outbox."""
        self._writer.on_refresh = observe

    @abstractmethod
    def _transaction(self) -> Transaction:
        """The writing connection, not open yet."""

    @abstractmethod
    async def open(self) -> None:
        """Bring the schema up to date and be ready. Raises migrate.NewerSchema, StoreError."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what has been handed in, and let go."""

    @abstractmethod
    async def read(self, query: Callable[Concatenate[Any, P], T], /, *args: P.args, **arguments: P.kwargs) -> T:
        """Run a query on a snapshot; it can change nothing. Raises what the query raises, StoreError."""
