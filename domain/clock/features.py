"""The features of the clock; a new one is one line among the imports."""

from domain.clock import calendar, schedule, trust
from domain.feature import declared_in

FEATURES = declared_in(vars())
