"""The features of party life in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.life import decision, evaluation, inspection, meeting, minutes, rectification, training

FEATURES = declared_in(vars())
