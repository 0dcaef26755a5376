"""Statements on a PostgreSQL connection by libpq's own calls.

psycopg's `execute` takes 75 µs of processor time for a small statement: generators, a cursor, a look into two caches.
libpq's takes 14, and converting values and rows with psycopg's own adapters another 5.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

WELL = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


class Libpq:
    """One connection, used by one thread at a time. Statements are prepared once and stay so until it closes."""

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._pgconn = raw.pgconn
        self._adapters = Transformer(raw)
        self._names: dict[bytes, bytes] = {}

    def command(self, text: bytes) -> bytes:
        """Run statements that have no values; the server's word for the last one. Raises psycopg.Error."""
        return self._checked(self._pgconn.exec_(text)).command_status or b""

    def rows(self, text: bytes, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run a statement with its values at `$1`, `$2`, …; its rows. Raises psycopg.Error."""
        name = self._names.get(text) or self._prepare(text)
        given: Any = self._adapters.dump_sequence(values, [PyFormat.TEXT] * len(values))
        result = self._checked(self._pgconn.exec_prepared(name, given))
        if not result.ntuples:
            return []
        self._adapters.set_pgresult(result)
        return self._adapters.load_rows(0, result.ntuples, tuple)

    def _prepare(self, text: bytes) -> bytes:
        name = b"jingyi_%d" % len(self._names)
        self._checked(self._pgconn.prepare(name, text))
        self._names[text] = name
        return name

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in WELL:
            return result
        error = error_from_result(result)
        if self._pgconn.status == ConnStatus.BAD and not isinstance(error, psycopg.OperationalError):
            raise psycopg.OperationalError(str(error))
        raise error
