"""The form of a run: what it is about, the day of its event, and a preview of who does what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import plain
from domain.ids import ChatId, ProcedureId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.work.procedure import keeping, running
from domain.work.procedure.model import MAX_ABOUT_CHARS, AboutTooLong, EventGone
from domain.work.procedure.running import Wish
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, Told
from handlers.messaging import asking
from language import deadline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.people.actor import Actor
    from domain.work.procedure.model import Kept
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PROCEDURE = "procedure"  # the draft's key for the procedure's number
DAY: Codec[date | None] = Codec(
    lambda day: day.isoformat() if day else "", lambda kept: date.fromisoformat(kept) if kept else None
)


def known(kept: Kept) -> Mapping[str, str]:
    """What the form of a procedure's run knows: without an event or something to be about, that is not asked."""
    values = {PROCEDURE: str(kept.id)}
    if not kept.procedure.about:
        values[ABOUT.name] = ""
    if not kept.procedure.has_event:
        values[EVENT.name] = ""
    return values


def _kept(stores: Stores, actor: Actor, filled: Filled) -> Kept:
    """The procedure that is to be run, in its newest version. Raises ProcedureNotFound."""
    return keeping.find(stores, actor, number=ProcedureId(int(filled.draft.values[PROCEDURE])))


def _plan(stores: Stores, filled: Filled) -> Kept:
    """The procedure, for whoever has begun the form already. Raises ButtonExpired."""
    found = stores.procedures.get(ProcedureId(int(filled.draft.values[PROCEDURE])))
    if found is None:
        raise ButtonExpired
    return found


def ask_about(stores: Stores, filled: Filled) -> Message:
    """Ask what the run is about."""
    return Message("procedure.ask_about", {"procedure": _plan(stores, filled).procedure})


async def hear_about(context: Context) -> Fill:
    """Read it. Raises AboutTooLong, BadArguments."""
    words = plain.tidy(visible(context.text))
    if not words:
        raise BadArguments("procedure.no_about")
    if len(words) > MAX_ABOUT_CHARS:
        raise AboutTooLong(most=MAX_ABOUT_CHARS)
    return lambda _, filled: filled.with_(ABOUT, words)


def ask_event(stores: Stores, filled: Filled) -> Message:
    """Ask for the day of the event."""
    kept = _plan(stores, filled)
    before = max((one.days for one in kept.procedure.steps if one.anchor.value == "before"), default=0)
    return Message("procedure.ask_event", {"procedure": kept.procedure, "before": before})


def offer_events(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """Some workdays ahead."""
    days = running.days_ahead(stores, actor)
    return [Choice(Text("procedure.day_button", {"day": day}), day.isoformat()) for day in days]


def pick_event(actor: Actor, value: str) -> Fill:
    """A day was tapped. Raises ButtonExpired, EventGone."""
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ButtonExpired from error
    _check(actor, day)
    return lambda _, filled: filled.with_(EVENT, day)


async def hear_event(context: Context) -> Fill:
    """Read a day (12月20日, 下周五). Raises BadArguments, EventGone."""
    group = context.actor.group
    try:
        reading = deadline.read(context.text, group.local(context.now), working=await working(context))
    except deadline.DeadlineError as error:
        raise BadArguments("procedure.bad_day") from error
    if reading is None or plain.tidy(reading.rest):
        raise BadArguments("procedure.bad_day")
    day = group.day(reading.due)
    _check(context.actor, day)
    return lambda _, filled: filled.with_(EVENT, day)


def _check(actor: Actor, day: date) -> None:
    """Raises EventGone."""
    if day < actor.today:
        raise EventGone(day=day)


def _wish(kept: Kept, filled: Filled) -> Wish:
    return Wish(kept, filled[ABOUT], filled[EVENT])


def preview(stores: Stores, filled: Filled) -> Message:
    """Who will do what, and until when."""
    group = stores.chats.get(ChatId(int(filled.draft.values[asking.PLACE])))
    wish = _wish(_plan(stores, filled), filled)
    found = running.outline(stores, group=group, starter=filled.draft.member, wish=wish)
    return Message("procedure.preview", {"outline": found})


async def begin_run(context: Context, filled: Filled) -> Ending:
    """Start it: its card goes into the group, and who has started it reads so in private."""
    private, actor = filled.draft.chat, context.actor

    def unit(stores: Stores) -> Told:
        wish = _wish(_kept(stores, actor, filled), filled)
        run = running.start(stores, actor, wish=wish, source=f"draft:{filled.draft.id}")
        told = Message("procedure.started", {"run": run, "group": actor.group})
        stores.outbox.send(private, told, key=f"{context.key}:started", urgent=True)
        return Told()

    return unit


ABOUT = Field("about", WORDS, "procedure.field_about", ask_about, hear_about)
EVENT = Field("event", DAY, "procedure.field_event", ask_event, hear_event, offer_events, pick_event, a_row=2)
FORM = Form("procedure", (ABOUT, EVENT), Permission.PLAN_WORK, begin_run, preview, for_groups=True)
