"""Objections in chat: made in private through a link, answered by the office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import EvaluatedId, EvaluationId, ObjectionId
from domain.life.evaluation import assessing, objecting, reviewing
from domain.life.evaluation.model import MAX_WORDS_CHARS
from domain.life.evaluation.objecting import KEEP, RECOUNT, Answer
from domain.life.evaluation.publicity import LINK
from domain.life.evaluation.schemes import scheme_of
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from handlers import pages
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.command import PrivatePress
from handlers.form import NUMBER, WORDS, Choice, Ending, Field, Fill, Filled, Form, ending, hear_press
from handlers.life.evaluated_form import points_of
from handlers.life.fields import asks
from handlers.links import number_in
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.evaluation.model import Evaluated, Evaluation
    from domain.life.evaluation.objecting import Shown
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PART, PLAN, OWN = Permission.TAKE_PART, Permission.PLAN_WORK, Permission.SEE_OWN
ABOUT, OFFERED = "about", 8


async def start(context: Context, payload: str) -> bool:
    """A link from a group's message: object to a result. Raises EvaluationNotFound, PublicityOver."""
    number = number_in(payload, LINK)
    if number is None or context.actor.chat.is_group:
        return False
    await context.read(partial(objecting.open_, actor=context.actor, number=EvaluationId(number)))
    await form.begin(context, MAKE, {ABOUT: str(number)})
    return True


def _about(filled: Filled) -> EvaluationId:
    return EvaluationId(filled.number(ABOUT))


def ask_whose(stores: Stores, filled: Filled) -> Message:
    """Ask whose result is wrong."""
    return Message("objection.ask_whose", {"evaluation": stores.evaluations.get(_about(filled))})


