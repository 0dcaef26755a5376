"""How long the outbox keeps what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature

if TYPE_CHECKING:
    from datetime import datetime

    from domain.stores import Stores

WORDS_KEPT = timedelta(days=7)  # people's words, and rows that nothing refers to
KEPT = timedelta(days=90)  # rows by which a message is found again
AT_ONCE = 5000  # rows in one go, so that it holds up nobody


class Retention(Protocol):
    """What the outbox may forget. Each takes so many rows at most."""

    def forget_words(self, before: datetime, most: int) -> None:
        """Empty the messages that ended before a moment."""

    def forget_answers(self, before: datetime, most: int) -> None:
        """Forget rows that ended before a moment, that are about nothing, and that were never unknown."""

    def forget_spent(self, before: datetime, most: int) -> None:
        """Forget rows that ended before a moment, save those whose subject is still open."""


def prune(stores: Stores, slot: datetime) -> None:
    """Forget what was said long ago and is needed no more."""
    stores.retention.forget_answers(slot - WORDS_KEPT, AT_ONCE)
    stores.retention.forget_words(slot - WORDS_KEPT, AT_ONCE)
    stores.retention.forget_spent(slot - KEPT, AT_ONCE)


# At night, in small portions.
PRUNING = Schedule("retention.prune", cron="*/10 2-4 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("retention", jobs=(EnterpriseJob(PRUNING, prune, irreversible=True),))
