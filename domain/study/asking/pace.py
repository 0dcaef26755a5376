"""How long reading takes: an answer that comes faster was not thought about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.study.question import Question

CHARS_A_SECOND = 8  # of Chinese: a quick reader's pace
LEAST = timedelta(seconds=2)


def reading_time(question: Question) -> timedelta:
    """The least time in which somebody can have read a question and its options."""
    lefts = (left for left, _ in question.pairs)
    chars = len(question.text) + sum(map(len, (*question.options, *lefts, *question.sides)))
    return max(LEAST, timedelta(seconds=chars / CHARS_A_SECOND))


def is_hasty(question: Question, took: timedelta | None) -> bool:
    """Whether an answer came faster than reading takes; not where nobody knows how long it took."""
    return took is not None and took < reading_time(question)
