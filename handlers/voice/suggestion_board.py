"""What became of suggestions: the board of a group, /suggestions, and an author's word on whether theirs is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import SuggestionId
from domain.messaging.message import Action, Message, Text
from domain.people.permission import Permission
from domain.voice.suggestion import board, course, telling
from domain.voice.suggestion.life import Case, check_reason
from handlers import pages
from handlers.access import TAKE_PART
from handlers.command import Command, Press, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import asking
from handlers.voice import triage
from handlers.voice.triage_card import desks
from handlers.voice.triage_forms import NUMBER, VERSION

if TYPE_CHECKING:
    from telegram import Update

    from domain.voice.suggestion.board import Board
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PART = Permission.TAKE_PART


async def show(_: Update, context: Context) -> None:
    """/suggestions: in a group its board; in private what waits for who answers suggestions, else their group's."""
    there = [] if context.actor.chat.is_group else await desks(context)
    if there:
        await triage.open_(context, there)
    else:
        await pages.show(context, partial(board.show, actor=context.actor), say_board)


async def press_page(_: Update, context: Context) -> None:
    """Button: another page of the board."""
    first = context.pressed.having(1).number()
    await pages.turn(context, partial(board.show, actor=context.actor, first=first), say_board)


def say_board(shown: Board) -> Message:
    """A page of the board."""
    first = Action("suggestion.board", 0) if shown.first else None
    further = None if shown.further is None else Action("suggestion.board", shown.further)
    return Message("suggestion_life.board", {"board": shown}, pages.page_buttons(first=first, further=further))


async def press_confirm(_: Update, context: Context) -> None:
    """Button of an author: it is done."""
    number, version = context.pressed.numbers(2)
    use_case = partial(course.confirm, actor=context.actor, number=SuggestionId(number), version=version)

    def unit(stores: Stores) -> Case:
        case = use_case(stores)
        telling.refresh(stores, context.actor, case, key=f"{context.key}:news")
        return case

    await context.notify(unit, lambda case: Text("suggestion_life.confirmed", {"case": case}))


async def press_reopen(_: Update, context: Context) -> None:
    """Button of an author: something is missing."""
    number, version = context.pressed.numbers(2)
    values = {NUMBER: str(number), VERSION: str(version)}

    def unit(stores: Stores) -> None:
        course.to_reopen(stores, context.actor, number=SuggestionId(number), version=version)
        asking.begin(stores, context=context, form=FORM, values=values)

    await context.run(unit)
    context.acknowledge()


def ask_missing(_: Stores, __: Filled) -> Message:
    """Ask what is missing."""
    return Message("suggestion_life.ask_missing")


async def hear_missing(context: Context) -> Fill:
    """Read what is missing. Raises NoReason."""
    words = check_reason(context.text)
    return lambda _, filled: filled.with_(MISSING, words)


def preview_missing(_: Stores, filled: Filled) -> Message:
    """What those in charge will read."""
    return Message("suggestion_life.preview_missing", {"words": filled[MISSING]})


async def reopen(context: Context, filled: Filled) -> Ending:
    """Say what is missing."""
    values = filled.draft.values
    number, version = SuggestionId(int(values[NUMBER])), int(values[VERSION])
    use_case = partial(course.reopen, actor=context.actor, number=number, version=version, missing=filled[MISSING])

    def unit(stores: Stores) -> Case:
        case = use_case(stores)
        telling.refresh(stores, context.actor, case, key=f"{context.key}:news")
        return case

    return ending(unit, lambda case: Message("suggestion_life.reopened", {"case": case}))


MISSING = Field("missing", WORDS, "suggestion_life.field_missing", ask_missing, hear_missing)
FORM = Form("suggestion_missing", (MISSING,), PART, reopen, preview_missing)
FEATURE = Feature(
    "suggestion_board",
    handlers=(
        Command("suggestions", show, TAKE_PART, costly=True),
        Press("suggestion.board", press_page, PART),
        PrivatePress("suggestion.is_done", press_confirm, PART),
        PrivatePress("suggestion.reopen", press_reopen, PART),
    ),
    entries=(Entry("suggestions", "triage", TAKE_PART, 135, frozenset({Audience.EVERYBODY}), help=Help(55)),),
    forms=(FORM,),
)
