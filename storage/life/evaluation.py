"""Evaluations in the store: schemes, those evaluated, points, changes, objections, results."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.ids import BranchId, EvaluatedId, EvaluationId, MemberId, ObjectionId, PersonId
from domain.life.evaluation.model import Change, Evaluated, Evaluation, Mark, Objection, Result, Version
from storage.life import evaluation_statements as of
from storage.life.evaluation_personal import FEATURE
from storage.life.evaluation_rows import (
    to_change,
    to_evaluated,
    to_evaluation,
    to_mark,
    to_objection,
    to_version,
)

__all__ = ["FEATURE", "Evaluations"]


class Evaluations:
    """See `domain.life.evaluation.stored.Evaluations`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, statement: Any, **values: Any) -> Sequence[Any]:
        return self.connection.execute(statement, values).all()

    def add_scheme(self, version: Version) -> Version:
        """Remember a version of a scheme; its id is given now."""
        kept = ("title", "kind", "text", "at")
        values = {name: getattr(version, name) for name in kept} | {"by_id": version.by, "branch_id": version.branch}
        return replace(version, id=self.connection.execute(of.ADD_SCHEME, values).scalar_one())

    def scheme(self, version: int) -> Version | None:
        """One version."""
        return next(iter(map(to_version, self._rows(of.SCHEME, number=version))), None)

    def schemes(self) -> list[Version]:
        """The newest version of each title of each branch, the newest first."""
        return list(map(to_version, self._rows(of.SCHEMES)))

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
            "begun_at": evaluation.begun_at,
            "source": source,
            **{name: getattr(evaluation, name) for name in of.STAGED},
        }
        number = self.connection.execute(of.ADD, values).scalar_one()
        return to_evaluation(self._rows(of.GET, number=number)[0])

    def _found(self, statement: Any, **values: Any) -> list[Evaluation]:
        return list(map(to_evaluation, self._rows(statement, **values)))

    def begun_from(self, source: str) -> Evaluation | None:
        """The evaluation that was begun by a form."""
        return next(iter(self._found(of.BEGUN_FROM, source=source)), None)

    def get(self, evaluation: EvaluationId) -> Evaluation | None:
        """One evaluation."""
        return next(iter(self._found(of.GET, number=evaluation)), None)

    def save(self, evaluation: Evaluation) -> None:
        """Remember how far an evaluation is."""
        values = {f"new_{name}": getattr(evaluation, name) for name in of.STAGED}
        self.connection.execute(of.SAVE, {"number": evaluation.id, **values})

    def running(self) -> list[Evaluation]:
        """Those in which something can still change, the oldest first."""
        return self._found(of.ALL_RUNNING)

    def final(self) -> list[Evaluation]:
        """All that are final, the oldest first."""
        return self._found(of.ALL_FINAL)

    def newest(self, roots: Collection[BranchId], limit: int) -> list[Evaluation]:
        """The newest evaluations of what is below some branches."""
        return self._found(of.NEWEST, roots=list(roots), most=limit)

    def in_span(self, roots: Collection[BranchId], since: datetime, until: datetime) -> list[Evaluation]:
        """Those of what is below some branches that became final between two moments."""
        return self._found(of.IN_SPAN, roots=list(roots), since=since, until=until)

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
            self.connection.execute(of.PUT_IN, rows)

    def _subjects(self, statement: Any, **values: Any) -> list[Evaluated]:
        return list(map(to_evaluated, self._rows(statement, **values)))

    def subjects(self, evaluation: EvaluationId) -> list[Evaluated]:
        """Who is evaluated, in the order in which they were added."""
        return self._subjects(of.OF, number=evaluation)

    def subject(self, evaluated: EvaluatedId) -> Evaluated | None:
        """One of them."""
        return next(iter(self._subjects(of.SUBJECT, number=evaluated)), None)

    def save_subject(self, evaluated: Evaluated) -> None:
        """Remember what has changed about one who is evaluated."""
        values = {f"new_{name}": value for name, value in _changing(evaluated).items()}
        self.connection.execute(of.SAVE_SUBJECT, {"number": evaluated.id, **values})

    def save_results(self, results: Mapping[EvaluatedId, Result]) -> None:
        """Remember the results of many."""
        rows = [
            {"number": number, **{f"new_{name}": getattr(found, name) for name in of.RESULT}}
            | {"new_because": list(found.because)}
            for number, found in results.items()
        ]
        if rows:
            self.connection.execute(of.SAVE_RESULT, rows)

    def to_review(self, member: MemberId) -> list[Evaluated]:
        """What somebody has to review in evaluations that are in the stage of reviews, with what they have reviewed."""
        return self._subjects(of.TO_REVIEW, member=member)

    def to_assess(self, branches: Collection[BranchId], person: PersonId | None) -> list[Evaluated]:
        """Branches, or a person, in the stage of self-assessment, that have not handed in."""
        return self._subjects(of.TO_ASSESS, branches=list(branches), person=-1 if person is None else person)

    def in_branch(self, branch: BranchId) -> list[Evaluated]:
        """Branches and teams in running evaluations, by their branch; also those that are out."""
        return self._subjects(of.IN_BRANCH, number=branch)

    def of_person(self, person: PersonId) -> list[Evaluated]:
        """Somebody as a person in running evaluations."""
        return self._subjects(of.OF_PERSON, number=person)

    def marks(self, evaluation: EvaluationId) -> Mapping[EvaluatedId, Mapping[str, Mark]]:
        """What was given to all, by who is evaluated and by indicator."""
        found: defaultdict[EvaluatedId, dict[str, Mark]] = defaultdict(dict)
        for number, *row in self._rows(of.MARKS, number=evaluation):
            found[EvaluatedId(number)][row[0]] = to_mark(row)
        return found

    def marks_of(self, evaluated: EvaluatedId) -> Mapping[str, Mark]:
        """What was given to one, by indicator."""
        return {row[0]: to_mark(row) for _, *row in self._rows(of.MARKS_OF, number=evaluated)}

    def put_marks(self, marks: Mapping[EvaluatedId, Collection[Mark]]) -> None:
        """Remember marks in place of those before."""
        rows = [
            {"evaluated_id": number, "item": one.item, **values, **{f"new_{name}": values[name] for name in of.MARKED}}
            for number, some in marks.items()
            for one in some
            for values in [_marked(one)]
        ]
        if rows:
            self.connection.execute(of.PUT_MARK, rows)

    def note(self, evaluated: EvaluatedId, change: Change) -> None:
        """Remember a change."""
        names = ("item", "old", "new", "reason", "at")
        values = {"evaluated_id": evaluated, "by_id": change.by, **{name: getattr(change, name) for name in names}}
        self.connection.execute(of.NOTE, values)

    def changes(self, evaluated: EvaluatedId) -> list[Change]:
        """What was changed, the oldest first."""
        return [to_change(row) for _, *row in self._rows(of.CHANGES, number=evaluated)]

    def all_changes(self, evaluation: EvaluationId) -> list[tuple[EvaluatedId, Change]]:
        """What was changed in an evaluation, the oldest first."""
        return [(EvaluatedId(number), to_change(row)) for number, *row in self._rows(of.CHANGES_IN, number=evaluation)]

    def object(self, objection: Objection) -> Objection:
        """Remember an objection; its id is given now."""
        values = {
            "evaluated_id": objection.evaluated,
            "by_id": objection.by,
            "made_at": objection.made_at,
            **{name: getattr(objection, name) for name in of.ANSWERED},
        }
        number = self.connection.execute(of.OBJECT, values).scalar_one()
        return to_objection(self._rows(of.OBJECTION, number=number)[0])

    def objection(self, number: ObjectionId) -> Objection | None:
        """One objection."""
        return next(iter(map(to_objection, self._rows(of.OBJECTION, number=number))), None)

    def save_objection(self, objection: Objection) -> None:
        """Remember the answer."""
        values = {f"new_{name}": getattr(objection, name) for name in of.ANSWERED}
        self.connection.execute(of.SAVE_OBJECTION, {"number": objection.id, **values})

    def objections(self, evaluation: EvaluationId) -> list[Objection]:
        """All objections of an evaluation, the oldest first."""
        return list(map(to_objection, self._rows(of.OBJECTIONS, number=evaluation)))

    def open_objections(self, member: MemberId) -> list[Objection]:
        """Those that somebody has made and that wait."""
        return list(map(to_objection, self._rows(of.OPEN_OBJECTIONS, member=member)))

    def stars(
        self, branches: Collection[BranchId], persons: Collection[PersonId]
    ) -> list[tuple[Evaluated, Evaluation]]:
        """Final results of branches and teams, or of persons, the newest first."""
        rows = [
            *(self._rows(of.STARS_OF_BRANCHES, wanted=list(branches)) if branches else ()),
            *(self._rows(of.STARS_OF_PERSONS, wanted=list(persons)) if persons else ()),
        ]
        width = len(of.who) + 1
        return [(to_evaluated(row[:width]), to_evaluation(row[width:])) for row in rows]

    def release(self, member: MemberId) -> list[EvaluationId]:
        """Take what somebody was to review from them, who has left; in which running evaluations that was."""
        found = sorted({EvaluationId(row[0]) for row in self._rows(of.HELD_IN, member=member)})
        self.connection.execute(of.RELEASE, {"gone": member})
        return found


def _changing(evaluated: Evaluated) -> dict[str, Any]:
    names = ("words", "handed_in_by", "handed_in_at", "reviewed_at", "out_at")
    values = {name: getattr(evaluated, name) for name in names}
    return {"reviewer_id": evaluated.reviewer, "vetoes": list(evaluated.vetoes), **values}


def _marked(one: Mark) -> dict[str, Any]:
    figure = None if one.figure is None else str(one.figure)
    given = {"own": one.own, "given": one.given}
    return {"figure": figure, **given, "figure_of": one.of, "withheld": one.withheld}
