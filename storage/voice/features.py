"""The features of voice in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.voice import kept_questionnaire, suggestion, survey

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    kept_questionnaires = Lazy(kept_questionnaire.Kept)
    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
