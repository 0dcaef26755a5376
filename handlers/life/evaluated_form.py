"""The forms about one that is evaluated: its own words and points, the reviewer's points and vetoes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import EvaluatedId
from domain.life.evaluation import assessing, cards, reviewing
from domain.life.evaluation.indicator import BY_WORD, Word
from domain.life.evaluation.model import MAX_WORDS_CHARS
from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.people.permission import Permission
from handlers import pages
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.form import NUMBER, WORDS, Choice, Ending, Field, Fill, Filled, Form, Told, ending
from language.evaluation import points_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.life.evaluation.model import Evaluated, Sheet
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PART = Permission.TAKE_PART
WHO, ITEM = "evaluated", "item"  # the draft's keys
MAX_BUTTONS = 20


def who(filled: Filled) -> EvaluatedId:
    """Whom the form is about."""
    return EvaluatedId(filled.number(WHO))


def say_sheet(sheet: Sheet, *, reviews: bool) -> Message:
    """All of one."""
    number, items = sheet.evaluated.id, sheet.scheme.items
    rows = [
        [Button("evaluated.figure_button", Action("evaluated.figure", number, place, 0), {"item": item})]
        for place, item in enumerate(items)
        if not item.is_scored and Word(item.source) in BY_WORD
    ]
    if reviews:
        rows = [*_review_rows(sheet), *rows]
        mine = Button("evaluated.back_button", Action("evaluation.reviews", sheet.evaluation.id))
        rows.append([mine])
    return Message("evaluated.sheet", {"sheet": sheet}, rows)


def _review_rows(sheet: Sheet) -> list[list[Button]]:
    number, items = sheet.evaluated.id, sheet.scheme.items
    rows = [
        [
            Button(
                "evaluated.give_button",
                Action("evaluated.give", number, place),
                {"item": item, "mark": sheet.mark(item.name)},
            )
        ]
        for place, item in enumerate(items)
        if item.is_scored
    ]
    rows += [
        [
            Button(
                "evaluated.veto_button",
                Action("evaluated.veto", number, place),
                {"veto": veto, "happened": veto.name in sheet.evaluated.vetoes},
            )
        ]
        for place, veto in enumerate(sheet.scheme.vetoes)
    ]
    return [*rows, [Button("evaluated.done_button", Action("evaluated.done", number))]]


def ask_words(_: Stores, __: Filled) -> Message:
    """Ask for words."""
    return Message("evaluated.ask_words", {"most": MAX_WORDS_CHARS})


async def hear_words(context: Context) -> Fill:
    """Read words. Raises BadArguments."""
    words = plain.clean(visible(context.text)).strip()
    if not plain.line(words) or len(words) > MAX_WORDS_CHARS:
        raise BadArguments("objection.no_words", most=MAX_WORDS_CHARS)
    return lambda _, filled: filled.with_(SAID, words)


async def write(context: Context, filled: Filled) -> Ending:
    """Keep the words."""
    use_case = partial(assessing.write, actor=context.actor, number=who(filled), words=filled[SAID])
    return _below(context, use_case)


def _below(context: Context, use_case: Callable[[Stores], Evaluated]) -> Ending:
    """Their card comes anew at the end of the chat, with what was kept."""
    actor, key = context.actor, context.key

    def unit(stores: Stores) -> Told:
        show_card(stores, actor, use_case(stores), key=key)
        return Told()

    return unit


def show_card(stores: Stores, actor: Actor, one: Evaluated, *, key: str) -> None:
    """The card of who speaks for one, at the end of the chat."""
    found, kept_ = assessing.mine(stores, actor, number=one.id)
    stores.outbox.delete(kept_.own_card(actor.member.id), key=f"{key}:before")
    card = cards.own(cards.card_sheet(stores, found, kept_), actor.member.id)
    stores.outbox.send(actor.chat.id, card, key=f"{key}:card", urgent=True)


def ask_points(stores: Stores, filled: Filled) -> Message:
    """Ask for points."""
    found = stores.evaluations.subject(who(filled))
    of = None if found is None else stores.evaluations.get(found.evaluation)
    if found is None or of is None:
        raise ButtonExpired
    item = assessing.scored_item(stores, of, filled.number(ITEM))
    mark = stores.evaluations.marks_of(found.id).get(item.name)
    return Message(
        "evaluated.ask_points", {"evaluated": found, "item": item, "own": None if mark is None else mark.own}
    )


def offer_points(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """A button for each, where there are few."""
    found = stores.evaluations.subject(who(filled))
    of = None if found is None else stores.evaluations.get(found.evaluation)
    if of is None:
        raise ButtonExpired
    most = assessing.scored_item(stores, of, filled.number(ITEM)).points
    if most >= MAX_BUTTONS:
        return []
    return [Choice(Text("evaluated.points_button", {"points": one}), str(one)) for one in range(most, -1, -1)]


def points_of(context: Context) -> int:
    """The points in a message. Raises BadArguments."""
    found = points_in(plain.line(visible(context.text)))
    if found is None:
        raise BadArguments("evaluated.no_points")
    return found


async def hear_points(context: Context) -> Fill:
    """Read points. Raises BadArguments, TooManyPoints."""
    points, actor = points_of(context), context.actor
    return partial(_fill_points, actor=actor, points=points)


def pick_points(actor: Actor, value: str) -> Fill:
    """Points were tapped. Raises ButtonExpired."""
    if not value.isdecimal():
        raise ButtonExpired
    return partial(_fill_points, actor=actor, points=int(value[:4]))


def _fill_points(stores: Stores, filled: Filled, *, actor: Actor, points: int) -> Filled:
    """Points that are those given before need no reason."""
    given = filled.with_(POINTS, points)
    if filled.draft.form != GIVE_FORM.name:
        item = assessing.asked_own(stores, actor, number=who(filled), place=filled.number(ITEM))
        assessing.check_points(item, points)
        return given
    item, mark = reviewing.asked(stores, actor, number=who(filled), place=filled.number(ITEM))
    assessing.check_points(item, points)
    return given if reviewing.needs_reason(mark, points) else given.with_(WHY, "")


async def give_own(context: Context, filled: Filled) -> Ending:
    """Keep one's own points."""
    use_case = partial(
        assessing.give_own,
        actor=context.actor,
        number=who(filled),
        place=filled.number(ITEM),
        points=filled[POINTS],
    )
    return _below(context, use_case)


