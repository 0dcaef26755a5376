"""Evaluations from their rows."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from domain.ids import BranchId, EvaluatedId, EvaluationId, MemberId, ObjectionId, PersonId
from domain.life.evaluation.model import (
    Change,
    Evaluated,
    Evaluation,
    Mark,
    Objection,
    Publish,
    Result,
    Stage,
    Version,
)
from domain.life.evaluation.scheme import Kind
from domain.people.branch import BranchKind


def to_version(row: Sequence[Any]) -> Version:
    """A version of a scheme from its row."""
    number, title, kind, text, by, at, branch = row
    whose = None if branch is None else BranchId(branch)
    return Version(number, title, Kind(kind), text, None if by is None else MemberId(by), at, whose)


def to_evaluation(row: Sequence[Any]) -> Evaluation:
    """An evaluation from its row."""
    number, version, title, kind, root, first, last, publish, self_until, review_until, days, by, begun_at, *rest = row
    stage, public_until, ended_at = rest
    return Evaluation(
        EvaluationId(number),
        version,
        title,
        Kind(kind),
        BranchId(root),
        first,
        last,
        Publish(publish),
        self_until,
        review_until,
        days,
        MemberId(by),
        begun_at,
        Stage(stage),
        public_until,
        ended_at,
    )


def to_evaluated(row: Sequence[Any]) -> Evaluated:
    """One who is evaluated from their row."""
    number, of, branch, person, level, reviewer, words, by, at, reviewed_at, vetoes, out_at, *result, name = row
    score, rank, place, stars, because, tied_by = result
    return Evaluated(
        EvaluatedId(number),
        EvaluationId(of),
        BranchId(branch),
        None if person is None else PersonId(person),
        name,
        BranchKind(level),
        None if reviewer is None else MemberId(reviewer),
        words,
        None if by is None else MemberId(by),
        at,
        reviewed_at,
        tuple(vetoes),
        out_at,
        None if score is None else Result(score, rank, place, stars, tuple(because), tied_by),
    )


def to_mark(row: Sequence[Any]) -> Mark:
    """A mark from its row, without whose it is."""
    item, figure, own, given, of, withheld = row
    return Mark(item, None if figure is None else Fraction(figure), own, given, of, withheld)


def to_change(row: Sequence[Any]) -> Change:
    """A change from its row, without whose it is."""
    item, old, new, reason, by, at, name = row
    return Change(item, old, new, reason, MemberId(by), at, name)


def to_objection(row: Sequence[Any]) -> Objection:
    """An objection from its row."""
    number, of, by, text, made_at, answer, changed, answered_by, *rest = row
    answerer = None if answered_by is None else MemberId(answered_by)
    return Objection(
        ObjectionId(number), EvaluatedId(of), MemberId(by), text, made_at, answer, changed, answerer, *rest
    )
