"""Appeals in the daily work of who answers: today's card, what is overdue, answerers who leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.messaging.message import Action, Button, Text
from domain.points import appeal
from domain.points.appeal import Level
from domain.today import Part, Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.points.features import Stores

SHOWN = 3  # appeals on the card


def _tell(stores: Stores, actor: Actor) -> Part | None:
    """Questions that wait for somebody's answer, the first due first, each with its button."""
    waiting = [one for one in stores.appeals.waiting_for(actor.member.id) if appeal.may_answer(stores, actor, one)]
    if not waiting:
        return None
    buttons = [
        [Button("appeal.show_button", Action("appeal.show", one.id), {"member": stores.members.get(one.member)})]
        for one in waiting[:SHOWN]
    ]
    return Part(Text("appeal.today", {"count": len(waiting), "due_on": waiting[0].due_on}), buttons)


def _left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """What waits for nobody but a leaver goes on to the administrators at once."""
    for one in stores.appeals.waiting_for(member):
        if one.level is Level.SECRETARY and stores.appeals.answerers(one.id) == [member]:
            appeal.escalate(stores, one, at)


# Before the morning's work, on the day after the last day for the answer.
OVERDUE = Schedule("appeal.overdue", cron="20 8 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "appeal",
    jobs=(EnterpriseJob(OVERDUE, appeal.escalate_overdue, irreversible=True),),
    left=_left,
    today=(Today(15, _tell),),
)
