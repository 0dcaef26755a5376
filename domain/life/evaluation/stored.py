"""What evaluations need of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from domain.ids import BranchId, EvaluatedId, EvaluationId, MemberId, ObjectionId, PersonId
    from domain.life.evaluation.model import Change, Evaluated, Evaluation, Mark, Objection, Result, Version


class Evaluations(Protocol):
    """Evaluations in the store."""

    def add_scheme(self, version: Version) -> Version:
        """Remember a version of a scheme; its id is given now."""

    def scheme(self, version: int) -> Version | None:
        """One version."""

    def schemes(self) -> list[Version]:
        """The newest version of each title of each branch, the newest first."""

    def add(self, evaluation: Evaluation, source: str) -> Evaluation:
        """Remember an evaluation; its id is given now."""

    def begun_from(self, source: str) -> Evaluation | None:
        """The evaluation that was begun by a form."""

    def get(self, evaluation: EvaluationId) -> Evaluation | None:
        """One evaluation."""

    def save(self, evaluation: Evaluation) -> None:
        """Remember how far an evaluation is."""

    def running(self) -> list[Evaluation]:
        """Those in which something can still change, the oldest first."""

    def final(self) -> list[Evaluation]:
        """All that are final, the oldest first."""

    def newest(self, roots: Collection[BranchId], limit: int) -> list[Evaluation]:
        """The newest evaluations of what is below some branches."""

    def in_span(self, roots: Collection[BranchId], since: datetime, until: datetime) -> list[Evaluation]:
        """Those of what is below some branches that became final between two moments."""

    def put_in(self, subjects: Sequence[Evaluated]) -> None:
        """Add those who are evaluated; their ids are given now."""

    def subjects(self, evaluation: EvaluationId) -> list[Evaluated]:
        """Who is evaluated, in the order in which they were added."""

    def subject(self, evaluated: EvaluatedId) -> Evaluated | None:
        """One of them."""

    def save_subject(self, evaluated: Evaluated) -> None:
        """Remember what has changed about one who is evaluated."""

    def save_results(self, results: Mapping[EvaluatedId, Result]) -> None:
        """Remember the results of many."""

    def to_review(self, member: MemberId) -> list[Evaluated]:
        """What somebody has to review in evaluations that are in the stage of reviews, with what they have reviewed."""

    def to_assess(self, branches: Collection[BranchId], person: PersonId | None) -> list[Evaluated]:
        """Branches, or a person, in the stage of self-assessment, that have not handed in."""

    def in_branch(self, branch: BranchId) -> list[Evaluated]:
        """Branches and teams in running evaluations, by their branch; also those that are out."""

    def of_person(self, person: PersonId) -> list[Evaluated]:
        """Somebody as a person in running evaluations."""

    def marks(self, evaluation: EvaluationId) -> Mapping[EvaluatedId, Mapping[str, Mark]]:
        """What was given to all, by who is evaluated and by indicator."""

    def marks_of(self, evaluated: EvaluatedId) -> Mapping[str, Mark]:
        """What was given to one, by indicator."""

    def put_marks(self, marks: Mapping[EvaluatedId, Collection[Mark]]) -> None:
        """Remember marks in place of those before."""

    def note(self, evaluated: EvaluatedId, change: Change) -> None:
        """Remember a change."""

    def changes(self, evaluated: EvaluatedId) -> list[Change]:
        """What was changed, the oldest first."""

    def all_changes(self, evaluation: EvaluationId) -> list[tuple[EvaluatedId, Change]]:
        """What was changed in an evaluation, the oldest first."""

    def object(self, objection: Objection) -> Objection:
        """Remember an objection; its id is given now."""

    def objection(self, number: ObjectionId) -> Objection | None:
        """One objection."""

    def save_objection(self, objection: Objection) -> None:
        """Remember the answer."""

    def objections(self, evaluation: EvaluationId) -> list[Objection]:
        """All objections of an evaluation, the oldest first."""

    def open_objections(self, member: MemberId) -> list[Objection]:
        """Those that somebody has made and that wait."""

    def stars(
        self, branches: Collection[BranchId], persons: Collection[PersonId]
    ) -> list[tuple[Evaluated, Evaluation]]:
        """Final results of branches and teams, or of persons, the newest first."""

    def release(self, member: MemberId) -> list[EvaluationId]:
        """Take what somebody was to review from them, who has left; in which running evaluations that was."""
