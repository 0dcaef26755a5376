"""The features of points in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.points import points, preset

FEATURES = declared_in(vars())
