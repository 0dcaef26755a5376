"""The use cases of messaging, for the test of permissions."""

from typing import Any

from domain.messaging import draft
from domain.people.permission import Permission
from tests.use_cases import Case, Place, World


def begun(world: World) -> dict[str, Any]:
    """A draft of one's own."""
    return {"number": draft.begin(world.stores, world.actor, "suggestion").id}


OWN = Permission.SEE_OWN
CASES = (
    Case(draft.begin, OWN, Place.GROUP, lambda _: {"form": "suggestion"}),
    Case(draft.own, OWN, Place.GROUP, begun),
    Case(draft.cancel, OWN, Place.GROUP),
)
PARTS = {draft.give_up: "a part of begin and cancel", draft.own_of: "own, of one form"}
