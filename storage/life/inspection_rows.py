"""Rubrics, rounds and inspections as rows, and from their rows."""

from collections.abc import Sequence
from typing import Any

from domain.ids import BranchId, InspectionId, InspectionRoundId, MemberId, RubricId
from domain.life.inspection.model import (
    Inspection,
    Kept,
    Party,
    Publish,
    Round,
    RoundState,
    Stage,
)
from domain.life.inspection.rubric import of_cells
from storage.life.inspection_statements import CHANGED


def of_round(round_: Round) -> dict[str, Any]:
    """What changes of a round, as its row has it."""
    return {
        "state": round_.state.value,
        "ended_at": round_.ended_at,
        "publish": round_.publish.value,
        "owner_id": round_.owner,
        "conflicts": sorted(round_.conflicts),
    }


def of_inspection(inspection: Inspection) -> dict[str, Any]:
    """What changes of an inspection, as its row has it."""
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
