"""The features of messaging in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.messaging import form, general, poll

FEATURES = declared_in(vars())
