"""Whoever is in charge of the one who asks answers the request, and hands the reward over.

Each of them has one message in private with all that waits; it is edited as things change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from domain.clock.calendar import count_workdays
from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.people.actor import Actor
from domain.people.invitation.linking import answered_for
from domain.people.permission import EVERYWHERE, Area, Permission, allows, require, require_over
from domain.points.charge import administrators_but, nearest, reachable, refresh, secretaries_above, show
from domain.points.reason import check_reason
from domain.points.reward.model import (
    LISTED,
    PENDING_WORKDAYS,
    RESERVING,
    REWARD_APPROVED,
    REWARD_HANDED,
    REWARD_REFUSED,
    AlreadyAnswered,
    OwnRequest,
    RewardOver,
    State,
)
from domain.today import Part

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.admin.audit import AuditAction
    from domain.ids import BranchId, MemberId, RewardRequestId
    from domain.messaging.message import Buttons
    from domain.people.member import Member
    from domain.points.features import Stores
    from domain.points.reward.model import Request

KEEP = Permission.KEEP_REWARDS
A_DAY = timedelta(days=1)
LOOKED_AT = 500  # requests that wait for one person


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody: to be answered, and to be handed over, the oldest first."""

    to_answer: Sequence[Request]
    to_hand: Sequence[Request]

    @property
    def shown(self) -> Sequence[Request]:
        """Those that have their buttons."""
        return [*self.to_answer, *self.to_hand][:LISTED]


@dataclass(frozen=True, slots=True)
class Answered:
    """A request after its next step."""

    request: Request


def inbox(member: MemberId) -> Subject:
    """The subject of the one message to somebody who approves."""
    return Subject("reward_inbox", member)


def news(number: RewardRequestId) -> Subject:
    """The subject of what a member is told about their request."""
    return Subject("reward_request", number)


def show_waiting(stores: Stores, actor: Actor, *, key: str) -> None:
    """Show somebody what waits for them, in place of the message before. Raises NotAllowed."""
    require(stores, actor, KEEP)
    own, message = actor.member, _message(_waiting(stores, actor), actor.member.id)
    show(stores, own, inbox(own.id), message or Message("reward.nothing_waits"), key=key)


def approve(stores: Stores, actor: Actor, *, number: RewardRequestId) -> Answered:
    """Agree to a request. Raises RewardOver, NotAllowed, OwnRequest, AlreadyAnswered."""
    require(stores, actor, KEEP)
    request = _concerned(stores, actor, number, State.OPEN)
    approved = request.moved(State.APPROVED)
    stores.rewards.save(approved, actor.member.id, actor.heard_at)
    _told(stores, actor, approved, REWARD_APPROVED)
    return Answered(approved)


def refuse(stores: Stores, actor: Actor, *, number: RewardRequestId, reason: str) -> Answered:
    """Give a request back, also one that was agreed to and cannot be met; all that was kept for it is free again.

    Raises RewardOver, NotAllowed, OwnRequest, AlreadyAnswered, NoReason.
    """
    require(stores, actor, KEEP)
    request = _concerned(stores, actor, number, *RESERVING)
    why, own, at = check_reason(reason), actor.member.id, actor.heard_at
    refused = release(stores, request, State.REFUSED, own, at, reason=why)
    _told(stores, actor, refused, REWARD_REFUSED)
    return Answered(refused)


def refusable(stores: Stores, actor: Actor, *, number: RewardRequestId) -> Request:
    """A request that may be given back. Raises RewardOver, NotAllowed, OwnRequest, AlreadyAnswered."""
    require(stores, actor, KEEP)
    return _concerned(stores, actor, number, *RESERVING)


def hand(stores: Stores, actor: Actor, *, number: RewardRequestId) -> Answered:
    """Note that a reward was handed over today. Raises RewardOver, NotAllowed, OwnRequest, AlreadyAnswered."""
    require(stores, actor, KEEP)
    request = _concerned(stores, actor, number, State.APPROVED)
    handed = request.moved(State.HANDED, handed_on=actor.today)
    stores.rewards.save(handed, actor.member.id, actor.heard_at)
    _told(stores, actor, handed, REWARD_HANDED)
    return Answered(handed)


def _concerned(stores: Stores, actor: Actor, number: RewardRequestId, *states: State) -> Request:
    """A request that somebody may answer, if it is in one of these states."""
    request = stores.rewards.request(number)
    if request is None:
        raise RewardOver
    require_over(stores, actor, KEEP, area(request))
    if request.by.id == actor.member.id:
        raise OwnRequest
    if request.state not in states:
        raise AlreadyAnswered(state=request.state)
    return request


def area(request: Request) -> Area:
    """Over what somebody must be in charge who answers a request."""
    return EVERYWHERE if request.branch is None else Area(branch=request.branch)


