"""The features of administration in chat; a new one is one line among the imports."""

from handlers.admin import audit, setting
from handlers.feature import declared_in

FEATURES = declared_in(vars())
