"""The stores that voice may touch, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.work.stores import Stores as Right

if TYPE_CHECKING:
    from domain.voice.suggestion import Suggestions
    from domain.voice.survey import Surveys


class Stores(Right, Protocol):
    """What voice may touch."""

    @property
    def suggestions(self) -> Suggestions:
        """See `Suggestions`."""

    @property
    def surveys(self) -> Surveys:
        """See `Surveys`."""
