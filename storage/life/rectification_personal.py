"""What rectification has of people, how it is shown to them and erased."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from domain.table import Code
from storage.feature import MEMBER, Feature, Personal, subject
from storage.life.rectification import DUE_AT, IS_BEGUN, IS_CLOSED, READY_AT, WITH_ROUND, finding, its
from storage.life.rectification_tables import finding_rounds, findings

OWN_FOUND = (
    select(finding.found_at, finding.title, finding.source, finding.state)
    .where(finding.finder_id == MEMBER)
    .order_by(finding.id)
)
OWN_RECTIFIED = (
    select(finding.title, its.measure, DUE_AT.label("due_at"), READY_AT.label("rectified_at"), its.closed_at)
    .select_from(WITH_ROUND)
    .where(its.owner_id == MEMBER)
    .order_by(finding.id, its.number)
)
OWN_VERIFIED = (
    select(finding.title, its.closed_at, its.looked_at, its.note)
    .select_from(WITH_ROUND)
    .where(its.closed_by == MEMBER)
    .order_by(finding.id, its.number)
)
OWN_PLANNED = (
    select(finding.title, its.cause, its.measure, its.planned_at)
    .select_from(WITH_ROUND)
    .where(its.planned_by == MEMBER)
    .order_by(finding.id, its.number)
)


def told_found(line: Sequence[Any]) -> tuple[Any, ...]:
    """A finding that somebody has found, in words."""
    found_at, title, source, state = line
    return found_at, title, Code(f"source.{source}"), Code(f"finding.{state}")


KEPT = "kept under a number: what was wrong in a branch, and what was done about it, stays"
FEATURE = Feature(
    tables=(findings, finding_rounds),
    personal=(
        Personal(347, "findings_found", OWN_FOUND, told_found, texts="rectification"),
        Personal(348, "findings_rectified", OWN_RECTIFIED, texts="rectification"),
        Personal(349, "findings_verified", OWN_VERIFIED, texts="rectification"),
        Personal(351, "findings_planned", OWN_PLANNED, texts="rectification"),
    ),
    not_erased={"findings": KEPT, "finding_rounds": KEPT},
    open_subjects=(
        select(subject("finding:", finding.id)).where(IS_BEGUN),
        select(subject("finding_desk:", finding.id)).where(IS_BEGUN),
        select(subject("finding_looks:", finding.verifier_id))
        .select_from(WITH_ROUND)
        .where(IS_CLOSED, its.asked_at.is_not(None), its.looked_at.is_(None)),
    ),
)
