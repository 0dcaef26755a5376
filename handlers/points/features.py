"""The features of points in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.points import (
    adjustment,
    anniversary,
    appeal,
    application,
    appraisal,
    honour,
    points,
    preset,
    reward,
    scheme,
    settlement,
    thanks,
)

FEATURES = declared_in(vars())
