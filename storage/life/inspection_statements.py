"""The statements of cross-inspection."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    bindparam,
    func,
    insert,
    select,
    update,
)

from domain.life.inspection.model import (
    RoundState,
    Stage,
)
from storage.base import Id
from storage.dialects import upsert, within
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
