"""The features of party life in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.life import meeting

FEATURES = declared_in(vars())


class Stores:
    """The stores of party life."""

    meetings = Lazy(meeting.Meetings)
