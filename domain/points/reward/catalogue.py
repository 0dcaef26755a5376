"""The catalogue, kept by administrators, and by secretaries for their branches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.people.branch import named
from domain.people.invitation.linking import answered_for
from domain.people.permission import EVERYWHERE, Area, Permission, require, require_over
from domain.points.reward.budget import require_in_use
from domain.points.reward.model import (
    LISTED,
    MAX_STOCK,
    REWARD_ADDED,
    REWARD_CLOSED,
    REWARD_STOCKED,
    Reward,
    RewardOver,
    WrongDay,
    check_number,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId, RewardId
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.points.features import Stores
    from domain.points.reward.model import Offer

KEEP = Permission.KEEP_REWARDS
PLACES = 8  # that are offered as buttons


@dataclass(frozen=True, slots=True)
class Kept:
    """A reward as those see it who keep it; `where` is the branch whose people see it (`None`: everybody)."""

    reward: Reward
    where: Branch | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A page of what somebody keeps, from behind `offset` on; `more`: there are others."""

    kept: Sequence[Kept]
    offset: int
    more: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where somebody may put rewards: for everybody, and for these branches; others are named."""

    everywhere: bool
    branches: Sequence[Branch]


def catalogue(stores: Stores, actor: Actor, *, offset: int = 0) -> Catalogue:
    """What somebody keeps. Raises NotInUse, NotAllowed."""
    require(stores, actor, KEEP)
    require_in_use(stores)
    found = stores.rewards.kept(_below(stores, actor), offset, LISTED + 1)
    return Catalogue([_kept(stores, one) for one in found[:LISTED]], offset, len(found) > LISTED)


def _below(stores: Stores, actor: Actor) -> set[BranchId] | None:
    """The branches whose catalogues somebody keeps; `None`: all, and the enterprise's."""
    roots = answered_for(stores, actor, KEEP)
    return None if roots is None else {branch for root in roots for branch in stores.branches.subtree(root)}


def places(stores: Stores, actor: Actor) -> Places:
    """Where somebody may put rewards. Raises NotAllowed."""
    require(stores, actor, KEEP)
    roots = answered_for(stores, actor, KEEP)
    branches = stores.branches.children(None) if roots is None else map(stores.branches.get, sorted(roots))
    found = [one for one in branches if one.closed_at is None][:PLACES]
    return Places(roots is None, found)


def place_named(stores: Stores, actor: Actor, *, words: str) -> Branch:
    """A branch whose catalogue somebody keeps, by its name. Raises NotAllowed, UnknownBranch, AmbiguousBranch."""
    require(stores, actor, KEEP)
    found = named(stores, words)
    require_over(stores, actor, KEEP, Area(branch=found.id))
    return found


def one(stores: Stores, actor: Actor, *, number: RewardId) -> Kept:
    """A reward of somebody's catalogue. Raises RewardOver, NotAllowed."""
    require(stores, actor, KEEP)
    return _kept(stores, _own(stores, actor, number))


def add(stores: Stores, actor: Actor, *, offer: Offer) -> Kept:
    """Put something into a catalogue. Raises NotInUse, NotAllowed, WrongDay, RewardOver for a branch that is closed."""
    require(stores, actor, KEEP)
    require_over(stores, actor, KEEP, _area(offer.branch))
    require_in_use(stores)
    if offer.until is not None and offer.until < actor.today:
        raise WrongDay
    branch = None if offer.branch is None else stores.branches.find(offer.branch)
    if branch is not None and branch.closed_at is not None:
        raise RewardOver
    added = stores.rewards.add(offer, actor.heard_at)
    words = [f"cost:{offer.cost}", f"stock:{offer.stock}", str(_area(offer.branch))]
    subject, by, at = f"reward:{added.id}", actor.member.id, actor.heard_at
    stores.audit.note(by, REWARD_ADDED, subject, old=None, new=" ".join(words), at=at)
    return Kept(added, branch)


def stock(stores: Stores, actor: Actor, *, number: RewardId, pieces: int) -> Kept:
    """Say how many pieces are left, without those that are asked for. Raises RewardOver, NotAllowed, WrongNumber."""
    require(stores, actor, KEEP)
    reward = _own(stores, actor, number)
    check_number(pieces, 0, MAX_STOCK)
    if pieces != reward.offer.stock:
        stores.rewards.stock(number, pieces)
        old, new, by, at = f"stock:{reward.offer.stock}", f"stock:{pieces}", actor.member.id, actor.heard_at
        stores.audit.note(by, REWARD_STOCKED, f"reward:{number}", old=old, new=new, at=at)
    return _kept(stores, replace(reward, offer=replace(reward.offer, stock=pieces)))


def close(stores: Stores, actor: Actor, *, number: RewardId) -> Kept:
    """Take something off the catalogue; what was asked for already goes its way. Raises RewardOver, NotAllowed."""
    require(stores, actor, KEEP)
    reward = _own(stores, actor, number)
    stores.rewards.close(number, actor.heard_at)
    by, at = actor.member.id, actor.heard_at
    stores.audit.note(by, REWARD_CLOSED, f"reward:{number}", old=None, new=None, at=at)
    return _kept(stores, replace(reward, closed_at=actor.heard_at))


def _own(stores: Stores, actor: Actor, number: RewardId) -> Reward:
    """A reward that is in the catalogue. Raises RewardOver, NotAllowed."""
    found = stores.rewards.find(number)
    if found is None or found.closed_at is not None:
        raise RewardOver
    require_over(stores, actor, KEEP, _area(found.offer.branch))
    return found


def _kept(stores: Stores, reward: Reward) -> Kept:
    branch = reward.offer.branch
    return Kept(reward, None if branch is None else stores.branches.get(branch))


def _area(branch: BranchId | None) -> Area:
    return EVERYWHERE if branch is None else Area(branch=branch)
