"""Evaluations on today's card: what somebody has to assess, to review, to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.evaluation.model import Stage
from domain.life.evaluation.overview import to_assess
from domain.messaging.message import Action, Button, Text
from domain.today import Part

if TYPE_CHECKING:
    from datetime import date

    from domain.life.evaluation.model import Evaluation
    from domain.life.features import Stores
    from domain.people.actor import Actor

MAX_SHOWN = 3


def tell_own(stores: Stores, actor: Actor) -> Part | None:
    """What somebody has not handed in."""
    found = to_assess(stores, actor.member.id)
    shown = [(one, stores.evaluations.get(one.evaluation)) for one in found[:MAX_SHOWN]]
    if not shown:
        return None
    buttons = [
        [Button("evaluated.open_button", Action("evaluated.card", one.id), {"evaluated": one})] for one, _ in shown
    ]
    return Part(Text("evaluated.today", {"found": shown}), buttons)


def tell_office(stores: Stores, actor: Actor) -> Part | None:
    """What somebody has to review; of what they run: objections that wait, what has no reviewer or is late."""
    reviews = [one for one in stores.evaluations.to_review(actor.member.id) if one.reviewed_at is None]
    begun = [one for one in stores.evaluations.running() if one.begun_by == actor.member.id]
    public = [one for one in begun if one.stage is Stage.PUBLIC]
    waiting = [one for each in public for one in stores.evaluations.objections(each.id) if one.is_open]
    stuck = [(one, count) for one in begun if (count := _stuck(stores, one, actor.today))]
    if not reviews and not waiting and not stuck:
        return None
    rows = [
        *(
            [Button("evaluated.review_button", Action("evaluated.sheet", one.id), {"evaluated": one})]
            for one in reviews[:MAX_SHOWN]
        ),
        *([Button("objection.answer_button", Action("objection.answer", one.id))] for one in waiting[:1]),
        *(
            [Button("evaluation.desk_button", Action("evaluation.desk", one.id), {"evaluation": one})]
            for one, _ in stuck[:1]
        ),
    ]
    values = {"reviews": len(reviews), "waiting": len(waiting), "stuck": stuck[:MAX_SHOWN]}
    return Part(Text("evaluation.today", values), rows)


def _stuck(stores: Stores, one: Evaluation, day: date) -> int:
    """How many have no reviewer, or, once the last day is over, are not reviewed."""
    if one.stage not in (Stage.SELF, Stage.REVIEW):
        return 0
    late = one.stage is Stage.REVIEW and one.review_until < day
    subjects = [who for who in stores.evaluations.subjects(one.id) if who.is_in]
    return sum(who.reviewed_at is None and (late or who.reviewer is None) for who in subjects)
