"""What evaluations keep of people, and how it is shown and erased."""

from sqlalchemy import or_, select, update

from domain.life.evaluation.model import Stage
from storage.feature import ERASED, MEMBER, PERSON, Feature, Personal, subject
from storage.life.evaluation_tables import (
    evaluated,
    evaluation_changes,
    evaluation_marks,
    evaluation_objections,
    evaluation_schemes,
    evaluations,
)
from storage.people.branch import branches

one, who = evaluations.c, evaluated.c
mark, change, objection = evaluation_marks.c, evaluation_changes.c, evaluation_objections.c
RUNNING = one.stage.in_((Stage.SELF.value, Stage.REVIEW.value, Stage.PUBLIC.value))
WITH_TITLE = evaluated.join(evaluations, one.id == who.evaluation_id)
OWN_RESULTS = (
    select(one.title, one.first, one.last, who.words, who.score, who.stars)
    .select_from(WITH_TITLE)
    .where(who.person_id == PERSON)
    .order_by(who.id)
)
OWN_POINTS = (
    select(one.title, mark.item, mark.own, mark.given)
    .select_from(evaluation_marks.join(WITH_TITLE, who.id == mark.evaluated_id))
    .where(who.person_id == PERSON)
    .order_by(who.id, mark.item)
)
OWN_REVIEWS = (
    select(one.title, branches.c.name, who.reviewed_at)
    .select_from(WITH_TITLE.join(branches, branches.c.id == who.branch_id))
    .where(who.reviewer_id == MEMBER)
    .order_by(who.id)
)
OWN_HANDED_IN = (
    select(one.title, branches.c.name, who.handed_in_at)
    .select_from(WITH_TITLE.join(branches, branches.c.id == who.branch_id))
    .where(who.handed_in_by == MEMBER)
    .order_by(who.id)
)
OWN_CHANGES = (
    select(one.title, change.item, change.old, change.new, change.reason, change.at)
    .select_from(evaluation_changes.join(WITH_TITLE, who.id == change.evaluated_id))
    .where(or_(change.by_id == MEMBER, who.person_id == PERSON))
    .order_by(change.id)
)
OWN_OBJECTIONS = (
    select(one.title, objection.text, objection.made_at, objection.answer, objection.answered_at)
    .select_from(evaluation_objections.join(WITH_TITLE, who.id == objection.evaluated_id))
    .where(objection.by_id == MEMBER)
    .order_by(objection.id)
)
OWN_BEGUN = select(one.title, one.first, one.last, one.begun_at).where(one.begun_by == MEMBER).order_by(one.id)
KEPT = "kept under a number: the result that was published stays right"
FEATURE = Feature(
    tables=(
        evaluation_schemes,
        evaluations,
        evaluated,
        evaluation_marks,
        evaluation_changes,
        evaluation_objections,
    ),
    personal=(
        Personal(368, "evaluation_results", OWN_RESULTS, texts="evaluation"),
        Personal(369, "evaluation_points", OWN_POINTS, texts="evaluation"),
        Personal(370, "evaluation_reviews", OWN_REVIEWS, texts="evaluation"),
        Personal(371, "evaluation_handed_in", OWN_HANDED_IN, texts="evaluation"),
        Personal(372, "evaluation_changes", OWN_CHANGES, texts="evaluation"),
        Personal(373, "evaluation_objections", OWN_OBJECTIONS, texts="evaluation"),
        Personal(374, "evaluations_begun", OWN_BEGUN, texts="evaluation"),
    ),
    not_shown={"evaluation_schemes": "rules; who imported them is in the audit log"},
    erase_member=(
        update(evaluation_objections).where(objection.by_id == ERASED).values(text="", withdrawn=True),
        update(evaluation_changes).where(change.by_id == ERASED).values(reason=""),
    ),
    erase_person=(
        update(evaluated).where(who.person_id == ERASED).values(words=""),
        update(evaluation_changes)
        .where(change.evaluated_id.in_(select(who.id).where(who.person_id == ERASED)))
        .values(reason=""),
    ),
    not_erased={
        "evaluation_schemes": "published rules, imported under a number",
        "evaluations": KEPT,
    },
    open_subjects=(
        select(subject("evaluation_desk:", one.id)).where(RUNNING),
        select(subject("evaluation_reviews:", who.evaluation_id, ":", who.reviewer_id))
        .select_from(WITH_TITLE)
        .where(RUNNING, who.reviewer_id.is_not(None)),
        select(subject("objection:", objection.id)).where(objection.answered_at.is_(None)),
    ),
    lasting_subjects=("evaluation_board:%", "evaluated_own:%"),  # they tell the result after years
)
