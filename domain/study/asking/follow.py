"""What follows an answer, by the kind of its occasion: each part of study declares its own, listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.study.asking import daily
from domain.study.asking.sheet import Follow
from domain.study.attempt import OccasionKind
from domain.study.match import playing
from domain.study.review import following, service
from domain.study.sets import challenge
from domain.study.sets import service as sets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.study.attempt import Attempt
    from domain.study.features import Stores

NONE = Follow()
FOLLOWS: Mapping[OccasionKind, Follow] = {
    OccasionKind.DAILY: daily.FOLLOW,
    OccasionKind.WEEKLY: sets.FOLLOW,
    OccasionKind.SPECIAL: sets.FOLLOW,
    OccasionKind.TEST: sets.FOLLOW,
    OccasionKind.CHALLENGE: challenge.FOLLOW,
    OccasionKind.MATCH: playing.FOLLOW,
    OccasionKind.REVIEW: following.FOLLOW,
}
NOTED: tuple[Callable[[Stores, Attempt], object], ...] = (
    service.note,
)  # told of each first answer: whether it comes again
