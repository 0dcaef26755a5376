"""What points contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature, Offer
from domain.points.reporting import EXPORT, SECTION

if TYPE_CHECKING:
    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.points.features import Stores


def _kept(stores: Stores, member: MemberId) -> int:
    return stores.points.total(member)


def _always(_: Stores, __: Actor) -> int:
    return 1


FEATURE = Feature("points", kept=_kept, offers=(Offer("points", 90, _always),), section=SECTION, export=EXPORT)
