"""Questions about points in chat: 有疑问 under /points, and the buttons of who answers."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import AppealId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.points import adjustment as adjusting
from domain.points import appeal, asking, reply
from domain.points.appeal import Shown
from handlers.action import MAX_DIGITS, ButtonExpired
from handlers.arguments import BadArguments
from handlers.command import Press
from handlers.feature import Feature
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.points import adjustment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.points.account import Item
    from domain.points.features import Stores
    from handlers.context import Context

OWN, ADJUST = Permission.SEE_OWN, Permission.ADJUST_POINTS
LINKED = "appeal"  # the payload of a deep link to the form
MISSING = "missing"  # in a draft, in place of an item's number
ROUTE = "route"  # the draft's key for whom the question goes to, so that the preview tells it
KNOWN: Codec[int | None] = Codec(
    lambda number: MISSING if number is None else str(number),
    lambda kept: None if kept == MISSING else int(kept),
)


def _alone(context: Context) -> Context:
    """Raises ButtonExpired in a group: these are one person's affairs."""
    if context.actor.chat.is_group:
        raise ButtonExpired
    return context


async def press_ask(_: Update, context: Context) -> None:
    """Button: ask about one's points."""
    context.pressed.having(0)
    await form.begin(_alone(context), FORM)
    context.acknowledge()


async def press_about(_: Update, context: Context) -> None:
    """Button: ask about this entry. Raises what `asking.route` does."""
    number = _alone(context).pressed.having(1).number()
    await context.read(partial(asking.route, actor=context.actor, number=number))
    await form.begin(context, FORM, {ABOUT.name: str(number)})
    context.acknowledge()


async def start(context: Context, payload: str) -> bool:
    """Begin the form for somebody who followed the link from a group. Returns whether the payload is that link."""
    if payload != LINKED or context.actor.chat.is_group:
        return False
    await form.begin(context, FORM)
    return True


def ask_about(_: Stores, __: Filled) -> Message:
    """Ask which entry."""
    return Message("appeal.ask_about")


def offer_items(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """One's newest items, and what is missing."""
    items = [
        Choice(Text("adjustment.item_button", {"item": one}), str(one.number)) for one in asking.choices(stores, actor)
    ]
    return [*items, Choice(Text("appeal.missing_button"), MISSING)]


async def hear_about(_: Context) -> Fill:
    """Nothing is typed here. Raises BadArguments."""
    raise BadArguments("appeal.press_a_button")


def pick_about(actor: Actor, value: str) -> Fill:
    """An item was tapped. Raises ButtonExpired, and what `asking.route` does."""
    if value != MISSING and not (value.isdecimal() and len(value) <= MAX_DIGITS):
        raise ButtonExpired

    def choose(stores: Stores, filled: Filled) -> Filled:
        number = KNOWN.load(value)
        asking.route(stores, actor, number=number)
        return filled.with_(ABOUT, number)

    return choose


def ask_words(stores: Stores, filled: Filled) -> Message:
    """Ask what the question is."""
    return Message("appeal.ask_words", {"item": _item(stores, filled)})


async def hear_words(context: Context) -> Fill:
    """Read the question. Raises NoWords, and what `asking.route` does."""
    words, actor = appeal.check_words(context.text), context.actor

    def fill(stores: Stores, filled: Filled) -> Filled:
        way = asking.route(stores, actor, number=filled[ABOUT])
        told = Filled(filled.draft.filled(**{ROUTE: f"{way.due_on} {way.level} {len(way.answerers)}"}))
        return told.with_(TEXT, words)

    return fill


def preview(stores: Stores, filled: Filled) -> Message:
    """What will be asked, whom, and until when they answer."""
    due_on, level, _ = filled.draft.values[ROUTE].split()
    values = {"item": _item(stores, filled), "words": filled[TEXT], "due_on": date.fromisoformat(due_on)}
    return Message("appeal.preview", {**values, "escalates": level == appeal.Level.SECRETARY})


def _item(stores: Stores, filled: Filled) -> Item | None:
    number = filled[ABOUT]
    return None if number is None else adjusting.found(stores, number)


async def ask(context: Context, filled: Filled) -> Ending:
    """Ask, and say until when there is an answer."""
    return ending(partial(asking.ask, actor=context.actor, number=filled[ABOUT], words=filled[TEXT]), say_asked)


def say_asked(shown: Shown) -> Message:
    """The confirmation to who asked."""
    return Message("appeal.asked", {"shown": shown})


def _number(context: Context) -> AppealId:
    return AppealId(_alone(context).pressed.having(1).number())


async def press_show(_: Update, context: Context) -> None:
    """Button of today's card: the message with the buttons to answer, again."""
    number = _number(context)
    await context.run(partial(reply.show, actor=context.actor, number=number, key=context.key))
    context.acknowledge()


async def press_correct(_: Update, context: Context) -> None:
    """Button: answer by a change of the points."""
    number = _number(context)
    shown = await context.read(partial(reply.to_answer, actor=context.actor, number=number))
    known = {adjustment.WHO.name: str(shown.member.id), adjustment.APPEAL: str(number)}
    await form.begin(context, adjustment.FORM, known)
    context.acknowledge()


async def press_explain(_: Update, context: Context) -> None:
    """Button: answer in words."""
    number = _number(context)
    await context.read(partial(reply.to_answer, actor=context.actor, number=number))
    await form.begin(context, ANSWER, {APPEAL: str(number)})
    context.acknowledge()


def ask_answer(_: Stores, __: Filled) -> Message:
    """Ask for the answer."""
    return Message("appeal.ask_answer")


async def hear_answer(context: Context) -> Fill:
    """Read the answer. Raises NoWords."""
    words = appeal.check_words(context.text)
    return lambda _, filled: filled.with_(WORDING, words)


def preview_answer(_: Stores, filled: Filled) -> Message:
    """What the one who asked will read."""
    return Message("appeal.preview_answer", {"words": filled[WORDING]})


async def answer(context: Context, filled: Filled) -> Ending:
    """Answer; the message with the buttons says so, and so there is no further one."""
    number = AppealId(int(filled.draft.values[APPEAL]))
    return ending(partial(reply.explain, actor=context.actor, number=number, words=filled[WORDING]), say_answered)


def say_answered(shown: Shown) -> Message:
    """The confirmation to who answered."""
    return Message("appeal.answered", {"shown": shown})


APPEAL = adjustment.APPEAL
ABOUT = Field("about", KNOWN, "appeal.field_about", ask_about, hear_about, offer_items, pick_about)
TEXT = Field("text", WORDS, "appeal.field_text", ask_words, hear_words)
WORDING = Field("words", WORDS, "appeal.field_answer", ask_answer, hear_answer)
FORM = Form("appeal", (ABOUT, TEXT), OWN, ask, preview)
ANSWER = Form("appeal_answer", (WORDING,), ADJUST, answer, preview_answer)
FEATURE = Feature(
    "appeal",
    handlers=(
        Press("appeal.ask", press_ask, OWN),
        Press("appeal.about", press_about, OWN),
        Press("appeal.show", press_show, ADJUST),
        Press("appeal.correct", press_correct, ADJUST),
        Press("appeal.explain", press_explain, ADJUST),
    ),
    start=start,
    forms=(FORM, ANSWER),
)
