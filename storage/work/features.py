"""The features of work in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.work import follow, task, task_digest

FEATURES = declared_in(vars())


class Stores:
    """The stores of work."""

    follow_ups = Lazy(follow.FollowUps)
    tasks = Lazy(task.Tasks)
    task_digests = Lazy(task_digest.Digests)
