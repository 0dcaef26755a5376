"""The features of voice in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Lazy, declared_in
from storage.voice import mailbox, suggestion, survey

FEATURES = declared_in(vars())


class Stores:
    """The stores of voice."""

    hidden_words = Lazy(mailbox.HiddenWords)
    mailboxes = Sealed(mailbox.Mailboxes)
    suggestions = Lazy(suggestion.Suggestions)
    surveys = Lazy(survey.Surveys)
