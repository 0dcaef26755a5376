"""Cross-inspection on today's card: what one has to inspect, to answer, and to look after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.inspection import cards
from domain.life.inspection.model import Stage
from domain.life.inspection.progress import progress_of
from domain.messaging.message import Action, Button, Text
from domain.people.permission import Role
from domain.today import Part

if TYPE_CHECKING:
    from domain.ids import BranchId
    from domain.life.features import Stores
    from domain.life.inspection.cards import Progress
    from domain.life.inspection.model import Sheet
    from domain.people.actor import Actor

MAX_SHOWN = 4


def tell(stores: Stores, actor: Actor) -> Part | None:
    """Inspections that wait for somebody: as inspector, as secretary of an inspected branch, as who runs a round."""
    mine, answers, rounds = to_do(stores, actor), to_answer(stores, actor), to_look_after(stores, actor)
    if not mine and not answers and not rounds:
        return None
    buttons = [
        *(
            [Button("inspection.resume_button", Action("inspection.resume", one.inspection.id), {"sheet": one})]
            for one in mine
        ),
        *(
            [Button("inspection.look_button", Action("inspection.look", one.inspection.id), {"sheet": one})]
            for one in answers
        ),
        *(
            [Button("inspection.round_button", Action("inspection.round", one.round.id), {"round_": one.round})]
            for one in rounds
        ),
    ]
    return Part(Text("inspection.today", {"mine": mine, "answers": answers, "rounds": rounds}), buttons)


def to_do(stores: Stores, actor: Actor) -> list[Sheet]:
    """What somebody has to score, or to answer an objection to."""
    found = stores.inspections.of_inspector(actor.member.id)
    waits = (Stage.SCORING, Stage.OBJECTED)
    return [cards.sheet(stores, one) for one in found if one.counts and one.stage in waits][:MAX_SHOWN]


def to_answer(stores: Stores, actor: Actor) -> list[Sheet]:
    """What the branches that somebody is the secretary of have to answer."""
    held = stores.grants.of(actor.member.id)
    branches: set[BranchId] = {
        one.area.branch for one in held if one.role is Role.SECRETARY and one.area.branch is not None
    }
    if not branches:
        return []
    found = stores.inspections.of_branches(branches)
    return [cards.sheet(stores, one) for one in found if one.counts and one.stage is Stage.HANDED_IN][:MAX_SHOWN]


def to_look_after(stores: Stores, actor: Actor) -> list[Progress]:
    """The rounds of somebody that wait for them: nobody inspects a branch, or all can be final."""
    own = [one for one in stores.inspections.running() if one.owner == actor.member.id]
    found = [progress_of(stores, one, stores.inspections.of_round(one.id), actor.now) for one in own]
    return [one for one in found if one.without or (one.counting and not one.waiting)][:MAX_SHOWN]
