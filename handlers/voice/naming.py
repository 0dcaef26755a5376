"""The question of a form whether a name is shown: 实名 or 匿名."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Message, Text
from domain.voice.naming import Naming
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import Choice, Codec, Field, Fill, Filled
from handlers.voice.arguments import ANONYMOUS, NAMED

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from handlers.context import Context

CODEC: Codec[Naming] = Codec(str, Naming)
# The values of the survey's buttons of an earlier version: whether it is anonymous.
FORMERLY = {"0": Naming.NAMED, "1": Naming.ANONYMOUS}
BUTTONS = {Naming.NAMED: "survey.named_button", Naming.ANONYMOUS: "survey.anonymous_button"}


def field(label: str, ask: Callable[["Stores", Filled], Message], unread: str) -> Field[Naming]:
    """The field `names` with the feature's own texts: button, question, and the answer to other words."""
    return Field("names", CODEC, label, ask, partial(_hear, unread=unread), _offer, _pick, a_row=len(BUTTONS))


def _offer(_: "Stores", __: "Actor", ___: Filled) -> Sequence[Choice]:
    """The two choices."""
    return [Choice(Text(text), naming.value) for naming, text in BUTTONS.items()]


async def _hear(context: "Context", *, unread: str) -> Fill:
    """Read 匿名 or 实名. Raises BadArguments."""
    words = plain.line(context.text).lower()
    if words not in (*ANONYMOUS, *NAMED):
        raise BadArguments(unread)
    return _filled(Naming.ANONYMOUS if words in ANONYMOUS else Naming.NAMED)


def _pick(_: "Actor", value: str) -> Fill:
    """One of the two was tapped. Raises ButtonExpired."""
    naming = FORMERLY.get(value) or next((one for one in Naming if one.value == value), None)
    if naming is None:
        raise ButtonExpired
    return _filled(naming)


def _filled(naming: Naming) -> Fill:
    return lambda _, filled: Filled(filled.draft.filled(names=CODEC.keep(naming)))
