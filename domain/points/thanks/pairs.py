"""People who thank almost nobody but each other: shown to administrators, never punished."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.clock.schedule import Late, Schedule, Scope
from domain.ids import MemberId
from domain.messaging.administrators import private_chats
from domain.messaging.message import Message
from domain.people.permission import Permission, require_everywhere
from domain.points.thanks.model import Pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.points.features import Stores

LOOKED_AT = timedelta(days=30)
EACH_WAY = 4  # thanks, at least
SHARE = 0.7  # of all that the two have given; more than this
SHOWN = 20  # pairs


def reciprocal(sums: Mapping[tuple[MemberId, MemberId], int]) -> list[tuple[MemberId, MemberId]]:
    """The pairs among so many thanks of one to another, those with the most thanks first."""
    given: Counter[MemberId] = Counter()
    for (giver, _), count in sums.items():
        given[giver] += count
    found = []
    for (one, other), there in sums.items():
        back = sums.get((other, one), 0)
        enough = min(there, back) >= EACH_WAY and there + back > SHARE * (given[one] + given[other])
        if one < other and enough:
            found.append((-there - back, one, other))
    return [(one, other) for _, one, other in sorted(found)]


def pairs(stores: Stores, actor: Actor) -> list[Pair]:
    """The pairs of the last thirty days, for administrators. Raises NotEverywhere."""
    require_everywhere(stores, actor, Permission.SEARCH_AUDIT)
    return _pairs(stores, actor.now)


def _pairs(stores: Stores, until: datetime) -> list[Pair]:
    sums = stores.thanks.sums(until - LOOKED_AT, until)
    found = reciprocal(sums)[:SHOWN]
    known = {one.id: one for one in stores.members.several(list({who for pair in found for who in pair}))}
    return [Pair(known[one], known[other], sums[one, other], sums[other, one]) for one, other in found]


def tell(stores: Stores, slot: datetime) -> None:
    """Tell administrators in private of the month's pairs, if there are any."""
    found: Sequence[Pair] = _pairs(stores, slot)
    if not found:
        return
    day = slot.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()
    for member, chat in private_chats(stores):
        stores.outbox.send(chat, Message("thanks.pairs", {"pairs": found}, silent=True), key=f"pairs:{day}:{member}")


MONTHLY = Schedule("thanks.pairs", cron="30 9 1 * *", scope=Scope.ENTERPRISE, late=Late.WITHIN_THE_DAY)
