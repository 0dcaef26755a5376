"""The features of reports in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.report import figures, missing

FEATURES = declared_in(vars())


class Stores:
    """The stores of reports."""

    figures = Lazy(figures.KeptFigures)
    nudges = Lazy(missing.Nudges)
