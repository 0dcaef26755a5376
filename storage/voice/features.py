"""The features of voice in the store, and their stores; a new one is a line in each list."""

from domain.voice.questionnaire.round import Responses, Rounds
from storage.feature import Lazy, declared_in
from storage.voice import results, suggestion, survey

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    responses: Responses
    results = Lazy(results.Results)
    rounds: Rounds
    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
