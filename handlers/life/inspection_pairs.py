"""Pairs of branches in a form: as they are kept, typed and tapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import BranchId
from domain.life.inspection.pairing_rules import Arc
from domain.messaging.message import Text
from domain.people.branch import named
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.form import Choice, Codec, Field, Fill, Filled
from language import inspection as spoken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores


EVERY, NONE = "all", "-"
ARCS_CODEC: Codec[frozenset[Arc]] = Codec(
    lambda arcs: " ".join(f"{one}:{other}" for one, other in sorted(arcs)) or NONE,
    lambda kept: frozenset() if kept == NONE else frozenset(arc_of(one) for one in kept.split()),
)


def arc_of(kept: str) -> Arc:
    """A pair as it is kept."""
    one, _, other = kept.partition(":")
    return BranchId(int(one)), BranchId(int(other))


def offer_none(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """There are none."""
    return [Choice(Text("inspection.none_button"), NONE)]


def picks_none(field: Callable[[], Field[frozenset[Arc]]]) -> Callable[[Actor, str], Fill]:
    """None was tapped. What picks it raises ButtonExpired."""

    def pick(_: Actor, value: str) -> Fill:
        if value != NONE:
            raise ButtonExpired
        return lambda _, filled: filled.with_(field(), frozenset())

    return pick


def hears_pairs(field: Callable[[], Field[frozenset[Arc]]]) -> Callable[[Context], Awaitable[Fill]]:
    """Read pairs of branches. What reads them raises BadArguments, UnknownBranch, AmbiguousBranch."""

    async def hear(context: Context) -> Fill:
        lines = pairs_in(visible(context.text))
        return lambda stores, filled: filled.with_(field(), _arcs(stores, lines))

    return hear


def pairs_in(text: str) -> list[tuple[str, str]]:
    """The names of two branches on each line. Raises BadArguments."""
    found = []
    for line in text.splitlines():
        pair = spoken.pair_in(line)
        if pair is None:
            raise BadArguments("inspection.no_pairs", words=line)
        found.append(pair)
    return found


def _arcs(stores: Stores, lines: Sequence[tuple[str, str]]) -> frozenset[Arc]:
    return frozenset((named(stores, one).id, named(stores, other).id) for one, other in lines)
