"""The features of voice in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.voice import questionnaire, responses, suggestion, survey

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    encryption = Lazy(responses.Encryption)
    responses = Lazy(responses.Responses)
    rounds = Lazy(questionnaire.Rounds)
    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
