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
    results,
    retagging,
    suggestion,
    suggestion_board,
    survey,
    tags,
    triage,
)
from handlers.voice.questionnaire_files import chat as questionnaire_files

FEATURES = declared_in(vars())
