"""What the features declare is complete: no table is forgotten, and none that refers to somebody."""

from collections import Counter

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage import stores
from storage.admin import retention
from storage.feature import ERASED, ERASED_AT, NOBODY, Feature, Personal, sheets
from storage.features import FEATURES
from storage.people.member import members
from storage.report import summary
from storage.schema import TABLES, metadata
from storage.work import task

OF_SOMEBODY = ("members", "people")
DIALECTS = (sqlite.dialect(), postgresql.dialect())


def refers_to_somebody(table: Table) -> bool:
    return table.name in OF_SOMEBODY or any(key.column.table.name in OF_SOMEBODY for key in table.foreign_keys)


def read(feature: Feature) -> set[str]:
    """The tables that a feature's sheets read."""
    sources = [source for one in feature.personal for source in one.statement.get_final_froms()]
    return {table.name for source in sources for table in source._from_objects if isinstance(table, Table)}


def erasing(feature: Feature):
    return [*feature.erase_member, *feature.erase_person, *feature.erase_chat]


def all_statements():
    for feature in FEATURES:
        yield from (one.statement for one in feature.personal)
        yield from (*erasing(feature), *feature.open_subjects, *feature.week)


def test_each_table_belongs_to_one_feature():
    assert Counter(TABLES) == Counter(metadata.sorted_tables)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.tables[0].name)
def test_a_table_that_refers_to_somebody_is_shown_to_them_or_the_reason_is_given(feature):
    own = {table.name for table in feature.tables if refers_to_somebody(table)}
    shown = read(feature)
    assert own - shown == set(feature.not_shown), f"`personal` of a feature, or `not_shown`: {own - shown}"
    assert all(feature.not_shown.values())


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.tables[0].name)
def test_a_table_that_refers_to_somebody_is_erased_with_them_or_the_reason_is_given(feature):
    own = {table.name for table in feature.tables if refers_to_somebody(table)}
    erased = {statement.table.name for statement in erasing(feature) if statement.table in feature.tables}
    assert own - erased == set(feature.not_erased), f"`erase_…` of a feature, or `not_erased`: {own - erased}"
    assert all(feature.not_erased.values())


def test_a_forgotten_table_is_found():
    """The tests above would fail for a feature that declares its table and nothing else."""
    careless = Feature(tables=task.FEATURE.tables)
    with pytest.raises(AssertionError):
        test_a_table_that_refers_to_somebody_is_shown_to_them_or_the_reason_is_given(careless)
    with pytest.raises(AssertionError):
        test_a_table_that_refers_to_somebody_is_erased_with_them_or_the_reason_is_given(careless)


def test_no_column_is_named_as_a_value_of_the_statements_that_erase():
    names = {column.name for table in metadata.sorted_tables for column in table.c}
    assert names.isdisjoint({ERASED.key, NOBODY.key, ERASED_AT.key})


def test_each_sheet_has_its_own_name_and_place():
    found = sheets(FEATURES)
    assert len({one.name for one in found}) == len({one.place for one in found}) == len(found)


def test_sheets_come_in_the_order_of_their_places():
    statement = members.select()
    made = [Feature((members,), personal=(Personal(place, str(place), statement),)) for place in (30, 10, 20)]
    assert [one.name for one in sheets(made)] == ["10", "20", "30"]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_declared_statement_is_understood_by_both_engines(dialect):
    assert all(str(statement.compile(dialect=dialect)) for statement in all_statements())


def test_the_week_is_one_statement_with_every_count():
    of_ledger = [column.name for feature in FEATURES for column in feature.ledger_week]
    others = [column.name for feature in FEATURES for one in feature.week for column in one.selected_columns]
    assert [column.name for column in stores.WEEK.statement.selected_columns] == of_ledger + others


def test_two_counts_of_the_same_name_are_refused():
    with pytest.raises(ValueError, match="the same name"):
        summary.side_by_side([*FEATURES, task.FEATURE])


def test_what_is_declared_open_is_what_the_retention_keeps():
    statement = str(retention.forget_spent(FEATURES).compile(compile_kwargs={"literal_binds": False}))
    assert all(table in statement for table in ("FROM tasks", "FROM surveys", "FROM drafts"))
