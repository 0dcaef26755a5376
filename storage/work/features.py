"""The features of work in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.work import lean, measure, task

FEATURES = declared_in(vars())


class Stores:
    """The stores of work."""

    lean = Lazy(lean.Lean)
    measures = Lazy(measure.Measures)
    tasks = Lazy(task.Tasks)
