"""What is too long for a column on PostgreSQL is found on SQLite, and names of forms are not."""

import importlib
import pkgutil

import pytest
from sqlalchemy import Column, MetaData, String, Table, create_engine, insert
from sqlalchemy.exc import StatementError

import handlers
from handlers.form import Form
from storage.messaging.draft import draft

TABLE = Table("words", MetaData(), Column("word", String(4)))


def test_a_text_that_is_too_long_is_refused() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        connection.execute(insert(TABLE), {"word": "四个汉字"})
        with pytest.raises((StatementError, AssertionError), match="the column 4"):
            connection.execute(insert(TABLE), {"word": "abcde"})


def test_the_names_of_forms_and_of_their_fields_fit() -> None:
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(handlers.__path__, f"{handlers.__name__}.")
    ]
    forms = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Form)}
    assert len(forms) > 50
    for form in forms.values():
        assert len(form.name) <= (draft.kind.type.length or 0)
        assert all(len(field.name) <= (draft.step.type.length or 0) for field in form.fields)
