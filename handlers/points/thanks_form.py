"""The form of /thanks: whom, for what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.points import thanks
from domain.points.thanks.model import checked
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.people import drafted
from handlers.people.drafted import CHOSEN
from handlers.points import choosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.actor import Actor
    from domain.people.naming import Chosen
    from domain.points.thanks import Thanked
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Choice

SOURCE, LEFT = "source", "left"  # the draft's keys for the message that began it, and for what was left then


def left(filled: Filled) -> int:
    """How many thanks were left when the form began."""
    return int(filled.draft.values.get(LEFT, 0))


def ask_who(_: Stores, filled: Filled) -> Message:
    """Ask whom, or whom an unclear name means."""
    which = drafted.unclear(filled)
    return Message("thanks.ask_who", {"left": left(filled)}) if which is None else choosing.ask_which(which)


async def hear_who(context: Context) -> Fill:
    """Read one or several names."""
    return await choosing.hear(context, WHO)


def offer_who(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The group's other members."""
    return choosing.offer(stores, actor, filled)


def pick_who(actor: Actor, value: str) -> Fill:
    """A name was tapped."""
    return choosing.pick(actor, value, WHO)


def ask_why(stores: Stores, filled: Filled) -> Message:
    """Ask for what."""
    return Message("thanks.ask_why", {"people": choosing.shown(stores, filled, WHO)})


async def hear_why(context: Context) -> Fill:
    """Read the reason. Raises NoReason, ReasonTooLong."""
    words = checked(context.text)
    return lambda _, filled: filled.with_(WHY, words)


def preview(stores: Stores, filled: Filled) -> Message:
    """What the group will read."""
    people = choosing.shown(stores, filled, WHO)
    return Message("thanks.preview", {"people": people, "reason": filled[WHY]})


async def give(context: Context, filled: Filled) -> Ending:
    """Give the thanks: the group reads them, since no message of the giver says them."""
    chosen: tuple[Chosen, ...] = filled[WHO]
    use_case = partial(
        thanks.give,
        actor=context.actor,
        wanted=chosen,
        reason=filled[WHY],
        source=filled.draft.values.get(SOURCE, f"draft:{filled.draft.id}"),
    )
    return ending(use_case, say_in_group)


def say_in_group(thanked: Thanked) -> Message:
    """What the group reads where the thanks were given by buttons."""
    return Message("thanks.said", {"thanked": thanked})


WHO = Field("who", CHOSEN, "thanks.field_who", ask_who, hear_who, offer_who, pick_who, a_row=choosing.A_ROW)
WHY = Field("why", WORDS, "thanks.field_why", ask_why, hear_why)
FORM = Form("thanks", (WHO, WHY), Permission.TAKE_PART, give, preview, for_groups=True)
