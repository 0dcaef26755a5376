"""Cross-inspection in the store: rubrics with their versions, rounds, who inspects whom, scores, corrections."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    func,
    insert,
    select,
    update,
)

from domain.ids import BranchId, InspectionId, InspectionRoundId, MemberId, RubricId
from domain.life.inspection.model import (
    Correction,
    Inspection,
    Kept,
    Party,
    Publish,
    Round,
    RoundState,
    Score,
    Stage,
)
from domain.life.inspection.pairing_rules import Arc
from domain.life.inspection.rubric import Rubric, as_cells, of_cells
from domain.messaging.message import Attached, AttachedKind
from storage.base import Id
from storage.dialects import upsert, within
from storage.life.inspection_personal import FEATURE
from storage.life.inspection_tables import (
    inspection_corrections,
    inspection_rounds,
    inspection_rubrics,
    inspection_scores,
    inspections,
)
from storage.people.branch import branches
from storage.people.member import members
from storage.people.tables import people

rubric, kept_round, one = inspection_rubrics.c, inspection_rounds.c, inspections.c
score, correction = inspection_scores.c, inspection_corrections.c
NUMBER = bindparam("number", type_=Id)
NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
RUBRIC = (rubric.id, rubric.version, rubric.title, rubric.balance, rubric.criteria, rubric.brought_at, rubric.branch_id)
NEWEST = select(func.max(rubric.id)).group_by(rubric.title, rubric.branch_id)
RUBRICS = select(*RUBRIC).where(rubric.id.in_(NEWEST)).order_by(rubric.id.desc())
ONE_RUBRIC = select(*RUBRIC).where(rubric.id == NUMBER)
BRING = insert(inspection_rubrics).returning(rubric.id)

ROUNDS = select(*(each for each in kept_round if each.name not in ("source", "rubric_id")), *RUBRIC).select_from(
    inspection_rounds.join(inspection_rubrics, rubric.id == kept_round.rubric_id)
)
ADD_ROUND = insert(inspection_rounds).returning(kept_round.id)
ONE_ROUND = ROUNDS.where(kept_round.id == NUMBER)
OPENED_BY = ROUNDS.where(kept_round.source == bindparam("source"))
RUNS = kept_round.state == RoundState.RUNNING.value
RUNNING = ROUNDS.where(RUNS).order_by(kept_round.id)
RECENT = (
    ROUNDS.where(kept_round.state != RoundState.CANCELLED.value).order_by(kept_round.id.desc()).limit(bindparam("most"))
)
OF_ROUND_CHANGED = ("state", "ended_at", "publish", "owner_id", "conflicts")
SAVE_ROUND = (
    update(inspection_rounds)
    .where(kept_round.id == NUMBER)
    .values({name: bindparam(f"new_{name}") for name in OF_ROUND_CHANGED})
)

inspecting, inspected = branches.alias("inspecting"), branches.alias("inspected")
ALL = select(
    one.id,
    one.round_id,
    inspecting.c.id,
    inspecting.c.name,
    inspecting.c.closed_at,
    inspected.c.id,
    inspected.c.name,
    inspected.c.closed_at,
    one.inspector_id,
    func.coalesce(people.c.name, members.c.name),
    one.stage,
    one.item,
    one.handed_in_at,
    one.answered_at,
    one.answered_by,
    one.words,
    one.reply,
).select_from(
    inspections.join(inspecting, inspecting.c.id == one.by_branch_id)
    .join(inspected, inspected.c.id == one.branch_id)
    .join(inspection_rounds, kept_round.id == one.round_id)
    .outerjoin(members, members.c.id == one.inspector_id)
    .outerjoin(people, people.c.member_id == one.inspector_id)
)
ADD = insert(inspections)
GET = ALL.where(one.id == NUMBER)
OF_ROUND = ALL.where(one.round_id == NUMBER).order_by(one.id)
IN_ROUND = ALL.where(one.round_id == NUMBER, one.inspector_id == bindparam("inspector", type_=Id)).order_by(one.id)
OF_INSPECTOR = ALL.where(one.inspector_id == bindparam("inspector", type_=Id), RUNS).order_by(one.id)
OF_BRANCHES = ALL.where(one.branch_id.in_(NUMBERS), RUNS).order_by(one.id)
BY_BRANCH = ALL.where(one.by_branch_id == NUMBER, RUNS).order_by(one.id)
FINAL_OF = ALL.where(
    one.branch_id.in_(NUMBERS),
    kept_round.state == RoundState.FINAL.value,
    one.stage != Stage.DROPPED.value,
    *within(kept_round.ended_at),
).order_by(one.id)
BEFORE = (
    select(one.by_branch_id, one.branch_id)
    .select_from(inspections.join(inspection_rounds, kept_round.id == one.round_id))
    .where(
        kept_round.since >= bindparam("first"),
        kept_round.state != RoundState.CANCELLED.value,
        one.stage != Stage.DROPPED.value,
    )
)
CHANGED = ("inspector_id", "stage", "item", "handed_in_at", "answered_at", "answered_by", "words", "reply")
SAVE = update(inspections).where(one.id == NUMBER).values({name: bindparam(f"new_{name}") for name in CHANGED})
OF_SCORE = ("points", "note", "file_kind", "file_id")
PUT_SCORE = upsert(
    inspection_scores, ("inspection_id", "item"), **{name: bindparam(f"new_{name}") for name in OF_SCORE}
)
SCORES = (
    select(score.inspection_id, score.item, *(score[name] for name in OF_SCORE))
    .where(score.inspection_id.in_(NUMBERS))
    .order_by(score.inspection_id, score.item)
)
CORRECT = insert(inspection_corrections)
CORRECTIONS = (
    select(
        correction.inspection_id,
        correction.item,
        correction.old,
        correction.new,
        correction.reason,
        correction.by_id,
        func.coalesce(people.c.name, members.c.name, ""),
        correction.at,
    )
    .select_from(
        inspection_corrections.join(members, members.c.id == correction.by_id).outerjoin(
            people, people.c.member_id == correction.by_id
        )
    )
    .where(correction.inspection_id.in_(NUMBERS))
    .order_by(correction.id)
)
GIVER_UP, TAKER = bindparam("giver_up", type_=Id), bindparam("taker", type_=Id)
HAND_OVER = tuple(
    update(column.table).where(column == GIVER_UP).values({column.name: TAKER})
    for column in (rubric.brought_by, kept_round.owner_id, one.inspector_id, one.answered_by, correction.by_id)
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
            **_changing_round(round_),
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
        values = {f"new_{name}": value for name, value in _changing_round(round_).items()}
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
            {"round_id": each.round, "by_branch_id": each.by.id, "branch_id": each.of.id, **_changing(each)}
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
        values = {f"new_{name}": value for name, value in _changing(inspection).items()}
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


def _changing_round(round_: Round) -> dict[str, Any]:
    return {
        "state": round_.state.value,
        "ended_at": round_.ended_at,
        "publish": round_.publish.value,
        "owner_id": round_.owner,
        "conflicts": sorted(round_.conflicts),
    }


def _changing(inspection: Inspection) -> dict[str, Any]:
    return {
        "inspector_id": inspection.inspector,
        "stage": inspection.stage.value,
        **{name: getattr(inspection, name) for name in CHANGED[2:]},
    }


def to_kept(row: Sequence[Any]) -> Kept:
    """A version of a rubric from its row."""
    number, version, title, balance, items, at, branch = row
    return Kept(
        RubricId(number), version, of_cells(title, balance, items), at, None if branch is None else BranchId(branch)
    )


def to_round(row: Sequence[Any]) -> Round:
    """A round from its row."""
    number, owner, since, until, seed, opened_at, state, ended_at, publish, conflicts, *kept = row
    return Round(
        InspectionRoundId(number),
        to_kept(kept),
        MemberId(owner),
        since,
        until,
        seed,
        opened_at,
        RoundState(state),
        ended_at,
        Publish(publish),
        frozenset((BranchId(one), BranchId(other)) for one, other in conflicts),
    )


def to_inspection(row: Sequence[Any]) -> Inspection:
    """An inspection from its row."""
    number, of, by, by_name, by_closed, branch, name, closed, inspector, called, stage, *rest = row
    return Inspection(
        InspectionId(number),
        InspectionRoundId(of),
        Party(BranchId(by), by_name, by_closed is not None),
        Party(BranchId(branch), name, closed is not None),
        inspector and MemberId(inspector),
        called or "",
        Stage(stage),
        *rest,
    )


__all__ = ["FEATURE", "Inspections", "inspections"]
