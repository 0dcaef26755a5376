"""Statements on a PostgreSQL connection by libpq's own calls.

psycopg's `execute` takes 75 µs of processor time for a small statement: generators, a cursor, a look into two caches.
libpq's takes 14, and converting values and rows with psycopg's own adapters another 5. Of statements that go in one
round trip (libpq's pipeline mode) each costs a third of that.
"""

import select
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

WELL = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)
MAX_WAITING = 20  # statements that wait to be sent


@dataclass(slots=True, eq=False)
class Waiting:
    """A statement that goes with the next round trip, or has gone; then it has its result."""

    name: bytes
    given: Any
    result: PGresult | None = None

    @property
    def has_failed(self) -> bool:
        """Whether the server has refused it."""
        return self.result is not None and self.result.status not in WELL


class Libpq:
    """One connection, used by one thread at a time. Statements are prepared once and stay so until it closes."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._pgconn = raw.pgconn
        self._adapters = Transformer(raw)
        self._names: dict[bytes, bytes] = {}
        self._waiting: list[Waiting] = []
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(self._pgconn.socket, select.POLLIN)
        self._writable.register(self._pgconn.socket, select.POLLIN | select.POLLOUT)

    def command(self, text: bytes) -> bytes:
        """Run statements that have no values; the server's word for the last one. Raises psycopg.Error."""
        self.flush()
        return self._checked(self._pgconn.exec_(text)).command_status or b""

    def rows(self, text: bytes, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement with its values at `$1`, `$2`, …, after those that wait; its rows. Raises psycopg.Error."""
        if self._waiting:
            return self.rows_of(self.send(text, values))
        return self._loaded(self._checked(self._run(self._named(text), self._dumped(values))))

    def send(self, text: bytes, values: Sequence[Any] = ()) -> Waiting:
        """Let a statement go with the next round trip, before what comes then. Raises psycopg.Error."""
        if len(self._waiting) >= MAX_WAITING:
            self.flush()
        waiting = Waiting(self._named(text), self._dumped(values))
        self._waiting.append(waiting)
        return waiting

    def rows_of(self, sent: Waiting) -> list[tuple[Any, ...]]:
        """The rows of a statement that was sent. Raises psycopg.Error, also where one before it failed."""
        if sent in self._waiting:
            self.flush()
        if sent.result is None:
            raise psycopg.InternalError("the statement was not run")
        return self._loaded(self._checked(sent.result))

    def forget(self) -> list[Waiting]:
        """Let those that wait not be run; which they were."""
        forgotten, self._waiting = self._waiting, []
        return forgotten

    def flush(self) -> None:
        """Run the statements that wait, in one round trip. Raises psycopg.Error, of the first one that failed."""
        waiting = self.forget()
        if waiting:
            self._run_together(waiting)
        for one in waiting:
            if one.result is not None:
                self._checked(one.result)

    def _run(self, name: bytes, given: Any) -> PGresult:
        return self._pgconn.exec_prepared(name, given)

    def _run_together(self, waiting: Sequence[Waiting]) -> None:
        self._pgconn.enter_pipeline_mode()
        for one in waiting:
            self._pgconn.send_query_prepared(one.name, one.given)
        self._pgconn.pipeline_sync()
        self._push()
        for one in waiting:
            (one.result,) = self._results()
        self._next()  # the end of the pipeline
        self._pgconn.exit_pipeline_mode()

    def _results(self) -> Iterator[PGresult]:
        """What one statement gave."""
        while (result := self._next()) is not None:
            yield result

    def _push(self) -> None:
        """Hand the kernel what is to be sent; the server's answers are taken meanwhile, else it would stop reading."""
        while self._pgconn.flush():
            self._writable.poll()
            self._pgconn.consume_input()

    def _next(self) -> PGresult | None:
        """The server's next answer, waited for without the interpreter's lock. Raises psycopg.OperationalError."""
        while self._pgconn.is_busy():
            self._readable.poll()
            self._pgconn.consume_input()
        return self._pgconn.get_result()

    def _named(self, text: bytes) -> bytes:
        return self._names.get(text) or self._prepare(text)

    def _prepare(self, text: bytes) -> bytes:
        name = b"jingyi_%d" % len(self._names)
        self._checked(self._pgconn.prepare(name, text))
        self._names[text] = name
        return name

    def _dumped(self, values: Sequence[Any]) -> Any:
        return self._adapters.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def _loaded(self, result: PGresult) -> list[tuple[Any, ...]]:
        if not result.ntuples:
            return []
        self._adapters.set_pgresult(result)
        return self._adapters.load_rows(0, result.ntuples, tuple)

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in WELL:
            return result
        error = error_from_result(result)
        if self._pgconn.status == ConnStatus.BAD and not isinstance(error, psycopg.OperationalError):
            raise psycopg.OperationalError(str(error))
        raise error
