"""The features of study in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.study import day, study

FEATURES = declared_in(vars())


class Stores:
    """The stores of study."""

    plans = Lazy(day.Plans)
    studies = Lazy(study.Studies)
