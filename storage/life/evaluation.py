"""Evaluations in the store: schemes, those evaluated, points, changes, objections, results."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from domain.ids import BranchId, EvaluatedId, EvaluationId, MemberId, ObjectionId, PersonId
from domain.life.evaluation.model import (
    Change,
    Evaluated,
    Evaluation,
    Mark,
    Objection,
    Result,
    Stage,
    Version,
)
from domain.life.evaluation.scheme import Kind
from storage.base import Id
from storage.dialects import upsert, within
from storage.feature import MEMBER, PERSON
from storage.life.evaluation_personal import FEATURE
from storage.life.evaluation_rows import (
    to_change,
    to_evaluated,
    to_evaluation,
    to_mark,
    to_objection,
    to_version,
)
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

__all__ = ["FEATURE", "Evaluations"]
scheme, one, who = evaluation_schemes.c, evaluations.c, evaluated.c
mark, change, objection = evaluation_marks.c, evaluation_changes.c, evaluation_objections.c
NUMBER = bindparam("number", type_=Id)
ROOTS = one.root_id.in_(bindparam("roots", expanding=True))
RUNNING = one.stage.in_((Stage.SELF.value, Stage.REVIEW.value, Stage.PUBLIC.value))

ADD_SCHEME = insert(evaluation_schemes).returning(scheme.id)
SCHEME = select(evaluation_schemes).where(scheme.id == NUMBER)
SCHEMES = (
    select(evaluation_schemes)
    .where(scheme.id.in_(select(func.max(scheme.id)).group_by(scheme.title)))
    .order_by(scheme.id.desc())
)

ALL = select(*(column for column in one if column.name != "source"))
ADD = insert(evaluations).returning(one.id)
GET, BEGUN_FROM = ALL.where(one.id == NUMBER), ALL.where(one.source == bindparam("source"))
STAGED = ("stage", "public_until", "ended_at")
SAVE = update(evaluations).where(one.id == NUMBER).values({name: bindparam(f"new_{name}") for name in STAGED})
ALL_RUNNING = ALL.where(RUNNING).order_by(one.id)
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
MARKED = ("figure", "own", "given")
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


class Evaluations:
    """See `domain.life.evaluation.model.Evaluations`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, statement: Any, **values: Any) -> Sequence[Any]:
        return self.connection.execute(statement, values).all()

    def add_scheme(self, title: str, kind: Kind, text: str, by: MemberId | None, at: datetime) -> Version:
        """Remember a version of a scheme; its id is given now."""
        values = {"title": title, "kind": kind, "text": text, "by_id": by, "at": at}
        return Version(self.connection.execute(ADD_SCHEME, values).scalar_one(), title, kind, text, by, at)

    def scheme(self, version: int) -> Version | None:
        """One version."""
        return next(iter(map(to_version, self._rows(SCHEME, number=version))), None)

    def schemes(self) -> list[Version]:
        """The newest version of each title, the newest first."""
        return list(map(to_version, self._rows(SCHEMES)))

    def add(self, evaluation: Evaluation, source: str) -> Evaluation:
        """Remember an evaluation; its id is given now."""
        values = {
            "scheme_id": evaluation.version,
            "title": evaluation.title,
            "kind": evaluation.kind,
            "root_id": evaluation.root,
            "first": evaluation.first,
            "last": evaluation.last,
            "publish": evaluation.publish,
            "self_until": evaluation.self_until,
            "review_until": evaluation.review_until,
            "publicity_days": evaluation.publicity_days,
            "begun_by": evaluation.begun_by,
            "begun_at": evaluation.begun_at,
            "source": source,
            **{name: getattr(evaluation, name) for name in STAGED},
        }
        number = self.connection.execute(ADD, values).scalar_one()
        return to_evaluation(self._rows(GET, number=number)[0])

    def _found(self, statement: Any, **values: Any) -> list[Evaluation]:
        return list(map(to_evaluation, self._rows(statement, **values)))

    def begun_from(self, source: str) -> Evaluation | None:
        """The evaluation that was begun by a form."""
        return next(iter(self._found(BEGUN_FROM, source=source)), None)

    def get(self, evaluation: EvaluationId) -> Evaluation | None:
        """One evaluation."""
        return next(iter(self._found(GET, number=evaluation)), None)

    def save(self, evaluation: Evaluation) -> None:
        """Remember how far an evaluation is."""
        values = {f"new_{name}": getattr(evaluation, name) for name in STAGED}
        self.connection.execute(SAVE, {"number": evaluation.id, **values})

    def running(self) -> list[Evaluation]:
        """Those in which something can still change, the oldest first."""
        return self._found(ALL_RUNNING)

    def newest(self, roots: Collection[BranchId], limit: int) -> list[Evaluation]:
        """The newest evaluations of what is below some branches."""
        return self._found(NEWEST, roots=list(roots), most=limit)

    def in_span(self, roots: Collection[BranchId], since: datetime, until: datetime) -> list[Evaluation]:
        """Those of what is below some branches that became final between two moments."""
        return self._found(IN_SPAN, roots=list(roots), since=since, until=until)

    def put_in(self, subjects: Sequence[Evaluated]) -> None:
        """Add those who are evaluated; their ids are given now."""
        rows = [
            {
                "evaluation_id": one.evaluation,
                "branch_id": one.branch,
                "person_id": one.person,
                "level": one.level,
                "because": [],
                "tied_by": "",
                **_changing(one),
            }
            for one in subjects
        ]
        if rows:
            self.connection.execute(PUT_IN, rows)

    def _subjects(self, statement: Any, **values: Any) -> list[Evaluated]:
        return list(map(to_evaluated, self._rows(statement, **values)))

    def subjects(self, evaluation: EvaluationId) -> list[Evaluated]:
        """Who is evaluated, in the order in which they were added."""
        return self._subjects(OF, number=evaluation)

    def subject(self, evaluated: EvaluatedId) -> Evaluated | None:
        """One of them."""
        return next(iter(self._subjects(SUBJECT, number=evaluated)), None)

    def save_subject(self, evaluated: Evaluated) -> None:
        """Remember what has changed about one who is evaluated."""
        values = {f"new_{name}": value for name, value in _changing(evaluated).items()}
        self.connection.execute(SAVE_SUBJECT, {"number": evaluated.id, **values})

    def save_results(self, results: Mapping[EvaluatedId, Result]) -> None:
        """Remember the results of many."""
        rows = [
            {"number": number, **{f"new_{name}": getattr(found, name) for name in RESULT}}
            | {"new_because": list(found.because)}
            for number, found in results.items()
        ]
        if rows:
            self.connection.execute(SAVE_RESULT, rows)

    def to_review(self, member: MemberId) -> list[Evaluated]:
        """What somebody has to review in evaluations that are in the stage of reviews, with what they have reviewed."""
        return self._subjects(TO_REVIEW, member=member)

    def to_assess(self, branches: Collection[BranchId], person: PersonId | None) -> list[Evaluated]:
        """Branches, or a person, in the stage of self-assessment, that have not handed in."""
        return self._subjects(TO_ASSESS, branches=list(branches), person=-1 if person is None else person)

    def in_branch(self, branch: BranchId) -> list[Evaluated]:
        """Branches and teams in running evaluations, by their branch; also those that are out."""
        return self._subjects(IN_BRANCH, number=branch)

    def of_person(self, person: PersonId) -> list[Evaluated]:
        """Somebody as a person in running evaluations."""
        return self._subjects(OF_PERSON, number=person)

    def marks(self, evaluation: EvaluationId) -> Mapping[EvaluatedId, Mapping[str, Mark]]:
        """What was given to all, by who is evaluated and by indicator."""
        found: defaultdict[EvaluatedId, dict[str, Mark]] = defaultdict(dict)
        for number, *row in self._rows(MARKS, number=evaluation):
            found[EvaluatedId(number)][row[0]] = to_mark(row)
        return found

    def marks_of(self, evaluated: EvaluatedId) -> Mapping[str, Mark]:
        """What was given to one, by indicator."""
        return {row[0]: to_mark(row) for _, *row in self._rows(MARKS_OF, number=evaluated)}

    def put_marks(self, marks: Mapping[EvaluatedId, Collection[Mark]]) -> None:
        """Remember marks in place of those before."""
        rows = [
            {"evaluated_id": number, "item": one.item, **values, **{f"new_{name}": values[name] for name in MARKED}}
            for number, some in marks.items()
            for one in some
            for values in [_marked(one)]
        ]
        if rows:
            self.connection.execute(PUT_MARK, rows)

    def note(self, evaluated: EvaluatedId, change: Change) -> None:
        """Remember a change."""
        names = ("item", "old", "new", "reason", "at")
        values = {"evaluated_id": evaluated, "by_id": change.by, **{name: getattr(change, name) for name in names}}
        self.connection.execute(NOTE, values)

    def changes(self, evaluated: EvaluatedId) -> list[Change]:
        """What was changed, the oldest first."""
        return [to_change(row) for _, *row in self._rows(CHANGES, number=evaluated)]

    def all_changes(self, evaluation: EvaluationId) -> list[tuple[EvaluatedId, Change]]:
        """What was changed in an evaluation, the oldest first."""
        return [(EvaluatedId(number), to_change(row)) for number, *row in self._rows(CHANGES_IN, number=evaluation)]

    def object(self, objection: Objection) -> Objection:
        """Remember an objection; its id is given now."""
        values = {
            "evaluated_id": objection.evaluated,
            "by_id": objection.by,
            "made_at": objection.made_at,
            **{name: getattr(objection, name) for name in ANSWERED},
        }
        number = self.connection.execute(OBJECT, values).scalar_one()
        return to_objection(self._rows(OBJECTION, number=number)[0])

    def objection(self, number: ObjectionId) -> Objection | None:
        """One objection."""
        return next(iter(map(to_objection, self._rows(OBJECTION, number=number))), None)

    def save_objection(self, objection: Objection) -> None:
        """Remember the answer."""
        values = {f"new_{name}": getattr(objection, name) for name in ANSWERED}
        self.connection.execute(SAVE_OBJECTION, {"number": objection.id, **values})

    def objections(self, evaluation: EvaluationId) -> list[Objection]:
        """All objections of an evaluation, the oldest first."""
        return list(map(to_objection, self._rows(OBJECTIONS, number=evaluation)))

    def open_objections(self, member: MemberId) -> list[Objection]:
        """Those that somebody has made and that wait."""
        return list(map(to_objection, self._rows(OPEN_OBJECTIONS, member=member)))

    def stars(
        self, branches: Collection[BranchId], persons: Collection[PersonId]
    ) -> list[tuple[Evaluated, Evaluation]]:
        """Final results of branches and teams, or of persons, the newest first."""
        rows = [
            *(self._rows(STARS_OF_BRANCHES, wanted=list(branches)) if branches else ()),
            *(self._rows(STARS_OF_PERSONS, wanted=list(persons)) if persons else ()),
        ]
        width = len(who) + 1
        return [(to_evaluated(row[:width]), to_evaluation(row[width:])) for row in rows]

    def release(self, member: MemberId) -> list[EvaluationId]:
        """Take what somebody was to review from them, who has left; in which running evaluations that was."""
        found = sorted({EvaluationId(row[0]) for row in self._rows(HELD_IN, member=member)})
        self.connection.execute(RELEASE, {"gone": member})
        return found


def _changing(evaluated: Evaluated) -> dict[str, Any]:
    names = ("words", "handed_in_by", "handed_in_at", "reviewed_at", "out_at")
    values = {name: getattr(evaluated, name) for name in names}
    return {"reviewer_id": evaluated.reviewer, "vetoes": list(evaluated.vetoes), **values}


def _marked(one: Mark) -> dict[str, Any]:
    return {"figure": None if one.figure is None else str(one.figure), "own": one.own, "given": one.given}