def release(
    stores: Stores, request: Request, state: State, by: MemberId | None, at: datetime, *, reason: str = ""
) -> Request:
    """End a request that is not met: the piece, the points and the budget are free again."""
    ended = request.moved(state, reason=reason)
    stores.rewards.save(ended, by, at)
    stores.rewards.put_back(request.reward)
    stores.rewards.enter(request, request.cost, at)
    return ended


def _told(stores: Stores, actor: Actor, request: Request, action: AuditAction) -> None:
    """Note an answer, tell the one who has asked, and bring the messages of those in charge up to date."""
    at, who = actor.heard_at, f"member:{request.by.id}"
    stores.audit.note(actor.member.id, action, f"reward:{request.reward}", old=None, new=who, at=at)
    _tell_member(stores, request)
    tell_approvers(stores, request, f"{request.state}:{request.id}", at, actor.member)


def _tell_member(stores: Stores, request: Request) -> None:
    """Tell who has asked of an answer; whoever holds the reward in their hands needs no message."""
    about, private = news(request.id), request.by.private
    message = Message("reward.news", {"request": request}, subject=about)
    if request.state is State.HANDED:
        stores.outbox.edit(about, message, key=f"{about}:{request.state}")
        return
    stores.outbox.delete(about, key=f"{about}:{request.state}:before")
    if private is not None:
        stores.outbox.send(private, message, key=f"{about}:{request.state}")


def tell_approvers(stores: Stores, request: Request, cause: str, at: datetime, *others: Member) -> bool:
    """Bring the message of each who may answer a request up to date, and those of others who have one.

    A new one is sent for a new request alone; where nothing waits any more, it goes. Returns whether anybody reads it.
    """
    asked, is_new = _approvers(stores, request), request.state is State.OPEN
    for member in reachable([*asked, *others], request.by.id):
        stores.hooks.changed(member.id, f"reward:{cause}", at)
        message = partial(_message_to, stores, member, at)
        refresh(stores, member, inbox(member.id), message, cause=cause, is_new=is_new)
    return bool(asked)


def _approvers(stores: Stores, request: Request) -> list[Member]:
    """Who is asked: the nearest secretaries above the one who has asked that can be written to, else administrators.

    Nobody is asked about what they want themselves.
    """
    own = request.by.id
    return nearest(secretaries_above(stores, request.branch), own) or administrators_but(stores, own)


def _message_to(stores: Stores, member: Member, at: datetime) -> Message | None:
    """All that waits for somebody who can be written to."""
    if member.private is None:
        return None
    is_root = member.platform_id in stores.enterprise.root_admins
    actor = Actor(member, stores.chats.get(member.private), at, is_root_admin=is_root)
    return _message(_waiting(stores, actor), member.id)


def _waiting(stores: Stores, actor: Actor) -> Waiting:
    """What somebody may answer or hand over."""
    branches, roots = stores.rewards.waiting_in(), answered_for(stores, actor, KEEP)
    over = branches if roots is None else [one for one in branches if _is_below(stores, one, roots)]
    mine = stores.rewards.waiting(over, actor.member.id, LOOKED_AT)
    return Waiting(
        [one for one in mine if one.state is State.OPEN], [one for one in mine if one.state is not State.OPEN]
    )


def _is_below(stores: Stores, branch: BranchId | None, roots: Collection[BranchId]) -> bool:
    return branch is not None and any(above.id in roots for above in stores.branches.ancestors(branch))


def _message(waiting: Waiting, member: MemberId) -> Message | None:
    """All that waits; `None` where nothing does."""
    if not waiting.to_answer and not waiting.to_hand:
        return None
    rows: Buttons = [_row(number, one) for number, one in enumerate(waiting.shown, 1)]
    return Message("reward.inbox", {"waiting": waiting}, rows, inbox(member))


def _row(number: int, request: Request) -> Sequence[Button]:
    place, refuse = {"number": number}, Action("reward.refuse", request.id)
    if request.state is State.OPEN:
        first = Button("reward.approve_button", Action("reward.approve", request.id), place)
    else:
        first = Button("reward.hand_button", Action("reward.hand", request.id), place)
    return [first, Button("reward.refuse_button", refuse, place)]


def tell_today(stores: Stores, actor: Actor) -> Part | None:
    """For somebody in charge: requests that nobody has answered for some workdays."""
    if not allows(stores, actor, KEEP):
        return None
    zone = actor.chat
    late = [one for one in _waiting(stores, actor).to_answer if _is_late(stores, zone.day(one.asked_at), actor)]
    if not late:
        return None
    button = Button("reward.inbox_button", Action("reward.inbox"))
    return Part(Text("reward.today", {"count": len(late), "days": PENDING_WORKDAYS}), [[button]])


def _is_late(stores: Stores, asked_on: date, actor: Actor) -> bool:
    return count_workdays(stores, asked_on + A_DAY, actor.today) >= PENDING_WORKDAYS
