"""The use cases of branch cards and of the coming two weeks, for the test of permissions."""

from typing import Any

from domain.life import upcoming
from domain.life.branch_card import changing, showing
from domain.life.branch_card.model import Card
from domain.people.permission import Permission
from tests.use_cases import Case, Place, World


def photographed(world: World) -> dict[str, Any]:
    """A card with a photo."""
    world.stores.branch_cards.put(Card(world.branch.id, photo="AgAD"), world.member.id, world.actor.now)
    return {}


def at_home(world: World) -> dict[str, Any]:
    """Whoever asks is at home in the group."""
    world.stores.members.speak(world.group.id, world.actor.member.id, world.actor.now)
    return {}


PLAN, PART, GROUP = Permission.PLAN_WORK, Permission.TAKE_PART, Place.GROUP
CASES = (
    Case(showing.of_group, PART, GROUP),
    Case(showing.post, PART, GROUP, lambda _: {"key": "1"}),
    Case(showing.own, PART, arguments=at_home),
    Case(showing.named, PART, arguments=lambda world: {"words": world.branch.name}),
    Case(showing.of_branch, PART, arguments=lambda world: {"branch": world.branch.id}),
    Case(showing.level, PART, arguments=lambda _: {"level": None, "offset": 0}),
    Case(changing.put_motto, PLAN, GROUP, lambda _: {"motto": "安全是最大的效益"}),
    Case(changing.put_photo, PLAN, GROUP, lambda _: {"photo": "AgAD"}),
    Case(changing.drop_photo, PLAN, GROUP, photographed),
    Case(upcoming.of_group, PART, GROUP),
    Case(upcoming.post, PART, GROUP, lambda _: {"key": "1"}),
    Case(upcoming.own, PART, arguments=lambda _: {"led": ()}),
    Case(upcoming.own, PLAN, GROUP, lambda world: {"led": [world.actor]}),
)
