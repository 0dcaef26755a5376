"""The level above approves a proposal, or returns it with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.life.activity import card
from domain.life.activity.levels import approvers, may_approve
from domain.life.activity.model import MAX_REASON_CHARS, Activity, State
from domain.life.activity.planning import approval, publish
from domain.life.activity.refusing import ActivityNotFound, Decided, InThePast, NoReason
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.ids import ActivityId, MemberId
    from domain.life.features import Stores
    from domain.people.actor import Actor

RETURNED = AuditAction("activity.returned")


def asked(stores: Stores, actor: Actor, *, number: ActivityId) -> Activity:
    """A proposal that waits, for whoever may decide about it. Raises ActivityNotFound, Decided."""
    require(stores, actor, Permission.SEE_OWN)
    activity = stores.activities.get(number)
    if activity is None or not may_approve(stores, actor, activity.branch):
        raise ActivityNotFound
    if activity.state is not State.PROPOSED:
        raise Decided(activity=activity)
    return activity


def waiting(stores: Stores, actor: Actor) -> list[Activity]:
    """The proposals that wait for somebody."""
    require(stores, actor, Permission.SEE_OWN)
    found = stores.activities.waiting_for_approval()
    return [one for one in found if actor.member.id in {each.id for each in approvers(stores, one)}]


def approve(stores: Stores, actor: Actor, *, number: ActivityId) -> Activity:
    """Approve a proposal: the group reads of it. Raises ActivityNotFound, Decided, InThePast."""
    activity = asked(stores, actor, number=number)
    if activity.starts_at <= actor.now:
        raise InThePast
    people = approvers(stores, activity)
    opened = publish(stores, replace(activity, approver=actor.member.id), actor)
    _tell(stores, opened, actor, [one.id for one in people])
    return opened


def give_back(stores: Stores, actor: Actor, *, number: ActivityId, reason: str) -> Activity:
    """Return a proposal with a reason. Raises ActivityNotFound, Decided, NoReason."""
    activity = asked(stores, actor, number=number)
    words = plain.tidy(reason)[:MAX_REASON_CHARS]
    if not words:
        raise NoReason
    people = approvers(stores, activity)
    returned = replace(activity, state=State.RETURNED, reason=words, approver=actor.member.id)
    stores.activities.save(returned)
    subject = f"activity:{number}"
    stores.audit.note(actor.member.id, RETURNED, subject, old=None, new=None, at=actor.heard_at)
    _tell(stores, returned, actor, [one.id for one in people])
    return returned


def _tell(stores: Stores, activity: Activity, actor: Actor, asked: list[MemberId]) -> None:
    """The cards of those who were asked say what came of it; who has proposed it gets theirs anew."""
    moment = activity.proposed_at.timestamp()
    for one in {*asked, actor.member.id}:
        about = activity.asked(one)
        stores.outbox.edit(about, approval(stores, activity, one), key=f"{about}:{activity.state}:{moment}")
        stores.hooks.changed(one, f"activity:{activity.id}:{activity.state}:{moment}", actor.heard_at)
    card.send_desk(stores, activity, key=f"{activity.desk}:{activity.state}:{moment}")
