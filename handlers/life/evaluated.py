"""One that is evaluated, in private: its figures, what it says of itself, what its reviewer gives."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from domain.ids import EvaluatedId
from domain.life.evaluation import assessing, opening, reviewing
from domain.life.evaluation.pictures import certificate
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.table import Code
from handlers import pages
from handlers.command import Callback, PrivatePress
from handlers.life.evaluated_form import GIVE_FORM, ITEM, OWN_FORM, VETO_FORM, WHO, WORDS_FORM, say_sheet, show_card
from handlers.messaging import form

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.evaluation.model import Sheet
    from domain.life.evaluation.opening import Opened
    from domain.life.evaluation.pictures import Award
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Form


async def press_sheet(_: Update, context: Context) -> None:
    """Button: all that is known of one, in a message of its own."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    await pages.show(context, partial(reviewing.show, actor=context.actor, number=number), say_shown)
    context.acknowledge()


async def press_back(_: Update, context: Context) -> None:
    """Button: back from the entries."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    await pages.turn(context, partial(reviewing.show, actor=context.actor, number=number), say_shown)


def say_shown(found: tuple[Sheet, bool]) -> Message:
    """All of one; for the reviewer with buttons to give points."""
    sheet, reviews = found
    return say_sheet(sheet, reviews=reviews)


async def press_figure(_: Update, context: Context) -> None:
    """Button: what happened behind a figure."""
    number, place, page = context.pressed.numbers(3)
    use_case = partial(opening.entries, actor=context.actor, number=EvaluatedId(number), place=place, page=page)
    await pages.turn(context, use_case, say_opened)


def say_opened(found: Opened) -> Message:
    """The entries, a page of them."""
    number = found.evaluated.id
    turns = pages.page_buttons(
        first=Action("evaluated.figure", number, found.place, 0) if found.page else None,
        further=Action("evaluated.figure", number, found.place, found.page + 1) if found.has_more else None,
    )
    back = Button("evaluated.back_button", Action("evaluated.back", number))
    lines = [
        (one, Text("audit.word", {"word": one.what}) if isinstance(one.what, Code) else None) for one in found.entries
    ]
    return Message("evaluated.entries", {"opened": found, "lines": lines}, [*turns, [back]])


async def press_card(_: Update, context: Context) -> None:
    """Button: one's own card, at the end of the chat."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    actor = context.actor

    def unit(stores: Stores) -> None:
        _, one = assessing.mine(stores, actor, number=number)
        show_card(stores, actor, one, key=context.key)

    await context.run(unit)
    context.acknowledge()


async def press_hand_in(_: Update, context: Context) -> None:
    """Button: hand in."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    use_case = partial(assessing.hand_in, actor=context.actor, number=number)
    await context.notify(use_case, lambda _: Text("evaluated.handed_in"))


async def press_take_back(_: Update, context: Context) -> None:
    """Button: take it back to change something."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    use_case = partial(assessing.take_back, actor=context.actor, number=number)
    await context.notify(use_case, lambda _: Text("evaluated.taken_back"))


async def press_words(_: Update, context: Context) -> None:
    """Button: write words about oneself."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    await context.read(partial(assessing.mine, actor=context.actor, number=number))
    await form.begin(context, WORDS_FORM, {WHO: str(number)})
    context.acknowledge()


class Check(Protocol):
    """A use case that says whether somebody may answer for an item."""

    def __call__(self, stores: Stores, actor: Actor, *, number: EvaluatedId, place: int) -> object:
        """What is to be answered. Raises why they may not."""


def asking(check: Check, wanted: Form) -> Callback:
    """The handler of a button that begins a form about an item of somebody's evaluation, where the presser may."""

    async def press(_: Update, context: Context) -> None:
        number, place = context.pressed.numbers(2)
        await context.read(partial(check, actor=context.actor, number=EvaluatedId(number), place=place))
        await form.begin(context, wanted, {WHO: str(number), ITEM: str(place)})
        context.acknowledge()

    return press


async def press_done(_: Update, context: Context) -> None:
    """Button: the review is complete."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    use_case = partial(reviewing.done, actor=context.actor, number=number)
    await pages.turn(context, use_case, lambda sheet: say_sheet(sheet, reviews=True))


async def press_certificate(_: Update, context: Context) -> None:
    """Button: the certificate as a picture."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    await context.answer(partial(opening.award, actor=context.actor, number=number), say_certificate)
    context.acknowledge()


def say_certificate(award: Award) -> Message:
    """The certificate."""
    return Message("evaluated.certificate", {"award": award}, picture=certificate(award))


OWN = Permission.SEE_OWN
PRESSES = (
    PrivatePress("evaluated.sheet", press_sheet, OWN),
    PrivatePress("evaluated.back", press_back, OWN),
    PrivatePress("evaluated.figure", press_figure, OWN),
    PrivatePress("evaluated.card", press_card, OWN),
    PrivatePress("evaluated.hand_in", press_hand_in, OWN),
    PrivatePress("evaluated.take_back", press_take_back, OWN),
    PrivatePress("evaluated.words", press_words, OWN),
    PrivatePress("evaluated.own", asking(assessing.asked_own, OWN_FORM), OWN),
    PrivatePress("evaluated.give", asking(reviewing.asked, GIVE_FORM), OWN),
    PrivatePress("evaluated.veto", asking(reviewing.asked_veto, VETO_FORM), OWN),
    PrivatePress("evaluated.done", press_done, OWN),
    PrivatePress("evaluated.certificate", press_certificate, OWN),
)
