"""What invitations contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature, Offer
from domain.people.invitation.model import PERSON_INVITED, PERSON_LINKED
from domain.people.permission import Permission, allows

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.stores import Stores


def _bind(stores: Stores, actor: Actor) -> int:
    """Say who one is, where that is not known and there is a roster."""
    return int(stores.people.of_member(actor.member.id) is None and _has_roster(stores))


def _invite(stores: Stores, actor: Actor) -> int:
    return int(_has_roster(stores) and allows(stores, actor, Permission.INVITE))


def _has_roster(stores: Stores) -> bool:
    return bool(stores.branches.children(None))


FEATURE = Feature(
    "invitation",
    offers=(Offer("bind", 20, _bind), Offer("invite", 50, _invite)),
    audit=(PERSON_INVITED, PERSON_LINKED),
)
