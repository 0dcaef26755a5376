"""The forms on the day of a measure's check: what an own figure is now, and the reason of a decision."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MeasureId
from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.work.measure import service as measure
from domain.work.measure.card import buttons, card
from domain.work.measure.model import MAX_REASON_CHARS, State, check_number, check_words
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, Told
from handlers.work.measure_form import REAL, number_in

if TYPE_CHECKING:
    from domain.work.measure.model import Measure
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
NUMBER, CHOICE = "number", "choice"  # a draft's keys: which measure, what becomes of it


def ask_value(stores: Stores, filled: Filled) -> Message:
    """Ask what an own figure is now."""
    return Message("measure.ask_value", {"measure": _measure(stores, filled)})


def _number(filled: Filled) -> MeasureId:
    return MeasureId(int(filled.draft.values[NUMBER]))


def _measure(stores: Stores, filled: Filled) -> Measure | None:
    return stores.measures.get(_number(filled))


async def hear_value(context: Context) -> Fill:
    """Read what it is. Raises BadNumber."""
    value = check_number(number_in(context.text), None)
    return lambda _, filled: filled.with_(VALUE, value)


async def report(context: Context, filled: Filled) -> Ending:
    """Keep it, and ask what becomes of the measure."""
    actor, private, key = context.actor, filled.draft.chat, context.key
    use_case = partial(measure.report, actor=actor, number=_number(filled), value=filled[VALUE])

    def keep(stores: Stores) -> Told:
        stores.outbox.send(private, card(stores, use_case(stores).measure), key=key, urgent=True)
        return Told()

    return keep


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why, or how it is made to last."""
    choice = State(filled.draft.values[CHOICE])
    return Message("measure.ask_reason", {"measure": _measure(stores, filled), "choice": choice})


async def hear_reason(context: Context) -> Fill:
    """Read the reason. Raises NoWords."""
    words = check_words(context.text, MAX_REASON_CHARS)
    return lambda _, filled: filled.with_(REASON, words)


async def decide(context: Context, filled: Filled) -> Ending:
    """Keep what becomes of the measure; after 再改 there is the way to the next round."""
    actor, private, key = context.actor, filled.draft.chat, context.key
    choice = State(filled.draft.values[CHOICE])
    use_case = partial(measure.decide, actor=actor, number=_number(filled), choice=choice, reason=filled[REASON])

    def keep(stores: Stores) -> Told:
        found = use_case(stores).measure
        said = Message("measure.decided", {"measure": found}, buttons(found))
        stores.outbox.send(private, said, key=key, urgent=True)
        return Told()

    return keep


VALUE = Field("value", REAL, "measure.field_value", ask_value, hear_value)
REPORT = Form("measure_report", (VALUE,), PLAN, report)
REASON = Field("reason", WORDS, "measure.field_reason", ask_reason, hear_reason)
DECIDE = Form("measure_decide", (REASON,), PLAN, decide)
