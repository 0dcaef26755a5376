"""How well a question was known, by its answer and the time it took.

| answer | rating |
|---|---|
| wrong | again |
| right, but faster than it can be read | hard: a guess shows nothing. It neither counts as forgotten nor as known |
| right, after more than twice the time to read it | hard |
| right, the time is not known, or so long that something else came between | good |
| right | good |
| right on a review, within the time to read it | easy |
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.study.asking import pace
from domain.study.attempt import OccasionKind
from domain.study.review.schedule import Rating

if TYPE_CHECKING:
    from domain.study.attempt import Attempt
    from domain.study.question import Question
    from domain.study.review.schedule import Memory

CARE = 2  # times as long as the quickest reading (`asking.pace`): 240 signs of Chinese a minute
LEAST = timedelta(seconds=10)  # nobody is slow below twice of it
SLOW = 2  # times the time to read a question
INTERRUPTED = timedelta(minutes=10)  # who takes longer has done something else


def reading_time(question: Question) -> timedelta:
    """How long somebody who reads with care takes for a question and all that can be chosen."""
    return max(CARE * pace.reading_time(question), LEAST)


def rating_of(attempt: Attempt, question: Question) -> Rating:
    """How well a question was known: see the table above."""
    if not attempt.is_right:
        return Rating.AGAIN
    if attempt.is_hasty:
        return Rating.HARD
    if attempt.took is None or attempt.took > INTERRUPTED:
        return Rating.GOOD
    reading = reading_time(question)
    if attempt.took > SLOW * reading:
        return Rating.HARD
    is_review = attempt.occasion.kind is OccasionKind.REVIEW
    return Rating.EASY if is_review and attempt.took <= reading else Rating.GOOD


def comes_back(rating: Rating) -> bool:
    """Whether a first answer of this kind is a reason to ask again; what was known at once is not."""
    return rating in (Rating.AGAIN, Rating.HARD)


def ends(rating: Rating, memory: Memory) -> bool:
    """Whether a question is known from now on. Slow answers and guesses, however many, are not enough."""
    return rating in (Rating.GOOD, Rating.EASY) and memory.is_known
