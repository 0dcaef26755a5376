"""The features of voice in chat; a new one is one line among the imports."""

from handlers.feature import declared_in
from handlers.voice import (
    answering,
    exposed,
    hazard,
    hiding,
    letters,
    merging,
    questionnaire,
    questionnaire_files,
    results,
    suggestion,
    suggestion_board,
    survey,
    triage,
)

FEATURES = declared_in(vars())
