"""The features of work in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.work import (
    amending,
    browsing,
    extending,
    follow,
    goal,
    lean,
    measure,
    procedure,
    recurring,
    responsibility,
    task,
)

FEATURES = declared_in(vars())
