"""The features of messaging; a new one is one line among the imports."""

from domain.feature import declared_in
from domain.messaging import alarm, chat, draft, inbox

FEATURES = declared_in(vars())
