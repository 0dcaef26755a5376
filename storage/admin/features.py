"""The features of administration in the store, and their stores; a new one is a line in each list."""

from storage.admin import audit, backlog, seal, setting
from storage.admin.seal import Sealed
from storage.feature import Lazy, declared_in

FEATURES = declared_in(vars())


class Stores:
    """The stores of administration."""

    audit = Sealed(audit.Audit)
    seals = Sealed(seal.Seals)
    settings = Lazy(setting.Settings)
    waiting = Lazy(backlog.Waiting)
