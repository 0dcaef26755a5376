"""A suggestion is stored and answered: what its message tells, what is similar, and the buttons below the answer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import SuggestionId
from domain.messaging.message import Action, Button, Buttons, Message, Reaction, Subject, Text
from domain.voice import suggestion
from domain.voice.suggestion import Became, Doubt, Received, Way, channel
from handlers.context import Context
from handlers.origin import is_secondhand
from handlers.voice import hazard
from handlers.voice.route import Route
from language import remark, similar

if TYPE_CHECKING:
    from domain.messaging.draft import Draft
    from domain.people.actor import Actor
    from domain.voice.features import Stores

Making = Callable[["Stores"], Received]
DOUBT = "suggestion_doubt"  # the kind of the subject of a question whether something is a suggestion
MAX_BUTTONS = 3


@dataclass(frozen=True, slots=True)
class Came:
    """What a message tells beside its words."""

    photo: str = ""
    forwarded: bool = False
    remark: bool = False

    @property
    def kept(self) -> str:
        """As a form keeps it."""
        marks = ("f" if self.forwarded else "") + ("r" if self.remark else "")
        return f"{marks}:{self.photo}"

    @classmethod
    def read(cls, kept: str) -> "Came":
        """What a form has kept."""
        marks, _, photo = kept.partition(":")
        return cls(photo, "f" in marks, "r" in marks)


def came(context: Context, words: str, *, called: bool) -> Came:
    """What the message tells; an answer to the call (`called`) may be a mere remark."""
    said = context.message
    photo = said.photo[-1].file_id if said is not None and said.photo else ""
    return Came(photo, said is not None and is_secondhand(said), called and remark.is_remark(words))


async def way(context: Context, words: str, came: Came, route: Route) -> Way:
    """How a suggestion comes, with those that ask for the same; one for the next level is compared with none."""
    others = [] if route.above else await context.read(partial(suggestion.candidates, actor=context.actor))
    alike = await asyncio.to_thread(similar.nearest, words, others) if others else []
    numbers = tuple(map(SuggestionId, alike))
    return Way(route.naming, route.above, came.photo, came.forwarded, came.remark, numbers)


async def making(context: Context, words: str, source: str, way: Way) -> Making:
    """The use case that stores a suggestion."""
    tagging = await context.services.tag(words)
    make = partial(suggestion.make, actor=context.actor, text=words, tagging=tagging, source=source, way=way)
    return hazard.watched(words, context.actor, make)


async def take(context: Context, words: str, source: str, way: Way) -> None:
    """Store a suggestion whose author is no secret, or correct any."""
    use_case, actor = await making(context, words, source, way), context.actor
    if not await context.read(partial(suggestion.is_nameless, actor=actor, source=source)):
        await context.answer(use_case, sign_received)
        return
    await context.run(lambda stores: answer_unseen(stores, actor, use_case(stores)))
    context.services.wake_sender()


def answer_unseen(stores: "Stores", actor: "Actor", received: Received, draft: "Draft | None" = None) -> None:
    """Answer an anonymous author, and clear what the store has of the talk."""
    channel.conceal(stores, actor, draft)
    channel.answer(stores, actor.chat.id, say_received(received))


def say_received(received: Received) -> Message:
    """What came of a suggestion: it is new, a repetition or a correction, for another one, or asked about."""
    one = received.suggestion
    values = {"suggestion": one, "became": received.became, "credit": received.credit, "alike": received.alike}
    if received.became is Became.ASKED:
        return Message("suggestion.doubt", values, doubt_buttons(received), Subject(DOUBT, one.id), silent=True)
    if received.became is Became.NEW:
        take_back = Button("suggestion_channel.take_back_button", Action("suggestion.take_back", one.id))
        return Message("suggestion.received", values, [[take_back]])
    return Message("suggestion.received", values)


def doubt_buttons(received: Received) -> Buttons:
    """附议 for each that is similar, and whether it counts all the same."""
    one = received.suggestion
    yes = Action("suggestion.counts", one.id)
    if one.doubt is not Doubt.SIMILAR:
        no = Button("suggestion.no_button", Action("suggestion.reject", one.id))
        return [[Button("suggestion.yes_button", yes), no]]
    others = [other.suggestion for other in received.alike][:MAX_BUTTONS]
    join = [
        [Button("suggestion.join_button", Action("suggestion.join", one.id, other.id), {"number": other.id})]
        for other in others
    ]
    return [*join, [Button("suggestion.all_the_same_button", yes)]]


def sign_received(received: Received) -> Message | Reaction:
    """The answer to a suggestion: in a group the others need not read it, unless its author is asked."""
    message = say_received(received)
    return message if received.became is Became.ASKED else Reaction(message)


def notice_of(received: Received) -> Text:
    """What came of a suggestion, as a notice."""
    return Text("suggestion.received", say_received(received).values)
