"""What an evaluation is, who is evaluated, what was given and changed, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.messaging.message import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from domain.ids import BranchId, ChatId, EvaluatedId, EvaluationId, MemberId, ObjectionId, PersonId
    from domain.life.evaluation.indicator import Figure
    from domain.life.evaluation.rules import Placed
    from domain.life.evaluation.scheme import Item, Kind, Scheme
    from domain.people.branch import BranchKind

MAX_WORDS_CHARS, MAX_REASON_CHARS, MAX_SUBJECTS = 1000, 200, 1000
MAX_STAGE_DAYS = 60  # workdays


class Stage(StrEnum):
    """How far an evaluation is."""

    SELF = "self"  # those evaluated look at their figures and add their own words and points
    REVIEW = "review"
    PUBLIC = "public"
    FINAL = "final"
    CANCELLED = "cancelled"


class Publish(StrEnum):
    """What is published."""

    ALL = "all"  # scores and grades of all
    STARS = "stars"  # grades of all
    OWN = "own"  # each their own


@dataclass(frozen=True, slots=True)
class Version:
    """A scheme as it was imported; an evaluation keeps its version.

    It is for `branch` with all below it; `None` is the whole enterprise.
    """

    id: int
    title: str
    kind: Kind
    text: str
    by: MemberId | None
    at: datetime
    branch: BranchId | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation of what is below a branch over some days, by a version of a scheme.

    `public_until` is set when publicity begins; `self_until` and `review_until` are last days.
    """

    id: EvaluationId
    version: int
    title: str
    kind: Kind
    root: BranchId
    first: date
    last: date
    publish: Publish
    self_until: date
    review_until: date
    publicity_days: int
    begun_by: MemberId
    begun_at: datetime
    stage: Stage = Stage.SELF
    public_until: date | None = None
    ended_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether something can still change."""
        return self.stage in (Stage.SELF, Stage.REVIEW, Stage.PUBLIC)

    @property
    def is_frozen(self) -> bool:
        """Whether its figures are those that were taken when publicity began."""
        return self.stage in (Stage.PUBLIC, Stage.FINAL)

    @property
    def desk(self) -> Subject:
        """What the office's private card is about."""
        return Subject("evaluation_desk", self.id)

    def reviews(self, member: MemberId) -> Subject:
        """What a reviewer's private card is about."""
        return Subject("evaluation_reviews", self.id, member)

    def board(self, chat: ChatId) -> Subject:
        """What the message of a chat about its result is about."""
        return Subject("evaluation_board", self.id, chat)


@dataclass(frozen=True, slots=True)
class Result:
    """Score in hundredths, rank, place after the tie rule, stars, and why there are fewer than the score reaches."""

    score: int
    rank: int
    place: int
    stars: int
    because: tuple[str, ...] = ()
    tied_by: str = ""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A branch, team or person that is evaluated. `out_at` is set once it is no more in it: the branch was closed."""

    id: EvaluatedId
    evaluation: EvaluationId
    branch: BranchId
    person: PersonId | None
    name: str
    level: BranchKind
    reviewer: MemberId | None = None
    words: str = ""
    handed_in_by: MemberId | None = None
    handed_in_at: datetime | None = None
    reviewed_at: datetime | None = None
    vetoes: tuple[str, ...] = ()
    out_at: datetime | None = None
    result: Result | None = None

    @property
    def is_in(self) -> bool:
        """Whether it counts."""
        return self.out_at is None

    def own_card(self, member: MemberId) -> Subject:
        """What the private card is about of one who adds their own words."""
        return Subject("evaluated_own", self.id, member)


@dataclass(frozen=True, slots=True)
class Mark:
    """What there is for an indicator: the figure that was taken, their own points, those of the reviewer.

    `of` and `withheld` say of the figure what they say of the store's (`Figure`).
    """

    item: str
    figure: Fraction | None = None
    own: int | None = None
    given: int | None = None
    of: int = 0
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody has changed what others gave, or said that something happened: from what to what, and why."""

    item: str
    old: str
    new: str
    reason: str
    by: MemberId
    at: datetime
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody says during publicity that a result is wrong. It is open until there is an answer."""

    id: ObjectionId
    evaluated: EvaluatedId
    by: MemberId
    text: str
    made_at: datetime
    answer: str = ""
    changed: bool = False
    answered_by: MemberId | None = None
    answered_at: datetime | None = None
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether an answer is owed."""
        return self.answered_at is None and not self.withdrawn

    @property
    def card(self) -> Subject:
        """What the office's card is about."""
        return Subject("objection", self.id)


@dataclass(frozen=True, slots=True)
class Star:
    """What a branch, team or person got in an evaluation that is final."""

    title: str
    kind: Kind
    stars: int
    grade: str
    grade_en: str
    first: date
    last: date
    score: int
    evaluation: EvaluationId


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is known of one who is evaluated, with what the rules give now."""

    evaluation: Evaluation
    scheme: Scheme
    evaluated: Evaluated
    marks: Mapping[str, Mark]
    figures: Mapping[str, Figure]
    placed: Placed
    changes: Sequence[Change] = ()

    def mark(self, item: str) -> Mark:
        """What there is for an indicator."""
        return self.marks.get(item, Mark(item))

    @property
    def unscored(self) -> Sequence[Item]:
        """The indicators to which nobody has given points, neither those evaluated nor the reviewer."""
        return [one for one in self.missing if self.mark(one.name).own is None]

    @property
    def missing(self) -> Sequence[Item]:
        """The indicators to which the reviewer has given no points."""
        return [one for one in self.scheme.scored if self.mark(one.name).given is None]
