"""Cross-inspection in the store: rubrics with their versions, rounds, who inspects whom, scores, corrections."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
)

from domain.ids import BranchId, InspectionId, InspectionRoundId, MemberId, RubricId
from domain.life.inspection.model import (
    Correction,
    Inspection,
    Kept,
    Round,
    Score,
)
from domain.life.inspection.pairing_rules import Arc
from domain.life.inspection.rubric import Rubric, as_cells
from domain.messaging.message import Attached, AttachedKind
from storage.life.inspection_personal import FEATURE
from storage.life.inspection_rows import of_inspection, of_round, to_inspection, to_kept, to_round
from storage.life.inspection_statements import (
    ADD,
    ADD_ROUND,
    BEFORE,
    BRING,
    BY_BRANCH,
    CORRECT,
    CORRECTIONS,
    FINAL_OF,
    GET,
    HAND_OVER,
    IN_ROUND,
    OF_BRANCHES,
    OF_INSPECTOR,
    OF_ROUND,
    ONE_ROUND,
    ONE_RUBRIC,
    OPENED_BY,
    PUT_SCORE,
    RECENT,
    RUBRICS,
    RUNNING,
    SAVE,
    SAVE_ROUND,
    SCORES,
)
from storage.life.inspection_tables import (
    inspections,
)


class Inspections:
    """See `domain.life.inspection.model.Inspections`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def bring(
        self, rubric: Rubric, version: int, by: MemberId | None, at: datetime, branch: BranchId | None = None
    ) -> Kept:
        """Keep a version of a rubric."""
        values = {**as_cells(rubric), "version": version, "brought_by": by, "brought_at": at, "branch_id": branch}
        return Kept(RubricId(self.connection.execute(BRING, values).scalar_one()), version, rubric, at, branch)

    def rubrics(self) -> list[Kept]:
        """The newest version of each title of each branch, the newest first."""
        return [to_kept(row) for row in self.connection.execute(RUBRICS).all()]

    def rubric(self, number: RubricId) -> Kept | None:
        """One version."""
        row = self.connection.execute(ONE_RUBRIC, {"number": number}).one_or_none()
        return None if row is None else to_kept(row)

    def _rounds(self, statement: Any, **values: Any) -> list[Round]:
        return [to_round(row) for row in self.connection.execute(statement, values).all()]

    def add_round(self, round_: Round, source: str) -> Round:
        """Remember a round; its id is given now."""
        values = {
            "rubric_id": round_.kept.id,
            "since": round_.since,
            "until": round_.until,
            "seed": round_.seed,
            "opened_at": round_.opened_at,
            "source": source,
            **of_round(round_),
        }
        number = self.connection.execute(ADD_ROUND, values).scalar_one()
        return self._rounds(ONE_ROUND, number=number)[0]

    def opened_by(self, source: str) -> Round | None:
        """The round that was opened by a form."""
        return next(iter(self._rounds(OPENED_BY, source=source)), None)

    def round(self, number: InspectionRoundId) -> Round | None:
        """One round."""
        return next(iter(self._rounds(ONE_ROUND, number=number)), None)

    def save_round(self, round_: Round) -> None:
        """Remember what has changed about a round."""
        values = {f"new_{name}": value for name, value in of_round(round_).items()}
        self.connection.execute(SAVE_ROUND, {"number": round_.id, **values})

    def running(self) -> list[Round]:
        """The rounds that go on, the oldest first."""
        return self._rounds(RUNNING)

    def recent(self, limit: int) -> list[Round]:
        """Rounds that go on or are final, the newest first."""
        return self._rounds(RECENT, most=limit)

    def _all(self, statement: Any, **values: Any) -> list[Inspection]:
        return [to_inspection(row) for row in self.connection.execute(statement, values).all()]

    def add(self, inspections: Sequence[Inspection]) -> None:
        """Remember inspections of a round; their ids are given now."""
        rows = [
            {"round_id": each.round, "by_branch_id": each.by.id, "branch_id": each.of.id, **of_inspection(each)}
            for each in inspections
        ]
        if rows:
            self.connection.execute(ADD, rows)

    def get(self, number: InspectionId) -> Inspection | None:
        """One inspection."""
        return next(iter(self._all(GET, number=number)), None)

    def of_round(self, number: InspectionRoundId) -> list[Inspection]:
        """The inspections of a round, in the order in which they were added."""
        return self._all(OF_ROUND, number=number)

    def in_round(self, number: InspectionRoundId, member: MemberId) -> list[Inspection]:
        """What somebody inspects in a round."""
        return self._all(IN_ROUND, number=number, inspector=member)

    def of_inspector(self, member: MemberId) -> list[Inspection]:
        """What somebody inspects in rounds that go on."""
        return self._all(OF_INSPECTOR, inspector=member)

    def of_branches(self, branches: Collection[BranchId]) -> list[Inspection]:
        """The inspections of branches in rounds that go on."""
        return self._all(OF_BRANCHES, numbers=list(branches))

    def by_branch(self, branch: BranchId) -> list[Inspection]:
        """What a branch inspects in rounds that go on."""
        return self._all(BY_BRANCH, number=branch)

    def final_of(self, branches: Collection[BranchId], since: datetime, until: datetime) -> list[Inspection]:
        """The inspections of branches in rounds that became final between two moments."""
        return self._all(FINAL_OF, numbers=list(branches), since=since, until=until)

    def before(self, since: date) -> frozenset[Arc]:
        """Who has inspected whom in rounds that began on a day or later and were not called off."""
        rows = self.connection.execute(BEFORE, {"first": since})
        return frozenset((BranchId(by), BranchId(of)) for by, of in rows)

    def save(self, inspection: Inspection) -> None:
        """Remember what has changed about an inspection."""
        values = {f"new_{name}": value for name, value in of_inspection(inspection).items()}
        self.connection.execute(SAVE, {"number": inspection.id, **values})

    def scores(self, numbers: Collection[InspectionId]) -> Mapping[InspectionId, Mapping[int, Score]]:
        """The scores of inspections, by item."""
        found: dict[InspectionId, dict[int, Score]] = defaultdict(dict)
        for of, item, points, note, kind, file in self.connection.execute(SCORES, {"numbers": list(numbers)}):
            attached = Attached(AttachedKind(kind), file) if kind else None
            found[InspectionId(of)][item] = Score(item, points, note, attached)
        return found

    def put_score(self, number: InspectionId, score: Score) -> None:
        """Keep the score of an item, in place of an earlier one."""
        file = score.file
        values = {
            "points": score.points,
            "note": score.note,
            "file_kind": None if file is None else file.kind.value,
            "file_id": None if file is None else file.id,
        }
        new = {f"new_{name}": value for name, value in values.items()}
        self.connection.execute(PUT_SCORE, {"inspection_id": number, "item": score.item, **values, **new})

    def corrections(self, numbers: Collection[InspectionId]) -> list[Correction]:
        """The corrections of inspections, the oldest first."""
        rows: Iterable[Any] = self.connection.execute(CORRECTIONS, {"numbers": list(numbers)})
        return [
            Correction(InspectionId(of), item, old, new, reason, MemberId(by), name, at)
            for of, item, old, new, reason, by, name, at in rows
        ]

    def correct(self, correction: Correction) -> None:
        """Keep a correction."""
        values = {
            "inspection_id": correction.inspection,
            "item": correction.item,
            "old": correction.old,
            "new": correction.new,
            "reason": correction.reason,
            "by_id": correction.by,
            "at": correction.at,
        }
        self.connection.execute(CORRECT, values)

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one."""
        for statement in HAND_OVER:
            self.connection.execute(statement, {"giver_up": awaited, "taker": known})


__all__ = ["FEATURE", "Inspections", "inspections"]
