"""SQLite takes a text of any length into a column of 16 characters, PostgreSQL does not: tests on both find it."""

from typing import Any

from sqlalchemy import Dialect, String


class TooLongError(AssertionError):
    """A text that PostgreSQL would not take."""


def check_lengths() -> None:
    """Compare whatever is written by a statement with the length of its column."""
    String.bind_processor = _checked  # type: ignore[method-assign]


def _checked(kind: String, dialect: Dialect) -> Any:
    if kind.length is None or dialect.name != "sqlite":
        return None
    most = kind.length

    def check(value: Any) -> Any:
        if isinstance(value, str) and len(value) > most:
            raise TooLongError(f"{value[:80]!r} has {len(value)} characters, the column {most}")
        return value

    return check
