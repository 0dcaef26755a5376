"""Whether this program's clock can be trusted: before anything is done that cannot be undone, it is compared.

It is compared with what the platform says (how far the clock was from the time of its answers, and from the dates of
messages that it has just sent), with the dates of messages that people wrote, and with the last time that the store
saw. The first two tell how wrong a clock is. The others are of the past: they show a clock that is behind them, and
that one is not far ahead; a clock far ahead of them may be right after a long pause, so that it is neither right nor
wrong until the platform has answered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.feature import Feature
from domain.messaging.administrators import private_chats
from domain.messaging.message import Message, Subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.stores import Stores

TOLERANCE = timedelta(hours=1)  # what a clock may be wrong by
NOTED_EVERY = timedelta(minutes=10)  # how old the time may be that the store saw last
APART = timedelta(minutes=5)  # what two clocks that are both right may differ by


class Verdict(StrEnum):
    """What is known of a clock."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"  # far ahead of all that was seen, and the platform has not answered yet


@dataclass(frozen=True, slots=True)
class Evidence:
    """What others say. `ahead` is how far this clock is ahead of the platform's (negative: behind), from each source.

    `written` is the newest date of a message that people wrote.
    """

    ahead: Sequence[timedelta] = ()
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and how far the clock is ahead, as far as anybody knows."""

    verdict: Verdict
    ahead: timedelta = timedelta()

    @property
    def trusted(self) -> bool:
        """Whether something may be done that cannot be undone."""
        return self.verdict is Verdict.RIGHT


@dataclass(frozen=True, slots=True)
class Mark:
    """What the store has seen of the time.

    `seen_at` is the last time that was right, `latest_at` the latest that any clock told, right or wrong. `doubts`
    counts how often a clock was wrong; `doubted` tells whether it is, and administrators know.
    """

    seen_at: datetime | None = None
    latest_at: datetime | None = None
    doubts: int = 0
    doubted: bool = False


class Marks(Protocol):
    """What the store has seen of the time."""

    def get(self) -> Mark:
        """All of it."""

    def keep(self, mark: Mark) -> None:
        """Remember it in place of what was known."""


def believed(stores: Stores, written: datetime | None, at: datetime) -> datetime:
    """The moment at which a message was written. It came in at `at`; `written` is the platform's word, if known.

    An earlier moment is believed, since the message may have waited while the program was down. One that is far ahead
    is not, since one of the clocks is wrong then. While administrators know that this clock is wrong, only this clock
    counts, so that everything keeps its order.
    """
    if written is None or written - at > APART:
        return at
    if at - written > APART and stores.marks.get().doubted:
        return at
    return written


def judge(mark: Mark, evidence: Evidence, at: datetime) -> Judged:
    """What is known of a clock that tells `at`."""
    worst = max(evidence.ahead, key=abs, default=timedelta())
    past = [moment for moment in (evidence.written, None if evidence.ahead else mark.seen_at) if moment is not None]
    newest = max(past, default=at)
    if abs(worst) > TOLERANCE:
        return Judged(Verdict.WRONG, worst)
    if at < newest - TOLERANCE:
        return Judged(Verdict.WRONG, at - newest)
    if not evidence.ahead and at > newest + TOLERANCE:
        return Judged(Verdict.UNKNOWN, at - newest)
    return Judged(Verdict.RIGHT, worst)


def look(stores: Stores, *, evidence: Evidence, at: datetime) -> tuple[Judged, bool]:
    """What is known of the clock, and whether there is something to note; changes nothing."""
    mark = stores.marks.get()
    judged = judge(mark, evidence, at)
    return judged, mark != _noted(mark, judged, at)


def note(stores: Stores, *, evidence: Evidence, at: datetime) -> Judged:
    """Note what is known of the clock. Administrators hear once that it is wrong; that message later says so no more.

    After a clock that was ahead, what was put off until moments of its own is looked at anew.
    """
    mark = stores.marks.get()
    judged = judge(mark, evidence, at)
    noted = _noted(mark, judged, at)
    stores.marks.keep(noted)
    if judged.trusted and mark.latest_at is not None and at < mark.latest_at - TOLERANCE:
        stores.schedules.plan_anew(at)
        stores.deliveries.hasten(at, put_after=at + TOLERANCE)
    if noted.doubted and not mark.doubted:
        _tell(stores, noted, judged)
    elif mark.doubted and not noted.doubted:
        stores.outbox.edit(_subject(mark), Message("trust.right", subject=_subject(mark)), key=f"{_subject(mark)}:over")
    return judged


def _noted(mark: Mark, judged: Judged, at: datetime) -> Mark:
    """The mark after a verdict; a clock that is right corrects what a wrong one has left."""
    if judged.trusted:
        return replace(mark, seen_at=_moved(mark.seen_at, at), latest_at=_moved(mark.latest_at, at), doubted=False)
    latest = max(_moved(mark.latest_at, at), mark.latest_at or at)
    if judged.verdict is Verdict.UNKNOWN or mark.doubted:
        return replace(mark, latest_at=latest)
    return replace(mark, latest_at=latest, doubts=mark.doubts + 1, doubted=True)


def _moved(moment: datetime | None, at: datetime) -> datetime:
    """A moment that was noted, brought up to now; not at each look, but where it is far from now."""
    if moment is not None and -TOLERANCE <= at - moment < NOTED_EVERY:
        return moment
    return at


def _tell(stores: Stores, mark: Mark, judged: Judged) -> None:
    """Without a sound: nothing is lost while it waits, and what hour it is nobody knows for sure."""
    message = Message("trust.wrong", {"ahead": judged.ahead}, subject=_subject(mark), silent=True)
    for member, chat in private_chats(stores):
        stores.outbox.send(chat, message, key=f"{_subject(mark)}:{member}", urgent=True)


def _subject(mark: Mark) -> Subject:
    return Subject("trust", mark.doubts)


FEATURE = Feature("trust")
