"""The features of voice in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Keyed, Lazy, declared_in
from storage.voice import (
    hazard,
    kept_questionnaire,
    mailbox,
    questionnaire,
    responses,
    results,
    suggestion,
    suggestion_life,
    survey,
    tagging,
    tags,
)

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    hidden_words = Lazy(mailbox.HiddenWords)
    mailboxes = Sealed(mailbox.Mailboxes)
    responses = Keyed(responses.Responses)
    results = Lazy(results.Results)
    rounds = Lazy(questionnaire.Rounds)
    hazards = Lazy(hazard.Hazards)
    suggestion_lives = Lazy(suggestion_life.SuggestionLives)
    kept_questionnaires = Lazy(kept_questionnaire.Kept)
    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
    corrections = Lazy(tagging.Corrections)
    tag_changes = Lazy(tags.TagChanges)
