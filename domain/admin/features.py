"""The features of administration; a new one is one line among the imports."""

from domain.admin import audit, retention, setting
from domain.feature import declared_in

FEATURES = declared_in(vars())
