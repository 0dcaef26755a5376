"""The features of party life in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.life import action, activity, decision, meeting, minutes

FEATURES = declared_in(vars())
