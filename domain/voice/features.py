"""The features of voice, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.voice import questionnaire, results, suggestion, survey, tag_table, tagging, tags
from domain.voice.questionnaire import keeping, kept
from domain.voice.suggestion import hazard, life
from domain.work.features import Stores as Right

if TYPE_CHECKING:
    from domain.voice.questionnaire.results import Results
    from domain.voice.questionnaire.round import Responses, Rounds
    from domain.voice.suggestion import Suggestions
    from domain.voice.suggestion.channel import Mailboxes
    from domain.voice.suggestion.hiding import HiddenWords
    from domain.voice.survey import Surveys

FEATURES = declared_in(vars())


class Stores(
    hazard.HasHazards, kept.HasKept, life.HasLives, tagging.HasCorrections, tags.HasTagChanges, Right, Protocol
):
    """What voice may touch."""

    @property
    def responses(self) -> Responses:
        """See `Responses`."""

    @property
    def results(self) -> Results:
        """See `Results`."""

    @property
    def rounds(self) -> Rounds:
        """See `Rounds`."""

    @property
    def suggestions(self) -> Suggestions:
        """See `Suggestions`."""

    @property
    def mailboxes(self) -> Mailboxes:
        """See `Mailboxes`."""

    @property
    def hidden_words(self) -> HiddenWords:
        """See `HiddenWords`."""

    @property
    def surveys(self) -> Surveys:
        """See `Surveys`."""
