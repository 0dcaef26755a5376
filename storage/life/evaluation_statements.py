"""The statements of evaluations."""

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from domain.life.evaluation.model import Stage
from storage.base import Id
from storage.dialects import upsert, within
from storage.feature import MEMBER, PERSON
from storage.life.evaluation_tables import (
    evaluated,
    evaluation_changes,
    evaluation_marks,
    evaluation_objections,
    evaluation_schemes,
    evaluations,
)
from storage.people.branch import branches
from storage.people.member import members
from storage.people.tables import people

scheme, one, who = evaluation_schemes.c, evaluations.c, evaluated.c
mark, change, objection = evaluation_marks.c, evaluation_changes.c, evaluation_objections.c
NUMBER = bindparam("number", type_=Id)
ROOTS = one.root_id.in_(bindparam("roots", expanding=True))
RUNNING = one.stage.in_((Stage.SELF.value, Stage.REVIEW.value, Stage.PUBLIC.value))

ADD_SCHEME = insert(evaluation_schemes).returning(scheme.id)
SCHEME = select(evaluation_schemes).where(scheme.id == NUMBER)
SCHEMES = (
    select(evaluation_schemes)
    .where(scheme.id.in_(select(func.max(scheme.id)).group_by(scheme.title, scheme.branch_id)))
    .order_by(scheme.id.desc())
)

ALL = select(*(column for column in one if column.name != "source"))
ADD = insert(evaluations).returning(one.id)
GET, BEGUN_FROM = ALL.where(one.id == NUMBER), ALL.where(one.source == bindparam("source"))
STAGED = ("stage", "public_until", "ended_at", "begun_by")
SAVE = update(evaluations).where(one.id == NUMBER).values({name: bindparam(f"new_{name}") for name in STAGED})
ALL_RUNNING = ALL.where(RUNNING).order_by(one.id)
ALL_FINAL = ALL.where(one.stage == Stage.FINAL.value).order_by(one.id)
NEWEST = ALL.where(ROOTS).order_by(one.id.desc()).limit(bindparam("most"))
IN_SPAN = ALL.where(ROOTS, one.stage == Stage.FINAL.value, *within(one.ended_at)).order_by(one.id)

NAMED = evaluated.join(branches, branches.c.id == who.branch_id).outerjoin(people, people.c.id == who.person_id)
NAME = func.coalesce(people.c.name, branches.c.name).label("name")
SUBJECTS = select(*who, NAME).select_from(NAMED)
RUN = SUBJECTS.select_from(NAMED.join(evaluations, one.id == who.evaluation_id))
PUT_IN = insert(evaluated)
OF = SUBJECTS.where(who.evaluation_id == NUMBER).order_by(who.id)
SUBJECT = SUBJECTS.where(who.id == NUMBER)
CHANGING = ("reviewer_id", "words", "handed_in_by", "handed_in_at", "reviewed_at", "vetoes", "out_at")
SAVE_SUBJECT = update(evaluated).where(who.id == NUMBER).values({name: bindparam(f"new_{name}") for name in CHANGING})
RESULT = ("score", "rank", "place", "stars", "because", "tied_by")
SAVE_RESULT = update(evaluated).where(who.id == NUMBER).values({name: bindparam(f"new_{name}") for name in RESULT})
TO_REVIEW = RUN.where(who.reviewer_id == MEMBER, one.stage == Stage.REVIEW.value, who.out_at.is_(None)).order_by(who.id)
TO_ASSESS = RUN.where(
    one.stage == Stage.SELF.value,
    who.handed_in_at.is_(None),
    who.out_at.is_(None),
    or_(
        and_(who.person_id.is_(None), who.branch_id.in_(bindparam("branches", expanding=True))),
        who.person_id == PERSON,
    ),
).order_by(who.id)
IN_BRANCH = RUN.where(RUNNING, who.branch_id == NUMBER, who.person_id.is_(None)).order_by(who.id)
OF_PERSON = RUN.where(RUNNING, who.person_id == NUMBER).order_by(who.id)

MARKS = (
    select(evaluation_marks)
    .select_from(evaluation_marks.join(evaluated, who.id == mark.evaluated_id))
    .where(who.evaluation_id == NUMBER)
    .order_by(mark.evaluated_id, mark.item)
)
MARKS_OF = select(evaluation_marks).where(mark.evaluated_id == NUMBER).order_by(mark.item)
MARKED = ("figure", "own", "given", "figure_of", "withheld")
PUT_MARK = upsert(evaluation_marks, ("evaluated_id", "item"), **{name: bindparam(f"new_{name}") for name in MARKED})
NOTE = insert(evaluation_changes)
ALL_CHANGES = (
    select(
        change.evaluated_id, change.item, change.old, change.new, change.reason, change.by_id, change.at, members.c.name
    )
    .select_from(
        evaluation_changes.join(members, members.c.id == change.by_id).join(evaluated, who.id == change.evaluated_id)
    )
    .order_by(change.id)
)
CHANGES, CHANGES_IN = ALL_CHANGES.where(change.evaluated_id == NUMBER), ALL_CHANGES.where(who.evaluation_id == NUMBER)

OBJECT = insert(evaluation_objections).returning(objection.id)
OBJECTION = select(evaluation_objections).where(objection.id == NUMBER)
ANSWERED = ("text", "answer", "changed", "answered_by", "answered_at", "withdrawn")
SAVE_OBJECTION = (
    update(evaluation_objections)
    .where(objection.id == NUMBER)
    .values({name: bindparam(f"new_{name}") for name in ANSWERED})
)
OBJECTIONS = (
    select(evaluation_objections)
    .select_from(evaluation_objections.join(evaluated, who.id == objection.evaluated_id))
    .where(who.evaluation_id == NUMBER)
    .order_by(objection.id)
)
OPEN_OBJECTIONS = select(evaluation_objections).where(
    objection.by_id == MEMBER, objection.answered_at.is_(None), objection.withdrawn.is_(False)
)

STARS = (
    select(*who, NAME, *(column.label(f"of_{column.name}") for column in one if column.name != "source"))
    .select_from(NAMED.join(evaluations, one.id == who.evaluation_id))
    .where(one.stage == Stage.FINAL.value, who.out_at.is_(None), who.stars.is_not(None))
    .order_by(one.last.desc(), one.id.desc(), who.id)
)
STARS_OF_BRANCHES = STARS.where(who.person_id.is_(None), who.branch_id.in_(bindparam("wanted", expanding=True)))
STARS_OF_PERSONS = STARS.where(who.person_id.in_(bindparam("wanted", expanding=True)))
HELD_IN = select(who.evaluation_id).where(
    who.reviewer_id == MEMBER,
    who.reviewed_at.is_(None),
    who.evaluation_id.in_(select(one.id).where(RUNNING)),
)
RELEASE = (
    update(evaluated)
    .where(
        who.reviewer_id == bindparam("gone", type_=Id),
        who.reviewed_at.is_(None),
        who.evaluation_id.in_(select(one.id).where(RUNNING)),
    )
    .values(reviewer_id=None)
)
