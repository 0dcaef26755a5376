"""What a round is, an inspection in it, a score, a correction; and what may be wrong with a wish about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.messaging.message import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, InspectionId, InspectionRoundId, MemberId, RubricId
    from domain.life.inspection.pairing_rules import Arc
    from domain.life.inspection.rubric import Item, Rubric
    from domain.messaging.message import Attached

MAX_NOTE_CHARS, MAX_WORDS_CHARS = 200, 500
MAX_ROUND_DAYS = 120
ANSWER_DAYS = 3  # days for the inspected to answer; then a round may be closed without
A_YEAR = 365  # days in which nobody inspects the same branch again


class RoundState(StrEnum):
    """How far a round is."""

    RUNNING = "running"
    FINAL = "final"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """How far an inspection is."""

    SCORING = "scoring"
    HANDED_IN = "handed_in"  # the inspected branch is to answer
    ACCEPTED = "accepted"
    OBJECTED = "objected"  # the inspector is to answer
    SETTLED = "settled"  # the inspector has answered the objection
    DROPPED = "dropped"  # it does not count


class Publish(StrEnum):
    """What of the ranking the groups of the branches see."""

    NONE = "none"  # each its own result
    TOP = "top"  # the first ten, and its own
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a rubric; the newest of a title is offered, a round keeps the one that it began with.

    It is for `branch` with all below it; `None` is the whole enterprise.
    """

    id: RubricId
    version: int
    rubric: Rubric
    brought_at: datetime
    branch: BranchId | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A round: from a day up to and including another.

    `seed` is that of its pairing, `conflicts` are the conflicts of interest that were declared for it, also while it
    went on: the next round of the same branches begins with them.
    """

    id: InspectionRoundId
    kept: Kept
    owner: MemberId
    since: date
    until: date
    seed: int
    opened_at: datetime
    state: RoundState = RoundState.RUNNING
    ended_at: datetime | None = None
    publish: Publish = Publish.NONE
    conflicts: frozenset[Arc] = frozenset()

    @property
    def rubric(self) -> Rubric:
        """What is inspected."""
        return self.kept.rubric

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self.state is RoundState.RUNNING


@dataclass(frozen=True, slots=True)
class Party:
    """A branch in an inspection; `is_closed` once it is no more."""

    id: BranchId
    name: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Inspection:
    """One branch inspected by another's `inspector`; without one somebody has to be named.

    `item` is the number of the item that the inspector looks at, 0 for none. `words` are those of the branch's answer,
    `reply` the inspector's to an objection.
    """

    id: InspectionId
    round: InspectionRoundId
    by: Party
    of: Party
    inspector: MemberId | None
    inspector_name: str = ""
    stage: Stage = Stage.SCORING
    item: int = 0
    handed_in_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: MemberId | None = None
    words: str = ""
    reply: str = ""

    @property
    def counts(self) -> bool:
        """Whether it counts: not where it was dropped, or the inspected branch is no more."""
        return self.stage is not Stage.DROPPED and not self.of.is_closed

    @property
    def awaits_inspector(self) -> bool:
        """Whether the inspector has something to do: points, or the answer to an objection."""
        return self.stage in (Stage.SCORING, Stage.OBJECTED)

    @property
    def is_scored(self) -> bool:
        """Whether its scores were handed in."""
        return self.handed_in_at is not None

    @property
    def card(self) -> Subject:
        """What the message to the inspected branch is about."""
        return Subject("inspection_answer", self.id)


@dataclass(frozen=True, slots=True)
class Score:
    """The points of an item, with what was found; `file` is a photo or a document."""

    item: int
    points: int
    note: str = ""
    file: Attached | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A score that was changed after it had been handed in: by whom, when, from what to what, and why."""

    inspection: InspectionId
    item: int
    old: int
    new: int
    reason: str
    by: MemberId
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """An inspection with its round, its scores by item, and its corrections, the oldest first."""

    round: Round
    inspection: Inspection
    scores: Mapping[int, Score]
    corrections: Sequence[Correction] = ()

    @property
    def total(self) -> int:
        """The points so far."""
        return sum(one.points for one in self.scores.values())

    @property
    def percent(self) -> float:
        """The points in hundredths of all that there are."""
        return 100 * self.total / self.round.rubric.full

    @property
    def missing(self) -> list[int]:
        """The numbers of the items without points."""
        return [number for number in range(1, len(self.round.rubric.items) + 1) if number not in self.scores]

    @property
    def lines(self) -> list[tuple[int, Item, Score | None]]:
        """All items with their numbers and scores."""
        numbered = enumerate(self.round.rubric.items, 1)
        return [(number, item, self.scores.get(number)) for number, item in numbered]

    @property
    def findings(self) -> list[tuple[int, Item, Score]]:
        """The items with something that was found: fewer points than there are, or a note.

        What was corrected to all its points was no finding.
        """
        corrected = {one.item for one in self.corrections}
        return [
            (number, item, score)
            for number, item, score in self.lines
            if score is not None and (score.points < item.points or (score.note and number not in corrected))
        ]

    @property
    def unexplained(self) -> list[int]:
        """The numbers of the items with fewer points and nothing said of it: they do not go to rectification."""
        return [number for number, _, score in self.findings if not score.note and score.file is None]

    @property
    def answer_by(self) -> datetime:
        """Until when the inspected branch is asked to answer; where nothing is handed in, as of the last day."""
        handed_in = self.inspection.handed_in_at or self.round.opened_at
        return handed_in + timedelta(days=ANSWER_DAYS)

    @property
    def noted(self) -> list[tuple[int, Item, Score]]:
        """Those of them with words or a file: they go to rectification."""
        return [one for one in self.findings if one[2].note or one[2].file is not None]


