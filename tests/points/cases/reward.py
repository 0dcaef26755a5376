"""Rewards."""

from typing import Any

from domain.admin.setting import ENTERPRISE, Name
from domain.ids import RewardId, RewardRequestId
from domain.people.permission import Permission
from domain.points import reward
from domain.points.reward import Offer, Request, Reward, State, approving
from tests.use_cases import Case, World

KEEP, TAKE_PART = Permission.KEEP_REWARDS, Permission.TAKE_PART


def offered(world: World) -> Reward:
    """A reward for the branch, where rewards are in use."""
    world.stores.settings.put(ENTERPRISE, Name.REWARDS, "on")
    return world.stores.rewards.add(Offer("保温杯", 5, 3, branch=world.branch.id), world.actor.now)


def a_reward(world: World) -> dict[str, Any]:
    return {"number": offered(world).id}


def asked_for(world: World) -> Request:
    """A request of somebody of the branch."""
    reward = offered(world)
    none, at = RewardRequestId(0), world.actor.now
    wanted = Request(none, reward.id, world.member, world.branch.id, "保温杯", 5, 0, 2026, at)
    return world.stores.rewards.ask(wanted, "1")


def a_request(world: World) -> dict[str, Any]:
    return {"number": asked_for(world).id}


def a_promise(world: World) -> dict[str, Any]:
    """A request that is to be handed over."""
    request = asked_for(world).moved(State.APPROVED)
    world.stores.rewards.save(request, None, world.actor.now)
    return {"number": request.id}


def of_the_branch(world: World) -> dict[str, Any]:
    offered(world)
    return {"offer": Offer("雨伞", 5, 3, branch=world.branch.id)}


CASES = (
    Case(reward.show, TAKE_PART),
    Case(reward.propose, TAKE_PART, arguments=lambda _: {"number": RewardId(1)}),
    Case(reward.ask, TAKE_PART, arguments=lambda _: {"number": RewardId(1), "cost": 5, "press": 1}),
    Case(reward.withdraw, TAKE_PART, arguments=lambda _: {"number": RewardRequestId(1)}),
    Case(reward.catalogue, KEEP, elsewhere=True),
    Case(reward.places, KEEP, elsewhere=True),
    Case(reward.place_named, KEEP, arguments=lambda _: {"words": "一支部"}),
    Case(reward.one, KEEP, arguments=a_reward),
    Case(reward.add, KEEP, arguments=of_the_branch),
    Case(reward.add, KEEP, arguments=lambda _: {"offer": Offer("雨伞", 5, 3)}, everywhere=True),
    Case(reward.stock, KEEP, arguments=lambda world: {**a_reward(world), "pieces": 7}),
    Case(reward.close, KEEP, arguments=a_reward),
    Case(reward.show_waiting, KEEP, arguments=lambda _: {"key": "1"}, elsewhere=True),
    Case(reward.refusable, KEEP, arguments=a_request),
    Case(reward.approve, KEEP, arguments=a_request),
    Case(reward.refuse, KEEP, arguments=lambda world: {**a_request(world), "reason": "没有了"}),
    Case(reward.hand, KEEP, arguments=a_promise),
)
PARTS: dict[object, str] = {
    approving.tell_today: "a part of today's card, which asks",
}
