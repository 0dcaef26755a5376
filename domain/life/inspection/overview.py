"""What there is of cross-inspection for somebody: what waits for them, and the rounds that they run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.life import scope
from domain.life.inspection.office import PLAN, covered, runs
from domain.life.inspection.today import to_answer, to_do
from domain.people.permission import Permission, allows, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MemberId
    from domain.life.features import Stores
    from domain.life.inspection.model import Kept, Round, Sheet
    from domain.life.inspection.pairing_rules import Arc
    from domain.people.actor import Actor

LISTED, LOOKED_AT, LEAST = 6, 20, 2


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits for somebody, the newest rounds that they run, whether they may open one, and by what."""

    mine: Sequence[Sheet]
    answers: Sequence[Sheet]
    rounds: Sequence[Round]
    may_open: bool
    has_rubric: bool


def overview(stores: Stores, actor: Actor) -> Overview:
    """What there is for somebody. Raises NotAllowed for who has left."""
    require(stores, actor, Permission.TAKE_PART)
    plans = allows(stores, actor, PLAN)
    rounds = [one for one in stores.inspections.recent(LOOKED_AT) if plans and _runs(stores, actor, one)]
    may_open = plans and len(covered(stores, actor)) >= LEAST
    has_rubric = may_open and bool(stores.inspections.rubrics())
    return Overview(to_do(stores, actor), to_answer(stores, actor), rounds[:LISTED], may_open, has_rubric)


def _runs(stores: Stores, actor: Actor, one: Round) -> bool:
    return runs(stores, actor, one, stores.inspections.of_round(one.id))


def offered(stores: Stores, actor: Actor) -> list[Kept]:
    """The rubrics for a round: everybody's, and those of one's own branch and of those above. Raises NotAllowed."""
    require(stores, actor, PLAN)
    return scope.usable(stores, actor, stores.inspections.rubrics(), lambda one: one.rubric.title)


def remembered(stores: Stores, actor: Actor) -> frozenset[Arc]:
    """The conflicts of interest of the newest round that somebody runs. Raises NotAllowed."""
    require(stores, actor, PLAN)
    found = next((one for one in stores.inspections.recent(LOOKED_AT) if _runs(stores, actor, one)), None)
    return frozenset() if found is None else found.conflicts


def called(stores: Stores, actor: Actor, *, words: str) -> list[MemberId]:
    """The accounts of people on the roster with a name or a number. Raises NotAllowed."""
    require(stores, actor, PLAN)
    numbered = stores.people.numbered(words)
    found = [*stores.people.called(words), *([numbered] if numbered is not None else [])]
    return list(dict.fromkeys(one.member for one in found if one.member is not None and one.left_on is None))
