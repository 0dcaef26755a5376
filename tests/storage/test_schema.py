"""The schema: the same whether it was made today or has grown, and kept alike by both engines."""

import ast
import importlib
import pkgutil
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, Inspector, create_engine, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.base import Executable

import storage
from storage import migrate
from storage.columns import Json, Moment
from storage.dialects import add_up, address, insert_new, upsert
from storage.points.tables import points_totals
from storage.prepared import Prepared
from storage.schema import metadata
from tests.stores import only_sqlite

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename <> 'alembic_version'",
}
DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}
# The one over lower(username) is compared as it is written instead.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Skipped unsupported reflection of expression-based index",
    "ignore:autogenerate skipping metadata-specified expression-based index",
)
VERSIONS = Path(storage.__file__).parent / "migrations" / "versions"


@pytest.fixture
def upgraded(engine):
    made = create_engine(address(engine.url))
    yield made
    made.dispose()


@pytest.fixture
def sqlite_fresh_url(tmp_path):
    return f"sqlite:///{tmp_path / 'fresh.db'}"


@pytest.fixture
def postgresql_fresh_url(postgres):
    with postgres.database("template0") as url:
        yield url


@pytest.fixture
def fresh(request, upgraded):
    made = create_engine(address(request.getfixturevalue(f"{upgraded.dialect.name}_fresh_url")))
    metadata.create_all(made)
    yield made
    made.dispose()


def shape(engine: Engine) -> dict[str, object]:
    """What an engine tells of its tables, in an order of our own."""
    seen = inspect(engine)
    tables = sorted(set(seen.get_table_names()) - {"alembic_version"})
    return {table: shape_of(table, seen) for table in tables} | {"indexes": indexes(engine)}


def shape_of(table: str, seen: Inspector) -> list[object]:
    return [
        [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)],
        seen.get_pk_constraint(table),
        sorted((u["name"], *u["column_names"]) for u in seen.get_unique_constraints(table)),
        sorted((c["name"], c["sqltext"]) for c in seen.get_check_constraints(table)),
        sorted((f["name"], *f["constrained_columns"], f["referred_table"]) for f in seen.get_foreign_keys(table)),
    ]


def indexes(engine: Engine) -> dict[str, str]:
    """As they are written: SQLAlchemy does not reflect one over an expression."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(INDEXES[engine.dialect.name])
        return {name: " ".join(sql.split()) for name, sql in rows}


def test_an_upgraded_store_is_what_the_program_expects(upgraded):
    with upgraded.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_fresh_schema_is_an_upgraded_one(fresh, upgraded):
    assert shape(fresh) == shape(upgraded)


@only_sqlite
def test_numbers_that_must_never_come_twice_never_do(fresh, upgraded):
    for engine in (fresh, upgraded):
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
        made = dict(tuple(row) for row in rows)
        assert all("AUTOINCREMENT" in made[table] for table in ("drafts", "invitations", "claims"))


def test_upgrading_again_changes_nothing(engine, upgraded):
    before = shape(upgraded)
    migrate.upgrade(engine.url)
    assert shape(upgraded) == before


def test_migrations_take_nothing_from_the_schema_that_will_change():
    for file in VERSIONS.glob("*.py"):
        imported = {
            n.module for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)
        }
        assert imported <= {"alembic", "storage.columns"}


def statements() -> dict[str, ClauseElement]:
    """Every statement that a storage module has as a constant."""
    found = {}
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if not module.name.startswith("storage.migrations"):
            for name, value in vars(importlib.import_module(module.name)).items():
                statement = value.statement if isinstance(value, Prepared) else value
                if isinstance(statement, Executable) and name.isupper():
                    found[f"{module.name}.{name}"] = statement
    return found


def test_the_statements_are_found():
    assert len(statements()) > 250


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_statement_is_understood_by_both_engines(dialect):
    for name, statement in statements().items():
        assert str(statement.compile(dialect=DIALECTS[dialect])), name


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("statement", "end"),
    [
        (insert_new(points_totals, ("member_id",)), "ON CONFLICT (member_id) DO NOTHING"),
        (upsert(points_totals, ("member_id",), points=3), "ON CONFLICT (member_id) DO UPDATE SET points = "),
        (
            add_up(points_totals, ("member_id",), "points"),
            "ON CONFLICT (member_id) DO UPDATE SET points = (points_totals.points + excluded.points)",
        ),
    ],
)
def test_an_insert_that_meets_its_like_reads_alike_on_both_engines(statement, end, dialect):
    assert end in " ".join(str(statement.compile(dialect=DIALECTS[dialect])).split())


FIRST, LAST = datetime(1, 1, 3), datetime(9999, 12, 29)  # noqa: DTZ001 - the zone is drawn beside them
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.timezones())


@given(MOMENTS)
def test_a_moment_comes_back_as_the_same_moment_in_utc(moment):
    for dialect in DIALECTS.values():
        kept = Moment().process_bind_param(moment, dialect)
        back = Moment().process_result_value(kept, dialect)
        assert back == moment.astimezone(UTC)
        assert back.utcoffset() == timedelta()


def test_the_offset_counts():
    at_noon = datetime(2026, 11, 25, 12, tzinfo=timezone(timedelta(hours=8)))
    kept = Moment().process_bind_param(at_noon, DIALECTS["sqlite"])
    assert kept == Moment().process_bind_param(datetime(2026, 11, 25, 4, tzinfo=UTC), DIALECTS["sqlite"])


def test_both_sides_of_an_hour_that_comes_twice_are_two_moments():
    first = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    kept = [Moment().process_bind_param(moment, DIALECTS["sqlite"]) for moment in (first, first.replace(fold=1))]
    assert kept[1] - kept[0] == 3_600_000_000


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_naive_moment_is_refused(dialect):
    with pytest.raises(ValueError, match="without a time zone"):
        Moment().process_bind_param(datetime(2026, 11, 25), DIALECTS[dialect])  # noqa: DTZ001 - that is the point


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON.filter(lambda value: value is not None))
def test_a_document_comes_back_as_it_was(document):
    kept = Json().process_bind_param(document, DIALECTS["sqlite"])
    assert Json().process_result_value(kept, DIALECTS["sqlite"]) == document
