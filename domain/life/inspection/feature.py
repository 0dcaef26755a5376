"""What cross-inspection contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import Feature
from domain.ids import InspectionId, InspectionRoundId, RubricId
from domain.life.inspection import assigning, closing, keeping, leaving, opening, progress, recusing, scoring
from domain.life.inspection.cards import current_answer, current_desk
from domain.life.inspection.reporting import EXPORT, SECTION
from domain.life.inspection.today import tell
from domain.life.inspection.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.life.inspection.model import Inspections


class HasInspections(Protocol):
    """Stores with this one among them."""

    @property
    def inspections(self) -> Inspections:
        """See `Inspections`."""


def _rubric(stores: Stores, number: int) -> str | None:
    kept = stores.inspections.rubric(RubricId(number))
    return None if kept is None else kept.rubric.title


def _round(stores: Stores, number: int) -> str | None:
    found = stores.inspections.round(InspectionRoundId(number))
    return None if found is None else f"{found.rubric.title} {found.since:%Y-%m-%d}"


def _inspection(stores: Stores, number: int) -> str | None:
    found = stores.inspections.get(InspectionId(number))
    return None if found is None else found.of.name


FEATURE = Feature(
    "inspection",
    merged=leaving.merged,
    left=leaving.left,
    forgotten=leaving.forgotten,
    branch_closed=leaving.branch_closed,
    branch_reopened=leaving.branch_reopened,
    today=(Today(29, tell),),
    upcoming=(UPCOMING,),
    section=SECTION,
    export=EXPORT,
    audit=(
        keeping.BROUGHT,
        opening.OPENED,
        recusing.RECUSED,
        scoring.HANDED_IN,
        scoring.CORRECTED,
        assigning.ASSIGNED,
        assigning.DROPPED,
        closing.FINISHED,
        closing.CALLED_OFF,
    ),
    named={"rubric": _rubric, "inspection_round": _round, "inspection": _inspection},
    current={
        "inspection": current_desk,
        "inspection_answer": current_answer,
        "inspection_round": progress.current_bureau,
    },
)
