"""The stores of one transaction."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Self

from sqlalchemy import Connection

from domain.admin.enterprise import DEFAULT, Enterprise
from domain.features import FeatureHooks
from domain.messaging.composing import Composer, Renderer
from domain.messaging.outbox import Outbox
from storage.admin import features as admin
from storage.admin.retention import Retention, forget_spent
from storage.admin.seal import Sealing
from storage.cipher import Cipher
from storage.clock import features as clock
from storage.ending import Ending
from storage.features import FEATURES
from storage.keys import Keyring
from storage.life import features as life
from storage.messaging import features as messaging
from storage.messaging.outbox import Rows
from storage.people import features as people
from storage.people.privacy import Privacy
from storage.points import features as points
from storage.prepared import Prepared
from storage.report import features as report
from storage.report.summary import Summaries, side_by_side
from storage.study import features as study
from storage.voice import features as voice
from storage.work import features as work

FORGET_SPENT = forget_spent(FEATURES)
WEEK = Prepared(side_by_side(FEATURES))


@dataclass(frozen=True)
class Stores(
    report.Stores,
    life.Stores,
    voice.Stores,
    work.Stores,
    study.Stores,
    points.Stores,
    people.Stores,
    clock.Stores,
    messaging.Stores,
    admin.Stores,
):
    """See `domain.stores.Stores`; each store is made when a use case first asks for it."""

    connection: Connection
    renderer: Renderer
    at: datetime
    enterprise: Enterprise = DEFAULT
    meant: datetime | None = None
    ending: Ending = field(default_factory=Ending)
    _used: set[str] = field(default_factory=set)  # shared with the copies that `meant_for` makes

    def meant_for(self, moment: datetime) -> Self:
        """See `domain.stores.Stores`."""
        return replace(self, meant=moment)

    @property
    def used_outbox(self) -> bool:
        """See `domain.stores.Stores`."""
        return bool(self._used)

    @property
    def sealing(self) -> Sealing:
        """What signs the rows of this transaction."""
        return self.ending.sealing

    @property
    def keyring(self) -> Keyring:
        """The keys of this transaction."""
        return self.ending.keyring

    @property
    def hooks(self) -> FeatureHooks:
        """See `domain.hooks.Hooks`. Not kept: each would refer to the other, and both wait for garbage collection."""
        return FeatureHooks(self)

    @cached_property
    def deliveries(self) -> Rows:
        """See `domain.messaging.delivery.Deliveries`."""
        self._used.add("deliveries")
        return self._rows

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self.connection, self.at, Cipher(self.keyring), partial(self._used.add, "outbox"))

    @cached_property
    def outbox(self) -> Outbox:
        """See `domain.messaging.outbox.Outbox`."""
        composer = Composer(self.renderer, self.quiet, self.at, self.meant)
        return Outbox(self._rows, self.chats, composer, self.ending.refreshes)

    @cached_property
    def privacy(self) -> Privacy:
        """See `domain.people.privacy.Privacy`."""
        return Privacy(self.connection, FEATURES)

    @cached_property
    def summaries(self) -> Summaries:
        """See `domain.report.summary.Summaries`."""
        return Summaries(self.connection, WEEK)

    @cached_property
    def retention(self) -> Retention:
        """See `domain.admin.retention.Retention`."""
        return Retention(self.connection, FORGET_SPENT)
