"""The features of work in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.work import amending, extending, task

FEATURES = declared_in(vars())


class Stores:
    """The stores of work."""

    tasks = Lazy(task.Tasks)
    amendments = Lazy(amending.Amendments)
    extensions = Lazy(extending.Extensions)
