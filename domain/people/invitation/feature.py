"""What invitations contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin.agreement import compared
from domain.feature import Feature, Offer
from domain.people.invitation.model import PERSON_INVITED, PERSON_LINKED
from domain.people.permission import Permission, allows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.admin.agreement import Unlogged
    from domain.people.actor import Actor
    from domain.stores import Stores


def _bind(stores: Stores, actor: Actor) -> int:
    """Say who one is, where that is not known and there is a roster."""
    return int(stores.people.of_member(actor.member.id) is None and _has_roster(stores))


def _invite(stores: Stores, actor: Actor) -> int:
    return int(_has_roster(stores) and allows(stores, actor, Permission.INVITE))


def _has_roster(stores: Stores) -> bool:
    return bool(stores.branches.children(None))


def _unlogged(stores: Stores) -> Sequence[Unlogged]:
    """Which account is whose."""
    linked = {f"person:{one.id}": f"member:{one.member}" for one in stores.people.all() if one.member is not None}
    return compared(stores, PERSON_LINKED, linked)


FEATURE = Feature(
    "invitation",
    offers=(Offer("bind", 20, _bind), Offer("invite", 50, _invite, pressing=False)),
    audit=(PERSON_INVITED, PERSON_LINKED),
    unlogged=_unlogged,
)
