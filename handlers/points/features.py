"""The features of points in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.points import adjustment, appeal, appraisal, points, reward, scheme, settlement

FEATURES = declared_in(vars())
