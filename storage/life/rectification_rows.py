"""Rows of findings and rounds as the domain's, and back."""

from collections.abc import Sequence
from typing import Any

from domain.ids import BranchId, ChatId, FindingId, MemberId, TaskId
from domain.life.rectification.model import Entry, Finding, Kind, Round, Source, State
from domain.messaging.message import Attached, AttachedKind


def to_round(row: Sequence[Any]) -> Round:
    """The columns of ROUND as the domain's."""
    number, opened_at, due_at, last_at, cause, measure, planned_by, planned_at, batch, owner, *more = row
    rectified_at, closed_at, closed_by, look_on, asked_at, looked_at, holds, note, escalated_at = more
    return Round(
        number,
        opened_at,
        due_at,
        last_at,
        cause,
        measure,
        planned_by and MemberId(planned_by),
        planned_at,
        batch and TaskId(batch),
        owner and MemberId(owner),
        rectified_at,
        closed_at,
        closed_by and MemberId(closed_by),
        look_on,
        asked_at,
        looked_at,
        holds,
        note,
        escalated_at,
    )


def to_finding(row: Sequence[Any]) -> Finding:
    """A row of ALL as the domain's."""
    id_, group, branch, title, detail, kind, source, about, item, finder, verifier, found_at, state, reason, *more = row
    file_kind, file_id, *last = more
    return Finding(
        FindingId(id_),
        ChatId(group),
        branch and BranchId(branch),
        title,
        detail,
        Kind(kind),
        Source(source),
        about,
        item,
        MemberId(finder),
        verifier and MemberId(verifier),
        found_at,
        State(state),
        to_round(last),
        reason,
        Attached(AttachedKind(file_kind), file_id) if file_kind else None,
    )


def to_entry(row: Sequence[Any]) -> Entry:
    """A row of ENTRIES as the domain's."""
    id_, branch, group, kind, source, title, item, owner, *its_round = row
    return Entry(
        FindingId(id_),
        branch and BranchId(branch),
        ChatId(group),
        Kind(kind),
        Source(source),
        title,
        item,
        to_round(its_round),
        owner,
    )


def of_round(one: Round) -> dict[str, Any]:
    """What may change about a round, as its columns."""
    return {
        "due_at": one.due_at,
        "last_at": one.last_at,
        "cause": one.cause,
        "measure": one.measure,
        "planned_by": one.planned_by,
        "planned_at": one.planned_at,
        "batch": one.batch,
        "owner_id": one.owner,
        "rectified_at": None if one.closed_at is None else one.rectified_at,  # until then it is the task's
        "closed_at": one.closed_at,
        "closed_by": one.closed_by,
        "look_on": one.look_on,
        "asked_at": one.asked_at,
        "looked_at": one.looked_at,
        "holds": one.holds,
        "note": one.note,
        "escalated_at": one.escalated_at,
    }
