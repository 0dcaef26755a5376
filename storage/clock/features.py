"""The features of the clock in the store, and their stores; a new one is a line in each list."""

from storage.clock import calendar, schedule, trust
from storage.feature import Lazy, declared_in

FEATURES = declared_in(vars())


class Stores:
    """The stores of the clock."""

    calendar = Lazy(calendar.Calendar)
    schedules = Lazy(schedule.Schedules)
    marks = Lazy(trust.Marks)
