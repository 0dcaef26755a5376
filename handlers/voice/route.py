"""The question of the form for suggestions how one goes: with a name or without, and to whom."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Message, Text
from domain.voice import suggestion
from domain.voice.naming import Naming
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import Choice, Codec, Field, Fill, Filled
from handlers.voice.arguments import ANONYMOUS, NAMED

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from handlers.context import Context


class Route(StrEnum):
    """How a suggestion goes. The first two are the values of buttons of earlier versions."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    NAMED_ABOVE = "named_above"
    ANONYMOUS_ABOVE = "anonymous_above"

    @property
    def naming(self) -> Naming:
        """With the name, or without."""
        return Naming.NAMED if self in (Route.NAMED, Route.NAMED_ABOVE) else Naming.ANONYMOUS

    @property
    def above(self) -> bool:
        """Whether it goes to the next level alone."""
        return self in (Route.NAMED_ABOVE, Route.ANONYMOUS_ABOVE)


BUTTONS = {
    Route.NAMED: "suggestion.named_button",
    Route.ANONYMOUS: "suggestion.anonymous_button",
    Route.NAMED_ABOVE: "suggestion.named_above_button",
    Route.ANONYMOUS_ABOVE: "suggestion.anonymous_above_button",
}
CODEC: Codec[Route] = Codec(str, Route)
SIGNED = ("署名", "signed", *NAMED)
ABOVE = ("上一级", "上级", "next level")


def _ask(stores: "Stores", filled: Filled) -> Message:
    """Say who will see the suggestion, and ask how it goes."""
    words = filled.draft.values.get("text", "")
    seen_by = suggestion.readers(stores, member=filled.draft.member)
    return Message("suggestion.ask_naming", {"readers": seen_by, "title": suggestion.title_of(words) if words else ""})


def _offer(stores: "Stores", _: "Actor", filled: Filled) -> Sequence[Choice]:
    """The choices; the next level where there is a group."""
    group = suggestion.readers(stores, member=filled.draft.member).group
    routes = list(Route) if group is not None else [Route.NAMED, Route.ANONYMOUS]
    return [Choice(Text(BUTTONS[route]), route.value) for route in routes]


async def _hear(context: "Context") -> Fill:
    """Read 署名 or 匿名, and 上一级. Raises BadArguments."""
    words = plain.line(context.text).lower()
    above = next((one for one in ABOVE if one in words), "")
    rest = words.replace(above, "").replace("交给", "").strip(" ,，、") if above else words
    if rest in ANONYMOUS:
        return _filled(Route.ANONYMOUS_ABOVE if above else Route.ANONYMOUS)
    if rest in SIGNED or (above and not rest):
        return _filled(Route.NAMED_ABOVE if above else Route.NAMED)
    raise BadArguments("suggestion.press_a_button")


FORMERLY = {"0": Route.NAMED, "1": Route.ANONYMOUS}


def _pick(_: "Actor", value: str) -> Fill:
    """One was tapped. Raises ButtonExpired."""
    route = FORMERLY.get(value) or next((one for one in Route if one.value == value), None)
    if route is None:
        raise ButtonExpired
    return _filled(route)


def _filled(route: Route) -> Fill:
    return lambda _, filled: Filled(filled.draft.filled(names=CODEC.keep(route)))


ROUTE = Field("names", CODEC, "suggestion.field_naming", _ask, _hear, _offer, _pick, a_row=2)
