"""The features of administration in the store, and their stores; a new one is a line in each list."""

from storage.admin import audit, backlog, setting
from storage.feature import Lazy, declared_in

FEATURES = declared_in(vars())


class Stores:
    """The stores of administration."""

    audit = Lazy(audit.Audit)
    settings = Lazy(setting.Settings)
    waiting = Lazy(backlog.Waiting)