def ask_why(_: Stores, __: Filled) -> Message:
    """Ask for the reason."""
    return Message("evaluated.ask_why")


async def hear_why(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    words = reviewing.check_reason(visible(context.text))
    return lambda _, filled: filled.with_(WHY, words)


async def give(context: Context, filled: Filled) -> Ending:
    """Keep the reviewer's points; the sheet follows."""
    use_case = partial(
        reviewing.give,
        actor=context.actor,
        number=who(filled),
        place=filled.number(ITEM),
        points=filled[POINTS],
        reason=filled[WHY],
    )
    return ending(use_case, partial(_again, context=context))


async def say_veto(context: Context, filled: Filled) -> Ending:
    """Keep what the reviewer says; the sheet follows."""
    use_case = partial(
        reviewing.say_veto, actor=context.actor, number=who(filled), place=filled.number(ITEM), reason=filled[WHY]
    )
    return ending(use_case, partial(_again, context=context))


def _again(sheet: Sheet, *, context: Context) -> Message:
    shown = say_sheet(sheet, reviews=True)
    return Message(shown.text, shown.values, shown.buttons, Subject(pages.PAGE, context.update_id))


SAID = Field("words", WORDS, "evaluated.field_words", ask_words, hear_words)
POINTS = Field("points", NUMBER, "evaluated.field_points", ask_points, hear_points, offer_points, pick_points, a_row=4)
WHY = Field("why", WORDS, "evaluated.field_why", ask_why, hear_why)
WORDS_FORM = Form("evaluated_words", (SAID,), PART, write)
OWN_FORM = Form("evaluated_own", (POINTS,), PART, give_own)
GIVE_FORM = Form("evaluated_give", (POINTS, WHY), PART, give)
VETO_FORM = Form("evaluated_veto", (WHY,), PART, say_veto)
FORMS = (WORDS_FORM, OWN_FORM, GIVE_FORM, VETO_FORM)
