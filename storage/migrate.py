"""The schema's versions: forward only, each shipped one unchanged for ever."""

import logging
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from storage.dialects import address
from storage.errors import StoreError, told

WAIT_FOR_TURN = text("SELECT pg_advisory_xact_lock(hashtext('jingyi migrations'))")
MIGRATIONS = Path(__file__).parent / "migrations"


class NewerSchema(Exception):  # noqa: N818 - named for what was found
    """The store was written by a newer program than this one."""


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))  # it loads all of them at its first use


@cache
def known_versions() -> frozenset[str]:
    """The versions that this program can bring up to date."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


@cache
def newest_version() -> str:
    """The version that this program brings a store to."""
    return str(_scripts().get_current_head())


def upgrade(url: str) -> None:
    """Bring a store's schema up to this program's version. Raises NewerSchema, StoreError."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    engine = create_engine(address(url))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":  # of several programs that start at once, one upgrades
                connection.execute(WAIT_FOR_TURN)
            _upgrade(connection)
    except DBAPIError as error:
        raise StoreError(told(error)) from error
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known_versions():
        raise NewerSchema(current)
    if current != newest_version():
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
