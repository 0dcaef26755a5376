"""The features of the clock in chat; a new one is one line among the imports."""

from handlers.clock import schedule
from handlers.feature import declared_in

FEATURES = declared_in(vars())
