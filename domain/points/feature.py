"""What points contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.messaging.message import Text
from domain.points.reporting import EXPORT, SECTION
from domain.today import Part, Today

if TYPE_CHECKING:
    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.points.features import Stores


def _kept(stores: Stores, member: MemberId) -> int:
    return stores.points.total(member)


def _week(stores: Stores, actor: Actor) -> Part:
    """This week's points."""
    own = actor.member.id
    values = {"week": stores.points.week(own, actor.chat.week(actor.now)), "total": stores.points.total(own)}
    return Part(Text("points.today", values), waits=False)


FEATURE = Feature("points", kept=_kept, today=(Today(90, _week),), section=SECTION, export=EXPORT)
