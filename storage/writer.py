"""Group commit: one thread owns the writing connection and commits whatever has queued up in one go."""

import asyncio
import queue
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from typing import Any

from domain.stores import Stores
from storage.errors import StoreError

MAX_TAKE_IN_SECONDS = 0.05  # seconds that a transaction may go on to take units in; those after them wait for the next
PATIENCE = (
    1.5  # seconds that the thread is given at the end; what it does not reach is kept by nobody, and nobody is told
)
UseCase = Callable[[Stores], Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A use case that waits for its transaction, and who waits for it."""

    call: UseCase
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a unit came to."""

    unit: Unit
    result: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """Answer the caller, unless it has gone; in its own loop."""
        answer = self.unit.answer
        if answer.done():
            return
        if isinstance(self.error, StopIteration):  # the one error that no future takes
            answer.set_exception(RuntimeError("a use case raised StopIteration"))
        elif self.error is not None:
            answer.set_exception(self.error)
        else:
            answer.set_result(self.result)


def tell(outcomes: list[Outcome]) -> None:
    """Answer callers in their own loops, each woken once: waking one costs as much as a statement."""
    for loop in {outcome.unit.loop for outcome in outcomes}:
        own = [outcome for outcome in outcomes if outcome.unit.loop is loop]
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(_tell, own)


def _tell(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        outcome.tell()


class Lost(Exception):  # noqa: N818 - named for what happened
    """The whole transaction is lost, with every unit in it; `refusal` is what their callers are told."""

    def __init__(self, refusal: StoreError) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def refresh_asked(stores: Stores) -> bool:
    """Put the cards that units have asked for into the outbox; whether any had to be."""
    stores.outbox.refresh_asked()
    return stores.used_outbox


class Transaction(ABC):
    """One engine's writing connection. Only the writer's thread uses it; every method may raise Lost."""

    most_units: int
    has_refreshed = False  # whether the last commit put refreshed cards into the outbox

    @abstractmethod
    def begin(self) -> None:
        """Begin; connect first where there is no connection."""

    @abstractmethod
    def mark(self) -> None:
        """Begin a unit: what comes from here on can be undone alone."""

    @abstractmethod
    def run(self, call: UseCase) -> Any:
        """Call a use case with the stores of this transaction. Raises what it raises, StoreError."""

    @abstractmethod
    def keep(self) -> None:
        """The unit is well."""

    @abstractmethod
    def undo(self) -> None:
        """Undo the unit, and nothing before it."""

    @abstractmethod
    def commit(self) -> None:
        """Make all of it durable."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the connection; raises nothing."""

    def run_again(self, error: BaseException, tries: int) -> bool:
        """Whether a unit that failed so, after so many tries, should be tried once more."""
        return False


class Writer:
    """The thread, and the queue before it. A caller is answered after the commit that holds its unit, never before."""

    def __init__(self, transaction: Transaction) -> None:
        """`transaction` is the thread's alone from the start on."""
        self._transaction = transaction
        self._units: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._left: list[Unit] = []  # taken from the queue, and too late for the last transaction
        self._closing = False
        self._open = False
        self.on_commit: Callable[[int], None] | None = None  # hears, in the thread, how many units were committed
        self.on_refresh: Callable[[], None] | None = None  # hears, in the thread, that cards wait to be refreshed
        self._thread = threading.Thread(target=self._write_all, name="store-writer", daemon=True)

    def start(self) -> None:
        """Take units from now on."""
        self._thread.start()
        self._open = True

    async def run(self, call: UseCase) -> Any:
        """Run a use case in a transaction: all of it is kept, or none. Raises what it raises, StoreError."""
        if not self._open:
            raise StoreError("the store is closed")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self._units.put(Unit(call, loop, answer))
        return await answer

    async def close(self) -> None:
        """Finish what has been handed in, and let go of the connection; a thread that hangs is left to hang."""
        if self._open:
            self._open = False
            self._units.put(None)
            await asyncio.to_thread(self._thread.join, PATIENCE)

    def _write_all(self) -> None:
        try:
            while units := self._next_units():
                tell(self._commit(units))
        finally:
            self._transaction.close()

    def _next_units(self) -> list[Unit]:
        """What has queued up, at least one; nothing once the store is closed."""
        units, self._left = self._left, []
        if not units and not self._closing:
            first = self._units.get()
            units = [first] if first else []
            self._closing = first is None
        return units + self._queued(self._transaction.most_units - len(units))

    def _queued(self, most: int) -> list[Unit]:
        """What waits in the queue, without waiting for more."""
        units: list[Unit] = []
        while not self._closing and len(units) < most and not self._units.empty():
            unit = self._units.get()
            if unit is None:
                self._closing = True
            else:
                units.append(unit)
        return units

    def _commit(self, units: list[Unit]) -> list[Outcome]:
        """Run units in one transaction, each in a savepoint of its own: one that fails undoes only itself."""
        done: list[Outcome] = []
        try:
            self._transaction.begin()
            units += self._queued(self._transaction.most_units - len(units))  # what came while it waited for its turn
            until = time.monotonic() + MAX_TAKE_IN_SECONDS
            for unit in units:
                done.append(self._run(unit))
                if time.monotonic() > until:
                    break
            self._transaction.commit()
            if self.on_commit is not None:
                self.on_commit(len(done))
            if self._transaction.has_refreshed and self.on_refresh is not None:
                self.on_refresh()
        except Lost as lost:
            return [Outcome(unit, error=copy(lost.refusal)) for unit in units]  # each is raised on its own
        except BaseException as error:  # a fault of ours: nobody must wait for ever
            self._transaction.close()
            return [Outcome(unit, error=error) for unit in units]
        self._left = units[len(done) :]
        return done

    def _run(self, unit: Unit, tries: int = 1) -> Outcome:
        """One unit. Raises Lost."""
        self._transaction.mark()
        try:
            result = self._transaction.run(unit.call)
        except Lost:
            raise
        except BaseException as error:
            self._transaction.undo()
            if self._transaction.run_again(error, tries):
                return self._run(unit, tries + 1)
            return Outcome(unit, error=error)
        self._transaction.keep()
        return Outcome(unit, result)
