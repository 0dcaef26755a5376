"""The features of reports in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.report import missing

FEATURES = declared_in(vars())


class Stores:
    """The stores of reports."""

    nudges = Lazy(missing.Nudges)
