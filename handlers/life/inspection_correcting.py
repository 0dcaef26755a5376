"""What an inspector does after scoring: corrections, answers to objections; and before it: an interest declared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import InspectionId
from domain.life.inspection import cards, recusing, scoring
from domain.messaging.message import Message, Text
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.command import PrivatePress
from handlers.form import NUMBER, WORDS, Choice, Ending, Field, Fill, Filled, Form, ending, hear_press
from handlers.life.fields import asks
from handlers.life.inspection_scoring import ABOUT, PART, about, sheet_of, show_below
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores


async def press_correct(_: Update, context: Context) -> None:
    """Button: correct what was handed in."""
    number = context.pressed.numbers(1)[0]
    await context.read(partial(scoring.ready_to_correct, actor=context.actor, number=InspectionId(number)))
    await form.begin(context, CORRECT, {ABOUT: str(number)})
    context.acknowledge()


def ask_item(stores: Stores, filled: Filled) -> Message:
    """Ask which item."""
    return Message("inspection.ask_correct", {"sheet": sheet_of(stores, filled)})


def offer_items(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """All items with their points."""
    lines = sheet_of(stores, filled).lines
    return [
        Choice(Text("inspection.item_button", {"number": number, "item": item, "score": score}), str(number))
        for number, item, score in lines
        if score is not None
    ]


def _of_item(stores: Stores, filled: Filled) -> int:
    item = sheet_of(stores, filled).round.rubric.item(filled[WHICH])
    if item is None:
        raise ButtonExpired
    return item.points


def pick_item(_: Actor, value: str) -> Fill:
    """An item was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer_items(stores, _, filled)}:
            raise ButtonExpired
        return Filled(filled.draft.without(POINTS.name)).with_(WHICH, int(value))

    return fill


def ask_points(stores: Stores, filled: Filled) -> Message:
    """Ask for the points."""
    return Message("inspection.ask_points", {"item": sheet_of(stores, filled).round.rubric.item(filled[WHICH])})


def offer_points(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """As many as the item can have."""
    most = _of_item(stores, filled)
    label = "inspection.points_button"
    return [Choice(Text(label, {"points": one, "chosen": False}), str(one)) for one in range(most, -1, -1)]


def pick_points(_: Actor, value: str) -> Fill:
    """Points were tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {str(one) for one in range(_of_item(stores, filled) + 1)}:
            raise ButtonExpired
        return filled.with_(POINTS, int(value))

    return fill


async def hear_reason(context: Context) -> Fill:
    """Read why. Raises BadArguments."""
    return _heard(context, REASON)


def _heard(context: Context, field: Field[str]) -> Fill:
    words = plain.tidy(visible(context.text))
    if not words:
        raise BadArguments("inspection.no_reason")
    return lambda _, filled: filled.with_(field, words)


async def correct(context: Context, filled: Filled) -> Ending:
    """Correct it, for all to see."""
    actor, key = context.actor, str(context.update_id)
    use_case = partial(
        scoring.correct,
        actor=actor,
        number=about(filled),
        item=filled[WHICH],
        points=filled[POINTS],
        reason=filled[REASON],
    )

    def unit(stores: Stores) -> Message:
        show_below(stores, use_case(stores), actor, key)
        return Message("inspection.corrected")

    return unit


WHICH = Field("item", NUMBER, "inspection.field_item", ask_item, hear_press, offer_items, pick_item)
POINTS = Field("points", NUMBER, "inspection.field_points", ask_points, hear_press, offer_points, pick_points, a_row=7)
REASON = Field("reason", WORDS, "inspection.field_reason", asks("inspection.ask_reason"), hear_reason)
CORRECT = Form("inspection_correct", (WHICH, POINTS, REASON), PART, correct)


async def press_reply(_: Update, context: Context) -> None:
    """Button: answer an objection."""
    number = context.pressed.numbers(1)[0]
    await context.read(partial(scoring.objected, actor=context.actor, number=InspectionId(number)))
    await form.begin(context, REPLY, {ABOUT: str(number)})
    context.acknowledge()


def ask_reply(stores: Stores, filled: Filled) -> Message:
    """Ask for the answer."""
    return Message("inspection.ask_reply", {"sheet": sheet_of(stores, filled)})


async def hear_reply(context: Context) -> Fill:
    """Read it. Raises BadArguments."""
    return _heard(context, ANSWER)


async def reply(context: Context, filled: Filled) -> Ending:
    """Answer the objection."""
    actor, key = context.actor, str(context.update_id)
    use_case = partial(scoring.reply, actor=actor, number=about(filled), words=filled[ANSWER])

    def unit(stores: Stores) -> Message:
        found = use_case(stores)
        cards.show_desk(stores, found.round.id, actor.member.id, key=key)
        return Message("inspection.replied")

    return unit


async def press_recuse(_: Update, context: Context) -> None:
    """Button: somebody has an interest in the branch."""
    number = context.pressed.numbers(1)[0]
    await context.read(partial(recusing.recusable, actor=context.actor, number=InspectionId(number)))
    await form.begin(context, RECUSE, {ABOUT: str(number)})
    context.acknowledge()


def ask_interest(stores: Stores, filled: Filled) -> Message:
    """Ask why."""
    return Message("inspection.ask_interest", {"sheet": sheet_of(stores, filled)})


async def hear_interest(context: Context) -> Fill:
    """Read it. Raises BadArguments."""
    return _heard(context, INTEREST)


async def recuse(context: Context, filled: Filled) -> Ending:
    """Whoever runs the round names somebody else."""
    use_case = partial(recusing.recuse, actor=context.actor, number=about(filled), reason=filled[INTEREST])
    return ending(use_case, lambda _: Message("inspection.recusal_told"))


INTEREST = Field("interest", WORDS, "inspection.field_reason", ask_interest, hear_interest)
RECUSE = Form("inspection_recuse", (INTEREST,), PART, recuse)
ANSWER = Field("words", WORDS, "inspection.field_words", ask_reply, hear_reply)
REPLY = Form("inspection_reply", (ANSWER,), PART, reply)
FORMS = (CORRECT, REPLY, RECUSE)
PRESSES = (
    PrivatePress("inspection.correct", press_correct),
    PrivatePress("inspection.recuse", press_recuse),
    PrivatePress("inspection.reply", press_reply),
)