def desk(round_: InspectionRoundId, inspector: MemberId) -> Subject:
    """What the one message to an inspector is about."""
    return Subject("inspection", round_, inspector)


def bureau(round_: InspectionRoundId) -> Subject:
    """What the message to whoever runs a round is about."""
    return Subject("inspection_round", round_)


class Inspections(Protocol):
    """Rubrics, rounds and inspections in the store."""

    def bring(
        self, rubric: Rubric, version: int, by: MemberId | None, at: datetime, branch: BranchId | None = None
    ) -> Kept:
        """Keep a version of a rubric of a branch, or of everybody."""

    def rubrics(self) -> list[Kept]:
        """The newest version of each title of each branch, the newest first."""

    def rubric(self, number: RubricId) -> Kept | None:
        """One version."""

    def add_round(self, round_: Round, source: str) -> Round:
        """Remember a round; its id is given now."""

    def opened_by(self, source: str) -> Round | None:
        """The round that was opened by a form."""

    def round(self, number: InspectionRoundId) -> Round | None:
        """One round."""

    def save_round(self, round_: Round) -> None:
        """Remember what has changed about a round."""

    def running(self) -> list[Round]:
        """The rounds that go on, the oldest first."""

    def recent(self, limit: int) -> list[Round]:
        """Rounds that go on or are final, the newest first."""

    def add(self, inspections: Sequence[Inspection]) -> None:
        """Remember inspections of a round; their ids are given now."""

    def get(self, number: InspectionId) -> Inspection | None:
        """One inspection."""

    def of_round(self, number: InspectionRoundId) -> list[Inspection]:
        """The inspections of a round, in the order in which they were added."""

    def in_round(self, number: InspectionRoundId, member: MemberId) -> list[Inspection]:
        """What somebody inspects in a round."""

    def of_inspector(self, member: MemberId) -> list[Inspection]:
        """What somebody inspects in rounds that go on."""

    def of_branches(self, branches: Collection[BranchId]) -> list[Inspection]:
        """The inspections of branches in rounds that go on."""

    def by_branch(self, branch: BranchId) -> list[Inspection]:
        """What a branch inspects in rounds that go on."""

    def final_of(self, branches: Collection[BranchId], since: datetime, until: datetime) -> list[Inspection]:
        """The inspections of branches in rounds that became final between two moments."""

    def before(self, since: date) -> frozenset[Arc]:
        """Who has inspected whom in rounds that began on a day or later and were not called off."""

    def save(self, inspection: Inspection) -> None:
        """Remember what has changed about an inspection."""

    def scores(self, numbers: Collection[InspectionId]) -> Mapping[InspectionId, Mapping[int, Score]]:
        """The scores of inspections, by item."""

    def put_score(self, number: InspectionId, score: Score) -> None:
        """Keep the score of an item, in place of an earlier one."""

    def corrections(self, numbers: Collection[InspectionId]) -> list[Correction]:
        """The corrections of inspections, the oldest first."""

    def correct(self, correction: Correction) -> None:
        """Keep a correction."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one."""
