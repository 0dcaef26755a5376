"""What cross-inspection has of people, how it is shown to them and erased."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from domain.life.inspection.model import RoundState
from domain.table import Code
from storage.feature import ERASED, MEMBER, Feature, Personal, subject
from storage.life.inspection_tables import (
    inspection_corrections,
    inspection_rounds,
    inspection_rubrics,
    inspection_scores,
    inspections,
)
from storage.people.branch import branches

rubric, kept_round, one = inspection_rubrics.c, inspection_rounds.c, inspections.c
correction = inspection_corrections.c
inspected = branches.alias("inspected")
RUNS = kept_round.state == RoundState.RUNNING.value
WITH_BRANCH = inspections.join(inspected, inspected.c.id == one.branch_id).join(
    inspection_rounds, kept_round.id == one.round_id
)
OWN_INSPECTIONS = (
    select(inspected.c.name, kept_round.since, kept_round.until, one.stage, one.handed_in_at, one.reply)
    .select_from(WITH_BRANCH)
    .where(one.inspector_id == MEMBER)
    .order_by(one.id)
)
OWN_ANSWERS = (
    select(inspected.c.name, one.words, one.answered_at)
    .select_from(WITH_BRANCH)
    .where(one.answered_by == MEMBER)
    .order_by(one.id)
)
OWN_ROUNDS = (
    select(rubric.title, kept_round.since, kept_round.until, kept_round.opened_at)
    .select_from(inspection_rounds.join(inspection_rubrics, rubric.id == kept_round.rubric_id))
    .where(kept_round.owner_id == MEMBER)
    .order_by(kept_round.id)
)
OWN_RUBRICS = (
    select(rubric.title, rubric.version, rubric.brought_at).where(rubric.brought_by == MEMBER).order_by(rubric.id)
)
OWN_CORRECTIONS = (
    select(inspected.c.name, correction.item, correction.old, correction.new, correction.reason, correction.at)
    .select_from(
        inspection_corrections.join(inspections, one.id == correction.inspection_id).join(
            inspected, inspected.c.id == one.branch_id
        )
    )
    .where(correction.by_id == MEMBER)
    .order_by(correction.id)
)


def told_inspection(line: Sequence[Any]) -> tuple[Any, ...]:
    """What somebody inspects, in words."""
    name, since, until, stage, *rest = line
    return name, since, until, Code(f"inspection.{stage}"), *rest


RECORD = "kept under a number: the record of the round stays right"
FEATURE = Feature(
    tables=(inspection_rubrics, inspection_rounds, inspections, inspection_scores, inspection_corrections),
    personal=(
        Personal(340, "inspections", OWN_INSPECTIONS, told_inspection, texts="inspection"),
        Personal(341, "inspection_answers", OWN_ANSWERS, texts="inspection"),
        Personal(342, "inspection_rounds", OWN_ROUNDS, texts="inspection"),
        Personal(343, "inspection_rubrics", OWN_RUBRICS, texts="inspection"),
        Personal(344, "inspection_corrections", OWN_CORRECTIONS, texts="inspection"),
    ),
    erase_member=(
        update(inspections).where(one.answered_by == ERASED).values(words=""),
        update(inspections).where(one.inspector_id == ERASED).values(reply=""),
        update(inspection_corrections).where(correction.by_id == ERASED).values(reason=""),
    ),
    not_erased={
        "inspection_rubrics": RECORD,
        "inspection_rounds": RECORD,
    },
    open_subjects=(
        select(subject("inspection_round:", kept_round.id)).where(RUNS),
        select(subject("inspection:", one.round_id, ":", one.inspector_id))
        .select_from(inspections.join(inspection_rounds, kept_round.id == one.round_id))
        .where(RUNS, one.inspector_id.is_not(None)),
        select(subject("inspection_answer:", one.id))
        .select_from(inspections.join(inspection_rounds, kept_round.id == one.round_id))
        .where(RUNS, one.handed_in_at.is_not(None)),
    ),
)
