"""When a question comes back: FSRS 6 by the library `fsrs`, in whole days.

The only module of the domain that imports more than the standard library (docs/decisions/0019): pure arithmetic without
clock, files or network. Nobody is asked twice on a day, so there are no learning steps of minutes, and nothing is left
to chance (no fuzz): the same answers on the same days always come back on the same days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from fsrs import Card, Scheduler, State
from fsrs import Rating as Grade

RETENTION = 0.9  # of what comes back, this share is still known on the day
MAX_INTERVAL_DAYS = 365  # between two reviews
KNOWN_DAYS = 30.0  # of stability: nine in ten would still know it after a month

_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=MAX_INTERVAL_DAYS,
    enable_fuzzing=False,
)


class Rating(IntEnum):
    """How well a question was known; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """How well somebody knows a question.

    `stability` is in how many days the chance to know it falls to nine in ten, `difficulty` is from 1 to 10. It was
    last asked on one day, and is due on another.
    """

    stability: float
    difficulty: float
    asked_on: date
    due_on: date

    @property
    def is_known(self) -> bool:
        """Whether it need not come back."""
        return self.stability >= KNOWN_DAYS


def after(memory: Memory | None, rating: Rating, on: date, scheduler: Scheduler = _SCHEDULER) -> Memory:
    """What is remembered after an answer on a day; `None` before the first one."""
    if memory is not None:
        on = max(on, memory.asked_on)  # an older message that came late
    card, _ = scheduler.review_card(_card(memory, on), Grade(rating), _midnight(on))
    if card.stability is None or card.difficulty is None:  # the library's types allow it, its reviews never do so
        raise AssertionError("a review without a memory")
    return Memory(card.stability, card.difficulty, on, on + max(timedelta(days=(card.due - _midnight(on)).days), _DAY))


def _card(memory: Memory | None, on: date) -> Card:
    if memory is None:
        return Card(card_id=1, due=_midnight(on))
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_midnight(memory.due_on),
        last_review=_midnight(memory.asked_on),
    )


def _midnight(day: date) -> datetime:
    """A day as the library has it: only whole days count."""
    return datetime.combine(day, time(), UTC)


_DAY = timedelta(days=1)
