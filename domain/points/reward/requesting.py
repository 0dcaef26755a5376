"""Members look at the rewards, ask for one, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import RewardRequestId
from domain.people.permission import Permission, allows, require
from domain.points.reward.approving import release, tell_approvers
from domain.points.reward.budget import balance, budget_of, in_use, require_in_use, year_of
from domain.points.reward.model import (
    LISTED,
    MAX_OPEN,
    RESERVING,
    AlreadyAnswered,
    NoPlace,
    OverBudget,
    PriceChanged,
    Request,
    RewardOver,
    SoldOut,
    State,
    TooFewPoints,
    TooManyOpen,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, MemberId, RewardId
    from domain.people.actor import Actor
    from domain.points.features import Stores
    from domain.points.reward.model import Reward


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody may ask for, their balance and what they have asked for; `keeps`: they keep a catalogue."""

    balance: int
    rewards: Sequence[Reward]
    offset: int
    more: bool
    requests: Sequence[Request]
    keeps: bool
    used_up: frozenset[RewardId]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody is about to ask for, and what they would have left."""

    reward: Reward
    left: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was made, and the balance after it; `told` is false where nobody can be asked in private."""

    request: Request
    balance: int
    told: bool


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A request that was withdrawn, and the balance after it."""

    request: Request
    balance: int


def show(stores: Stores, actor: Actor, *, offset: int = 0) -> Shown:
    """What somebody may ask for. Where rewards are off, their open requests alone. Raises NotInUse, NoPlace."""
    require(stores, actor, Permission.TAKE_PART)
    own = stores.rewards.requests_of(actor.member.id, RESERVING, MAX_OPEN)
    if not own:
        require_in_use(stores)
    found = _offered(stores, actor, offset) if in_use(stores) else []
    rewards = found[:LISTED]
    keeps = allows(stores, actor, Permission.KEEP_REWARDS)
    spent = frozenset(one.id for one in rewards if not _in_budget(stores, one, actor.now))
    return Shown(balance(stores, actor.member.id), rewards, offset, len(found) > LISTED, own, keeps, spent)


def _offered(stores: Stores, actor: Actor, offset: int) -> list[Reward]:
    _, line = _place(stores, actor.member.id)
    return stores.rewards.offered(line, actor.today, offset, LISTED + 1)


def _place(stores: Stores, member: MemberId) -> tuple[BranchId | None, list[BranchId]]:
    """Somebody's branch, and it with those above it: by the roster, else by the group where they belong.

    Raises NoPlace.
    """
    person = stores.people.of_member(member)
    if person is not None and person.left_on is None:
        branch: BranchId | None = person.branch
    else:
        group = stores.members.home(member)
        if person is not None or group is None:
            raise NoPlace
        branch = stores.chats.get(group).branch
    return branch, [] if branch is None else [one.id for one in stores.branches.ancestors(branch)]


def _in_budget(stores: Stores, reward: Reward, at: datetime) -> bool:
    return budget_of(stores, reward.offer.branch, year_of(stores, at)).reaches(reward.offer)


def propose(stores: Stores, actor: Actor, *, number: RewardId) -> Proposed:
    """What asking for a reward comes to. Raises NotInUse, NoPlace, and what `ask` does."""
    require(stores, actor, Permission.TAKE_PART)
    reward, _ = _available(stores, actor, number)
    return Proposed(reward, balance(stores, actor.member.id) - reward.offer.cost)


def _available(stores: Stores, actor: Actor, number: RewardId) -> tuple[Reward, BranchId | None]:
    """A reward that somebody may ask for now, and their branch."""
    require_in_use(stores)
    branch, line = _place(stores, actor.member.id)
    reward = stores.rewards.find(number)
    if reward is None or not reward.is_open(actor.today) or not _sees(reward, line):
        raise RewardOver
    have = balance(stores, actor.member.id)
    if have < reward.offer.cost:
        raise TooFewPoints(balance=have, cost=reward.offer.cost)
    if reward.offer.stock < 1:
        raise SoldOut
    if not _in_budget(stores, reward, actor.now):
        raise OverBudget
    return reward, branch


def _sees(reward: Reward, line: Sequence[BranchId]) -> bool:
    return reward.offer.branch is None or reward.offer.branch in line


def ask(stores: Stores, actor: Actor, *, number: RewardId, cost: int, press: int) -> Asked:
    """Ask for a reward: a piece, the points and the budget are kept for it from now on.

    `cost` is what was shown. `press` tells the question: confirmed twice, it asks once. Raises NotInUse, NoPlace,
    RewardOver, TooFewPoints, SoldOut, OverBudget, PriceChanged, TooManyOpen.
    """
    require(stores, actor, Permission.TAKE_PART)
    own, source = actor.member.id, f"{actor.member.id}:{press}"
    known = stores.rewards.asked_by(source)
    if known is not None:
        return Asked(known, balance(stores, own), told=True)
    reward, branch = _available(stores, actor, number)
    if reward.offer.cost != cost:
        raise PriceChanged(title=reward.offer.title, cost=reward.offer.cost)
    if len(stores.rewards.requests_of(own, [State.OPEN], MAX_OPEN)) >= MAX_OPEN:
        raise TooManyOpen(most=MAX_OPEN)
    if not stores.rewards.take(number):
        raise SoldOut
    made = stores.rewards.ask(_request(stores, actor, reward, branch), source)
    stores.rewards.enter(made, -made.cost, actor.heard_at)
    told = tell_approvers(stores, made, f"asked:{made.id}", actor.heard_at)
    return Asked(made, balance(stores, own), told)


def _request(stores: Stores, actor: Actor, reward: Reward, branch: BranchId | None) -> Request:
    offer, year = reward.offer, year_of(stores, actor.now)
    none = RewardRequestId(0)
    return Request(none, reward.id, actor.member, branch, offer.title, offer.cost, offer.value, year, actor.now)


def withdraw(stores: Stores, actor: Actor, *, number: RewardRequestId) -> TakenBack:
    """Take back what one has asked for, while nobody has answered. Raises AlreadyAnswered, RewardOver."""
    require(stores, actor, Permission.TAKE_PART)
    request = stores.rewards.request(number)
    if request is None or request.by.id != actor.member.id:
        raise RewardOver
    if request.state is not State.OPEN:
        raise AlreadyAnswered(state=request.state)
    withdrawn = release(stores, request, State.WITHDRAWN, actor.member.id, actor.heard_at)
    tell_approvers(stores, withdrawn, f"withdrawn:{number}", actor.heard_at)
    return TakenBack(withdrawn, balance(stores, actor.member.id))


def give_back(stores: Stores, member: MemberId, states: Sequence[State], at: datetime) -> None:
    """Somebody has left, or is forgotten: what they asked for in some states goes back."""
    for request in stores.rewards.requests_of(member, states, 10 * MAX_OPEN):
        withdrawn = release(stores, request, State.WITHDRAWN, None, at)
        tell_approvers(stores, withdrawn, f"left:{request.id}", at)
