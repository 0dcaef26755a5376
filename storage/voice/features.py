"""The features of voice in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.voice import hazard, suggestion, suggestion_life, survey

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    hazards = Lazy(hazard.Hazards)
    suggestion_lives = Lazy(suggestion_life.SuggestionLives)
    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
