"""The features of party life in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.life import (
    action,
    activity,
    branch_card,
    decision,
    evaluation,
    inspection,
    meeting,
    minutes,
    rectification,
    training,
    upcoming,
)

FEATURES = declared_in(vars())
