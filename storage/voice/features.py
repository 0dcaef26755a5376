"""The features of voice in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Keyed, Lazy, declared_in
from storage.voice import responses, mailbox, suggestion, survey

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    responses = Keyed(responses.Responseshidden_words = Lazy(mailbox.HiddenWords)
    mailboxes = Sealed(mailbox.Mailboxes)
    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
