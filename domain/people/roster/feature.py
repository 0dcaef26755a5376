"""What the roster contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature, Offer
from domain.people.permission import Permission, allows

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.stores import Stores


def _bring_in(stores: Stores, actor: Actor) -> int:
    """Bring a roster in, where there is none."""
    return int(not stores.branches.children(None) and allows(stores, actor, Permission.KEEP_ROSTER))


FEATURE = Feature("roster", offers=(Offer("roster", 10, _bring_in),))
