"""What the store refuses, in words that hold nobody's data and no password."""

from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """The store cannot take a unit: it is closed, the disk is full, the file is locked or damaged, the server is away.

    Nothing of the unit is kept, unless it is an OutcomeOpen.
    """


class OutcomeOpen(StoreError):  # noqa: N818 - named for what happened
    """The connection broke while the server committed: the unit is kept, or it is not. Whoever needs to know looks."""


def told(error: DBAPIError) -> str:
    """The engine's own words: SQLAlchemy's hold statement and values, which are people's."""
    primary = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    return primary or str(error.orig).partition("\n")[0]
