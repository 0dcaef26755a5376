"""The stars that branches, teams and persons have got, from evaluations that are final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.evaluation.model import Star
from domain.life.evaluation.schemes import scheme_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId
    from domain.life.evaluation.model import Evaluated, Evaluation
    from domain.life.features import Stores


def history(stores: Stores, branch: BranchId) -> Sequence[Star]:
    """All that a branch or team has got, the newest first."""
    return [_star(stores, one, of) for one, of in stores.evaluations.stars([branch], [])]


def _star(stores: Stores, one: Evaluated, of: Evaluation) -> Star:
    stars, score = (0, 0) if one.result is None else (one.result.stars, one.result.score)
    grade = scheme_of(stores, of.version).grade(stars)
    return Star(of.title, of.kind, stars, grade.title, grade.title_en, of.first, of.last, score, of.id)
