"""What evaluations contribute to the rest of the domain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import EvaluationId
from domain.life.evaluation import cards, objecting, publicity, reviewing, running, schemes
from domain.life.evaluation.model import Stage
from domain.life.evaluation.reporting import EXPORT, SECTION
from domain.life.evaluation.standing import freeze
from domain.life.evaluation.today import tell_office, tell_own
from domain.life.evaluation.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.life.evaluation.model import Evaluated
    from domain.life.evaluation.stored import Evaluations
    from domain.life.features import Stores


class HasEvaluations(Protocol):
    """Stores with this one among them."""

    @property
    def evaluations(self) -> Evaluations:
        """See `Evaluations`."""


def _called(stores: Stores, number: int) -> str | None:
    found = stores.evaluations.get(EvaluationId(number))
    return None if found is None else f"{found.title} {found.first}–{found.last}"


def _scheme_called(stores: Stores, number: int) -> str | None:
    found = stores.evaluations.scheme(number)
    return None if found is None else found.title


def _take_out(stores: Stores, subjects: Iterable[Evaluated], at: datetime, *, key: str) -> None:
    """They count no more; where the result is on show already, all are placed anew."""
    for one in subjects:
        if one.is_in:
            _put(stores, replace(one, out_at=at), key=key)


def _put(stores: Stores, one: Evaluated, *, key: str) -> None:
    stores.evaluations.save_subject(one)
    found = stores.evaluations.get(one.evaluation)
    if found is None:
        return
    cards.refresh(stores, found, one, key=key)
    if found.stage is Stage.PUBLIC:
        publicity.again(stores, found, key=key)


def _branch_closed(stores: Stores, branch: BranchId, _: MemberId | None, at: datetime) -> None:
    """A closed branch is out of what goes on; an evaluation of what was below it is called off."""
    key = f"closed:{branch}:{at.timestamp()}"
    for found in [one for one in stores.evaluations.running() if one.root == branch]:
        running.end(stores, replace(found, stage=Stage.CANCELLED, ended_at=at), at)
    _take_out(stores, stores.evaluations.in_branch(branch), at, key=key)


def _branch_reopened(stores: Stores, branch: BranchId, closed_at: datetime, _: MemberId | None, at: datetime) -> None:
    """What the closing has taken out is in again."""
    for one in stores.evaluations.in_branch(branch):
        if one.out_at == closed_at:
            _take_figures(stores, one)
            _put(stores, replace(one, out_at=None), key=f"reopened:{branch}:{at.timestamp()}")


def _take_figures(stores: Stores, one: Evaluated) -> None:
    """Those of a branch that was out when publicity began have not been taken then."""
    found = stores.evaluations.get(one.evaluation)
    if found is None or found.stage is not Stage.PUBLIC:
        return
    if all(mark.figure is None for mark in stores.evaluations.marks_of(one.id).values()):
        freeze(stores, found, schemes.scheme_of(stores, found.version), [one])


def _forgotten(stores: Stores, member: MemberId, at: datetime) -> None:
    """Who is about to be erased reviews nothing any more."""
    _release(stores, member, f"forgotten:{member}:{at.timestamp()}")


def _release(stores: Stores, member: MemberId, key: str) -> None:
    for number in stores.evaluations.release(member):
        found = stores.evaluations.get(number)
        if found is not None:
            cards.refresh_desk(stores, found, key=key)


def _left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Who has left reviews nothing any more and is evaluated no more; the office's card says what has no reviewer."""
    key = f"left:{member}:{at.timestamp()}"
    _release(stores, member, key)
    for one in [one for one in stores.evaluations.running() if one.begun_by == member]:
        running.hand_over(stores, one, at)
    person = stores.people.of_member(member)
    if person is not None:
        _take_out(stores, stores.evaluations.of_person(person.id), at, key=key)


TEND = Schedule("evaluation.tend", cron="20 8 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "evaluation",
    jobs=(EnterpriseJob(TEND, running.tend, irreversible=True),),
    branch_closed=_branch_closed,
    branch_reopened=_branch_reopened,
    left=_left,
    forgotten=_forgotten,
    today=(Today(14, tell_own), Today(18, tell_office)),
    unlogged=publicity.unlogged,
    upcoming=(UPCOMING,),
    section=SECTION,
    export=EXPORT,
    audit=(
        schemes.IMPORTED,
        running.BEGUN,
        running.CANCELLED,
        reviewing.ASSIGNED,
        reviewing.CHANGED,
        objecting.OBJECTED,
        objecting.ANSWERED,
        publicity.PUBLIC,
        publicity.FINAL,
    ),
    named={"evaluation": _called, "evaluation_scheme": _scheme_called},
    current={
        "evaluation_desk": cards.current_desk,
        "evaluated_own": cards.current_own,
        "evaluation_reviews": cards.current_reviews,
        "evaluation_board": publicity.current_board,
        "objection": objecting.current_card,
    },
)