def offer_whose(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """One's own first; others are typed by name where there are many."""
    found = objecting.choices(stores, actor, number=_about(filled))
    return [Choice(Text("objection.whose_button", {"evaluated": one}), str(one.id)) for one in found[:OFFERED]]


def pick_whose(actor: Actor, value: str) -> Fill:
    """One was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = objecting.choices(stores, actor, number=_about(filled))
        if value not in {str(one.id) for one in found}:
            raise ButtonExpired
        return filled.with_(WHOSE, int(value))

    return fill


async def hear_whose(context: Context) -> Fill:
    """Read a name. Raises BadArguments."""
    words, actor = plain.line(visible(context.text)), context.actor

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = [one for one in objecting.choices(stores, actor, number=_about(filled)) if _named(one, words)]
        if len(found) != 1:
            raise BadArguments("objection.no_whose")
        return filled.with_(WHOSE, int(found[0].id))

    return fill


def _named(one: Evaluated, words: str) -> bool:
    return bool(words) and words in plain.line(one.name)


def ask_words(_: Stores, __: Filled) -> Message:
    """Ask what is wrong."""
    return Message("objection.ask_words", {"most": MAX_WORDS_CHARS})


async def hear_words(context: Context) -> Fill:
    """Read the words. Raises BadArguments."""
    words = plain.clean(visible(context.text)).strip()
    if not plain.line(words) or len(words) > MAX_WORDS_CHARS:
        raise BadArguments("objection.no_words", most=MAX_WORDS_CHARS)
    return lambda _, filled: filled.with_(SAID, words)


def preview(stores: Stores, filled: Filled) -> Message:
    """What the office will read."""
    one = stores.evaluations.subject(EvaluatedId(filled[WHOSE]))
    return Message("objection.preview", {"evaluated": one, "words": filled[SAID]})


async def make(context: Context, filled: Filled) -> Ending:
    """Object."""
    use_case = partial(objecting.make, actor=context.actor, number=EvaluatedId(filled[WHOSE]), words=filled[SAID])
    return ending(use_case, lambda shown: Message("objection.made", {"shown": shown}))


async def press_list(_: Update, context: Context) -> None:
    """Button: all objections of an evaluation."""
    number = EvaluationId(context.pressed.numbers(1)[0])
    await pages.show(context, partial(objecting.listed, actor=context.actor, number=number), say_listed)
    context.acknowledge()


def say_listed(found: tuple[Evaluation, Sequence[Shown]]) -> Message:
    """All objections, those that wait with a button."""
    evaluation, objections = found
    rows = [objecting.card(one).buttons[0][:1] for one in objections if one.objection.is_open]
    return Message("objection.list", {"evaluation": evaluation, "objections": objections}, rows[:OFFERED])


async def press_answer(_: Update, context: Context) -> None:
    """Button: answer an objection."""
    number = ObjectionId(context.pressed.numbers(1)[0])
    await context.read(partial(objecting.waiting, actor=context.actor, number=number))
    await form.begin(context, ANSWER, {ABOUT: str(number)})
    context.acknowledge()


def _shown(stores: Stores, filled: Filled) -> Shown:
    found = stores.evaluations.objection(ObjectionId(filled.number(ABOUT)))
    if found is None:
        raise ButtonExpired
    return objecting.shown_of(stores, found)


def ask_what(stores: Stores, filled: Filled) -> Message:
    """Ask what is decided."""
    return Message("objection.ask_what", {"shown": _shown(stores, filled)})


def offer_what(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """To keep the result, to count anew, or other points for an indicator."""
    scheme = scheme_of(stores, _shown(stores, filled).evaluation.version)
    points = [
        Choice(Text("objection.points_button", {"item": item}), str(place))
        for place, item in enumerate(scheme.items)
        if item.is_scored
    ]
    recount = [Choice(Text("objection.recount_button"), RECOUNT)] if scheme.counted else []
    return [Choice(Text("objection.keep_button"), KEEP), *recount, *points]


def pick_what(_: Actor, value: str) -> Fill:
    """It was tapped; points are asked for only where they change. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value in (KEEP, RECOUNT):
            return filled.with_(WHAT, value).with_(POINTS, 0)
        if not value.isdecimal():
            raise ButtonExpired
        assessing.scored_item(stores, _shown(stores, filled).evaluation, int(value[:3]))
        return filled.with_(WHAT, value)

    return fill


def ask_points(stores: Stores, filled: Filled) -> Message:
    """Ask for the points."""
    shown = _shown(stores, filled)
    item = assessing.scored_item(stores, shown.evaluation, int(filled[WHAT]))
    given = stores.evaluations.marks_of(shown.evaluated.id).get(item.name)
    values = {"evaluated": shown.evaluated, "item": item, "own": None if given is None else given.given}
    return Message("objection.ask_points", values)


async def hear_points(context: Context) -> Fill:
    """Read points. Raises BadArguments, TooManyPoints."""
    points = points_of(context)

    def fill(stores: Stores, filled: Filled) -> Filled:
        item = assessing.scored_item(stores, _shown(stores, filled).evaluation, int(filled[WHAT]))
        return filled.with_(POINTS, assessing.check_points(item, points))

    return fill


async def hear_why(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    words = reviewing.check_reason(visible(context.text))
    return lambda _, filled: filled.with_(WHY, words)


def preview_answer(stores: Stores, filled: Filled) -> Message:
    """What whoever objected will read."""
    shown, what = _shown(stores, filled), filled[WHAT]
    item = None if what in (KEEP, RECOUNT) else assessing.scored_item(stores, shown.evaluation, int(what))
    values = {"shown": shown, "what": what if item is None else "points", "item": item}
    return Message("objection.preview_answer", {**values, "points": filled[POINTS], "reason": filled[WHY]})


async def answer(context: Context, filled: Filled) -> Ending:
    """Answer."""
    what = filled[WHAT]
    place = None if what in (KEEP, RECOUNT) else int(what)
    wanted = Answer(filled[WHY], what == RECOUNT, place, filled[POINTS])
    number = ObjectionId(filled.number(ABOUT))
    use_case = partial(objecting.answer, actor=context.actor, number=number, answer=wanted)
    return ending(use_case, lambda shown: Message("objection.answered", {"shown": shown}))


WHOSE = Field("whose", NUMBER, "objection.field_whose", ask_whose, hear_whose, offer_whose, pick_whose)
SAID = Field("words", WORDS, "objection.field_words", ask_words, hear_words)
MAKE = Form("objection", (WHOSE, SAID), PART, make, preview)
WHAT = Field("what", WORDS, "objection.field_what", ask_what, hear_press, offer_what, pick_what)
POINTS = Field("points", NUMBER, "evaluated.field_points", ask_points, hear_points)
WHY = Field("why", WORDS, "evaluated.field_why", asks("objection.ask_why"), hear_why)
ANSWER = Form("objection_answer", (WHAT, POINTS, WHY), PLAN, answer, preview_answer)
FORMS = (MAKE, ANSWER)
PRESSES = (
    PrivatePress("evaluation.objections", press_list, OWN),
    PrivatePress("objection.answer", press_answer, OWN),
)
