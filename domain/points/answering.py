"""Appeals in the daily work of who answers: today's card, what is overdue, answerers who leave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.messaging.message import Action, Button, Message, Text
from domain.points.appeal import APPEAL_EXPLAINED, Level, card, put, shown, subject_of
from domain.points.charge import administrators_but
from domain.points.due import day_of, workdays_after
from domain.points.reply import may_answer
from domain.today import Part, Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.points.appeal import Appeal
    from domain.points.features import Stores

SHOWN = 3  # appeals on the card


def _tell(stores: Stores, actor: Actor) -> Part | None:
    """Questions that wait for somebody's answer, the first due first, each with its button."""
    waiting = [one for one in stores.appeals.waiting_for(actor.member.id) if may_answer(stores, actor, one)]
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
            escalate(stores, one, at)


def escalate_overdue(stores: Stores, slot: datetime) -> None:
    """Pass on to the administrators, once, what the secretaries have not answered in time."""
    for one in stores.appeals.overdue(day_of(stores, slot)):
        escalate(stores, one, slot)


def escalate(stores: Stores, appeal: Appeal, at: datetime) -> None:
    """Pass an appeal on to the administrators. The messages to the secretaries say so."""
    due_on = workdays_after(stores, day_of(stores, at), setting.days_of(stores, Name.APPEAL_DAYS))
    up = replace(appeal, level=Level.ADMINISTRATORS, due_on=due_on)
    stores.appeals.save(up)
    before, above = stores.appeals.answerers(appeal.id), administrators_but(stores, appeal.member)
    for one in before:
        subject = subject_of(appeal, one)
        passed_on = Message("appeal.passed_on", {"shown": shown(stores, up)}, subject=subject)
        still = one in {other.id for other in above}
        message = card(stores, up, one) if still else passed_on
        stores.outbox.edit(subject, message, key=f"{subject}:passed_on")
        stores.hooks.changed(one, f"appeal:{appeal.id}:passed_on", at)
    put(stores, up, above, at)


# Before the morning's work, on the day after the last day for the answer.
OVERDUE = Schedule("appeal.overdue", cron="20 8 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "appeal",
    jobs=(EnterpriseJob(OVERDUE, escalate_overdue, irreversible=True),),
    left=_left,
    audit=(APPEAL_EXPLAINED,),
    today=(Today(15, _tell),),
)
