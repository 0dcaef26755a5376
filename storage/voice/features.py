"""The features of voice in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.voice import suggestion, survey, tagging

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
    corrections = Lazy(tagging.Corrections)
