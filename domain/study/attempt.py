"""Attempts: somebody's first answer to a question on an occasion."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime, timedelta

    from domain.ids import ChatId, MemberId, PromptId, QuestionId
    from domain.study.question import Answer


class OccasionKind(StrEnum):
    """What a question was asked for."""

    DAILY = "daily"  # with the item of a day; `id` is the prompt's
    WEEKLY = "weekly"  # 每周一答; the set's
    SPECIAL = "special"  # 专项; the set's
    CHALLENGE = "challenge"  # 挑战, until the first wrong answer; the challenge's
    MATCH = "match"  # between branches; the match's
    TEST = "test"  # after a training, of those who were there; the set's
    REVIEW = "review"  # by the forgetting curve; the number of the day of the review


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a question was asked for; `id` is that of its kind's own table, `group` the home of who answers."""

    kind: OccasionKind
    id: int
    group: ChatId | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer. `took` is how long it was thought about, where it is known; `is_hasty` less than reading takes."""

    member: MemberId
    question: QuestionId
    occasion: Occasion
    answer: Answer
    is_right: bool
    at: datetime
    took: timedelta | None = None
    is_hasty: bool = False


class Result(NamedTuple):
    """How many answers a question got, and how many of them were right."""

    answers: int
    right: int


class Posed(NamedTuple):
    """What a native quiz in a group has as its question, its number of options and the right one: as it was posted."""

    question: QuestionId
    options: int
    right: int


class Attempts(Protocol):
    """All answers; of a member, a question and an occasion only the first."""

    def pose(self, prompt: PromptId, posed: Posed) -> None:
        """Remember what the quiz of a day asks; it stays so when the question changes."""

    def posed(self, prompt: PromptId) -> Posed | None:
        """What the quiz of a day asks, where it was posted as one."""

    def note(self, attempt: Attempt) -> bool:
        """Remember an answer; whether it is the first on its occasion."""

    def first(self, member: MemberId, question: QuestionId) -> Attempt | None:
        """Somebody's first answer to a question, on whatever occasion."""

    def on(self, occasion: OccasionKind, id_: int, member: MemberId | None = None) -> list[Attempt]:
        """The answers on an occasion, oldest first; of one member if one is given."""

    def last(self, member: MemberId, questions: Collection[QuestionId]) -> dict[QuestionId, Attempt]:
        """Somebody's newest answer to each of these questions that they have answered."""

    def results(self, group: ChatId) -> dict[QuestionId, Result]:
        """How the people of a group did with the questions that they were asked."""

    def take_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: of what both have answered, what the known one has stands."""

    def answered(self, member: MemberId, questions: Collection[QuestionId]) -> set[QuestionId]:
        """Those of these questions that somebody has answered."""
