"""All tables, for the migrations: each stands beside its statements, and `FEATURES` imports every one.

A change of a table wants a migration beside it.
"""

from storage.base import metadata
from storage.features import FEATURES

TABLES = tuple(table for feature in FEATURES for table in feature.tables)

__all__ = ["TABLES", "metadata"]
