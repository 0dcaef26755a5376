"""An activity is proposed with its aim, budget and resources; clashes are seen before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import ActivityId
from domain.life.activity import card, wishes
from domain.life.activity.levels import approvers, may_approve, needs_approval
from domain.life.activity.looking import at_stage, sheet_of
from domain.life.activity.model import (
    MAX_AIM_CHARS,
    MAX_CAPACITY,
    MAX_FAMILY,
    MAX_LENGTH,
    MAX_PLACE_CHARS,
    MAX_TITLE_CHARS,
    MAX_YUAN,
    Activity,
    Resource,
    State,
)
from domain.life.activity.refusing import EndsBeforeStart, InThePast, NobodyToApprove, UntilTooLate
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MemberId, SurveyId
    from domain.life.activity.wishes import Wished
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

PROPOSED, OPENED = AuditAction("activity.proposed"), AuditAction("activity.opened")
EVE = time(18)  # sign-up ends on the evening before, unless something else is said


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever proposes an activity asks for; see `Activity`. `survey` is what people were asked before."""

    title: str
    aim: str
    starts_at: datetime
    ends_at: datetime
    place: str
    capacity: int
    family: int
    sign_up_until: datetime
    sign_off_until: datetime
    budget: int
    resources: tuple[Resource, ...] = ()
    survey: SurveyId | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that another activity needs at the same time, and the title of that one's group."""

    resource: Resource
    activity: Activity
    group: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What would be proposed: clashes, what people wished, and whether the level above is asked."""

    wish: Wish
    clashes: Sequence[Clash]
    wished: Wished | None
    is_asked: bool


def usual_end(group: Chat, starts_at: datetime, at: datetime) -> datetime:
    """When sign-up ends unless something else is said: at 18:00 the day before, else at the beginning."""
    eve = group.start_of(group.day(starts_at) - timedelta(days=1)) + timedelta(hours=EVE.hour)
    return eve if eve > at else starts_at


def check(wish: Wish, at: datetime) -> None:
    """Raises InThePast, EndsBeforeStart, UntilTooLate."""
    if wish.starts_at <= at:
        raise InThePast
    if not wish.starts_at < wish.ends_at <= wish.starts_at + MAX_LENGTH:
        raise EndsBeforeStart
    if not all(at < one <= wish.starts_at for one in (wish.sign_up_until, wish.sign_off_until)):
        raise UntilTooLate


def outline(stores: Stores, actor: Actor, wish: Wish, revised: ActivityId | None = None) -> Outline:
    """What a wish would propose; of one that is `revised` its own resources are no clash."""
    clashes = [one for each in wish.resources for one in _clashes(stores, each, revised)]
    asked = needs_approval(stores, wish.budget) and not may_approve(stores, actor, actor.group.branch)
    return Outline(wish, clashes, wishes.wished(stores, wish.survey), asked)


def _clashes(stores: Stores, wanted: Resource, revised: ActivityId | None) -> list[Clash]:
    return [
        Clash(other, activity, stores.chats.get(activity.group).title)
        for activity, other in stores.activities.booked(wanted.since, wanted.until)
        if activity.id != revised and plain.key(other.name) == plain.key(wanted.name)
    ]


def propose(stores: Stores, actor: Actor, *, wish: Wish, source: str, revised: ActivityId | None = None) -> Activity:
    """Propose an activity, once for each source: the level above is asked, or the group reads of it at once.

    One that was returned is proposed anew (`revised`). Raises InThePast, EndsBeforeStart, UntilTooLate,
    NobodyToApprove, ActivityNotFound, ActivityOver.
    """
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.activities.proposed_by(source)
    if known is not None:
        return known
    check(wish, actor.now)
    is_asked = outline(stores, actor, wish, revised).is_asked
    new = _activity(wish, actor, revised or ActivityId(0))
    if is_asked and not approvers(stores, new):
        raise NobodyToApprove
    made = stores.activities.add(new, source) if revised is None else _revise(stores, actor, new)
    stores.activities.put_resources(made.id, wish.resources)
    stores.audit.note(actor.member.id, PROPOSED, f"activity:{made.id}", old=None, new=None, at=actor.heard_at)
    return _ask(stores, made, actor, source) if is_asked else publish(stores, made, actor)


def _activity(wish: Wish, actor: Actor, number: ActivityId) -> Activity:
    return Activity(
        number,
        actor.group.id,
        actor.group.branch,
        plain.tidy(wish.title)[:MAX_TITLE_CHARS],
        plain.tidy(wish.aim)[:MAX_AIM_CHARS],
        wish.starts_at,
        wish.ends_at,
        plain.tidy(wish.place)[:MAX_PLACE_CHARS],
        min(wish.capacity, MAX_CAPACITY),
        min(wish.family, MAX_FAMILY),
        wish.sign_up_until,
        wish.sign_off_until,
        min(wish.budget, MAX_YUAN),
        wish.survey,
        actor.member.id,
        actor.heard_at,
    )


def _revise(stores: Stores, actor: Actor, new: Activity) -> Activity:
    at_stage(stores, actor, new.id, State.RETURNED)
    stores.activities.save(new)
    return new


def _ask(stores: Stores, activity: Activity, actor: Actor, source: str) -> Activity:
    """Each of those who are asked gets one card."""
    for one in approvers(stores, activity):
        if one.private is not None:
            about = activity.asked(one.id)
            key = f"{about}:{source}"
            stores.outbox.delete(about, key=f"{key}:before")
            stores.outbox.send(one.private, approval(stores, activity, one.id), key=key)
        stores.hooks.changed(one.id, f"activity:{activity.id}:asked:{source}", actor.heard_at)
    return activity


def approval(stores: Stores, activity: Activity, member: MemberId) -> Message:
    """The card of one who is asked."""
    asked = activity.state is State.PROPOSED
    row = [
        Button("activity.approve_button", Action("activity.approve", activity.id)),
        Button("activity.give_back_button", Action("activity.give_back", activity.id)),
    ]
    values = {
        "activity": activity,
        "resources": stores.activities.resources(activity.id),
        "wished": wishes.wished(stores, activity.survey),
        "group": stores.chats.get(activity.group),
        "proposer": stores.members.get(activity.proposer),
        "approver": None if activity.approver is None else stores.members.get(activity.approver),
    }
    return Message("activity.approval", values, [row] if asked else [], activity.asked(member))


def publish(stores: Stores, activity: Activity, actor: Actor) -> Activity:
    """The group reads of it, in one message, and can sign up."""
    opened = replace(activity, state=State.OPEN)
    stores.activities.save(opened)
    stores.audit.note(actor.member.id, OPENED, f"activity:{opened.id}", old=None, new=None, at=actor.heard_at)
    sheet = sheet_of(stores, opened)
    stores.outbox.send(opened.group, card.card(sheet, actor.heard_at), key=str(opened.card), urgent=True)
    return opened
