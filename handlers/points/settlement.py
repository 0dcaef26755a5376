"""Settlement in chat: /settle, what can be settled and what was; and one's own score under a group's message."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import SettlementId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.points import publicity
from domain.points import settlement as settlements
from domain.points.period import Every, containing
from domain.points.reason import check_reason
from domain.points.settled import Settlement, State
from domain.points.settlement import KINDS, Own, Page, Proposed
from handlers import pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.command import Command, Press
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form

if TYPE_CHECKING:
    from telegram import Update

    from domain.points.features import Stores
    from domain.points.period import Period
    from handlers.context import Context

SETTLE = Permission.SETTLE_POINTS
NEEDS = Needs(in_private=SETTLE)
FIRST_DAY, LAST_DAY = date(2000, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
NUMBER = "settlement"  # the draft's key for the settlement that is to be cancelled


async def show(_: Update, context: Context) -> None:
    """/settle: what can be settled, and what was."""
    await pages.show(context, partial(settlements.page, actor=context.actor), say_page)


async def press_open(_: Update, context: Context) -> None:
    """Button under /points: the same."""
    context.pressed.having(0)
    await pages.show(context, partial(settlements.page, actor=context.actor), say_page)
    context.acknowledge()


def say_page(page: Page) -> Message:
    """A button for each period that can be settled, and for each settlement that is on show."""
    rows = [
        [Button("settlement.period_button", _action("settlement.propose", one), {"period": one})]
        for one in page.possible
    ]
    shown = [one for one in page.settlements if one.state is State.PROVISIONAL]
    rows += [
        [Button("settlement.cancel_button", Action("settlement.cancel", one.id), {"period": one.period})]
        for one in shown
    ]
    return Message("settlement.page", {"page": page}, rows)


def _action(name: str, period: Period) -> Action:
    return Action(name, period.every.value, period.first.toordinal())


def _period(context: Context) -> Period:
    """The period that a button names. Raises ButtonExpired."""
    pressed = context.pressed.having(2)
    every, day = pressed.member(Every), pressed.number(1)
    if every not in KINDS or not FIRST_DAY <= day <= LAST_DAY:
        raise ButtonExpired
    found = containing(every, date.fromordinal(day))
    if found.first.toordinal() != day:
        raise ButtonExpired
    return found


async def press_propose(_: Update, context: Context) -> None:
    """Button: say what settling a period means, and ask."""
    await pages.turn(context, partial(settlements.propose, actor=context.actor, period=_period(context)), ask_sure)


def ask_sure(proposed: Proposed) -> Message:
    """The question before everybody reads it."""
    sure = Button("settlement.begin_button", _action("settlement.begin", proposed.period))
    back = Button("settlement.back_button", Action("settlement.list"))
    return Message("settlement.sure", {"proposed": proposed}, [[sure, back]])


async def press_list(_: Update, context: Context) -> None:
    """Button: back to the list."""
    context.pressed.having(0)
    await pages.turn(context, partial(settlements.page, actor=context.actor), say_page)


async def press_begin(_: Update, context: Context) -> None:
    """Button: settle, and put it on show."""
    await pages.turn(context, partial(publicity.begin, actor=context.actor, period=_period(context)), say_begun)


def say_begun(begun: Settlement) -> Message:
    """The confirmation."""
    return Message("settlement.begun", {"settlement": begun})


async def press_mine(_: Update, context: Context) -> None:
    """Button under a group's message: one's own score, as a notice that nobody else reads."""
    number = SettlementId(context.pressed.having(1).number())
    await context.notify(partial(settlements.mine, actor=context.actor, number=number), say_mine)


def say_mine(own: Own) -> Text:
    """One's own score."""
    return Text("settlement.mine", {"own": own})


async def press_cancel(_: Update, context: Context) -> None:
    """Button: cancel a settlement that is on show; asks why."""
    number = SettlementId(context.pressed.having(1).number())
    await context.read(partial(settlements.cancellable, actor=context.actor, number=number))
    await form.begin(context, CANCEL, {NUMBER: str(number)})
    context.acknowledge()


def ask_why(_: Stores, __: Filled) -> Message:
    """Ask for the reason."""
    return Message("settlement.ask_why")


async def hear_why(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    words = check_reason(context.text)
    return lambda _, filled: filled.with_(WHY, words)


def preview(_: Stores, filled: Filled) -> Message:
    """What the groups will read."""
    return Message("settlement.preview_cancel", {"reason": filled[WHY]})


async def cancel(context: Context, filled: Filled) -> Ending:
    """Cancel it."""
    number = SettlementId(int(filled.draft.values[NUMBER]))
    use_case = partial(publicity.cancel, actor=context.actor, number=number, reason=filled[WHY])
    return ending(use_case, say_cancelled)


def say_cancelled(gone: Settlement) -> Message:
    """The confirmation."""
    return Message("settlement.cancelled", {"settlement": gone})


WHY = Field("why", WORDS, "settlement.field_why", ask_why, hear_why)
CANCEL = Form("settlement_cancel", (WHY,), SETTLE, cancel, preview)
FEATURE = Feature(
    "settlement",
    handlers=(
        Command("settle", show, NEEDS),
        Press("settlement.open", press_open, SETTLE),
        Press("settlement.list", press_list, SETTLE),
        Press("settlement.propose", press_propose, SETTLE),
        Press("settlement.begin", press_begin, SETTLE),
        Press("settlement.cancel", press_cancel, SETTLE),
        Press("settlement.mine", press_mine, Permission.SEE_OWN),
    ),
    entries=(
        Entry("settle", "settlement", NEEDS, 46, frozenset({Audience.NOBODY}), help=Help(46, Section.ADMINISTRATORS)),
    ),
    forms=(CANCEL,),
)
