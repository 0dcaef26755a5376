"""Updates of the platform, stored before it is told that they were received."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import WorkerId
from domain.messaging import alarm
from domain.messaging.alarm import Trouble
from domain.people import member

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from domain.ids import UpdateId
    from domain.messaging.chat import Locale
    from domain.people.actor import Actor
    from domain.people.member import Origin
    from domain.stores import Stores

MAX_TRIES = 3
KEPT = timedelta(days=3)  # longer than the platform keeps what it could not deliver
NOBODY = WorkerId(0)  # in a worker's place: whoever leads takes it over
ALONE = WorkerId(1)  # the worker of a store that only one program works on


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came: its id, the platform's JSON, who speaks in it, and the lane that it keeps its order in.

    `poll` is the poll whose counts it has; `tries` is how often handling it was begun. Of those that are read from the
    store, `came` is when it was stored, and one that `waits` comes after an open one of its lane: the try that was
    counted with its storing has not begun.
    """

    id: UpdateId
    body: str
    origin: Origin | None = None
    lane: str = ""
    poll: str | None = None
    tries: int = 0
    came: datetime | None = field(default=None, compare=False)
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Whom an update was given to: its worker, and the update of its lane that is handled before it, if any.

    `tries` is 1 where whoever stores it handles it, too: its first try is counted with the storing.
    """

    worker: WorkerId
    after: UpdateId | None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """An update that is new here: whom it was given to, and who speaks in it."""

    id: UpdateId
    given: Given
    actor: Actor | None


class Inbox(Protocol):
    """Updates in the store."""

    def add(self, updates: Sequence[Received], worker: WorkerId, at: datetime) -> dict[UpdateId, Given]:
        """Remember updates; those that were not there already, in their order.

        One is given to the worker that has open updates of its lane, so that the lane keeps its order, else to
        `worker`. Of the counts of a poll the last is kept alone.
        """

    def begin(self, updates: Collection[UpdateId]) -> dict[UpdateId, int]:
        """Count that handling updates begins: the how many-th time it is, of those that are still open."""

    def spare(self, updates: Collection[UpdateId]) -> None:
        """Take back a count of open updates."""

    def close(self, update: UpdateId, at: datetime) -> bool:
        """Note that an update is handled; false when it was closed already, so that nothing is done twice."""

    def blank(self, lane: str) -> None:
        """Clear words and sender of what is handled of a lane; that it was handled is kept."""

    def failed(self, update: UpdateId, error: str, most: int) -> bool:
        """Note how a try ended; true when that was the last one of an open update."""

    def set_aside(self, below: int, above: int, at: datetime) -> list[UpdateId]:
        """Close open updates whose numbers are below the one or not below the other, unhandled; which they were."""

    def prune(self, before: datetime) -> None:
        """Forget what was done before a moment."""

    def open(self, worker: WorkerId, but: Collection[UpdateId] = (), most_of_lane: int | None = None) -> list[Received]:
        """What a worker still has to handle, oldest first, but for what it knows of.

        Of each lane so many come with their bodies; those of the others are empty, and stay in the store. So is one
        that nobody can read any more.
        """

    def body(self, update: UpdateId) -> str | None:
        """An update as it came; `None` where it is closed already, empty where nobody can read it any more."""

    def workers(self) -> frozenset[WorkerId]:
        """To whom open updates belong."""

    def take_over(self, worker: WorkerId, gone: Collection[WorkerId]) -> None:
        """Give a worker the open updates of others."""

    def hand_back(self, worker: WorkerId) -> None:
        """Leave a worker's open updates to whoever leads."""


def receive(
    stores: Stores, *, updates: Sequence[Received], locale: Locale, at: datetime, worker: WorkerId = ALONE
) -> list[Taken]:
    """Store updates, and know who speaks in those that `worker` is to handle; those that are new, in their order."""
    given = stores.inbox.add(updates, worker, at)
    speaking = {
        update.id: update.origin
        for update in updates
        if update.origin is not None and update.id in given and given[update.id].worker == worker
    }
    actors = meet(stores, origins=speaking, locale=locale, at=at)
    return [Taken(update, to, actors.get(update)) for update, to in given.items()]


def meet(stores: Stores, *, origins: Mapping[UpdateId, Origin], locale: Locale, at: datetime) -> dict[UpdateId, Actor]:
    """Know who speaks in updates; strangers in groups that are not admitted are left out."""
    actors = member.enrol_all(stores, origins=list(origins.values()), locale=locale, at=at)
    return {update: actor for update, actor in zip(origins, actors, strict=True) if actor is not None}


def close(stores: Stores, *, update: UpdateId, at: datetime) -> None:
    """An update that needs nothing more."""
    stores.inbox.close(update, at)


def begin(stores: Stores, *, updates: Collection[UpdateId]) -> dict[UpdateId, int]:
    """Count that handling updates begins, so that the count outlives the program.

    Which try it is of each; those that need none any more are missing.
    """
    return stores.inbox.begin(updates)


def spare(stores: Stores, *, updates: Collection[UpdateId]) -> None:
    """Handling updates was cut off through no fault of theirs: that try does not count."""
    stores.inbox.spare(updates)


def fail(stores: Stores, *, update: UpdateId, error: str, at: datetime) -> bool:
    """Note that handling an update failed; true when it is not to be tried again, of which administrators hear."""
    spent = stores.inbox.failed(update, error, MAX_TRIES)
    if spent:
        alarm.note(stores, Trouble.SET_ASIDE, update, at)
    return spent


def open_updates(
    stores: Stores, *, worker: WorkerId = ALONE, but: Collection[UpdateId] = (), most_of_lane: int | None = None
) -> list[Received]:
    """What a worker still has to handle, but for what it knows of; so many of each lane with their bodies."""
    return stores.inbox.open(worker, but, most_of_lane)


def body_of(stores: Stores, *, update: UpdateId) -> str | None:
    """An update that was left in the store, as it came; `None` where it is closed already.

    It is empty where the key that it is under was destroyed: nobody can read it any more.
    """
    return stores.inbox.body(update)


def workers(stores: Stores) -> frozenset[WorkerId]:
    """To whom open updates belong."""
    return stores.inbox.workers()


def take_over(stores: Stores, *, worker: WorkerId, gone: Collection[WorkerId]) -> None:
    """Let a worker handle what those left behind who do not work any more."""
    stores.inbox.take_over(worker, gone)


def hand_back(stores: Stores, *, worker: WorkerId, cut_off: Collection[UpdateId] = ()) -> None:
    """Leave what a worker has not handled to the others; what it had to cut off has lost no try."""
    stores.inbox.spare(cut_off)
    if worker != ALONE:
        stores.inbox.hand_back(worker)


def prune(stores: Stores, slot: datetime) -> None:
    """Forget what people wrote, once it is handled and cannot come again."""
    stores.inbox.prune(slot - KEPT)


PRUNING = Schedule("inbox.prune", cron="20 3 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("inbox", jobs=(EnterpriseJob(PRUNING, prune, irreversible=True),))
