"""The form of a measure: what is tried, the figure that it should move, the target, the day of the check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import plain
from domain.clock.calendar import workdays
from domain.ids import ChatId, MeasureId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.work.lean.figures import Gauge
from domain.work.lean.service import name_of, reach
from domain.work.measure import service as measure
from domain.work.measure.model import (
    MAX_NAME_CHARS,
    MAX_TEXT_CHARS,
    BadNumber,
    check_number,
    check_target,
    check_words,
)
from domain.work.measure.service import Wish
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, working
from handlers.form import DAY, WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, Told
from handlers.messaging import asking
from language import deadline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.people.actor import Actor
    from domain.work.measure.model import Measure
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
A_NUMBER = re.compile(r"[-－]?\d{1,9}(?:\.\d{1,2})?")
MAX_READ_CHARS = 60
MONTHS = (30, 90, 180)  # days until the check that are offered
A_DAY = timedelta(days=1)
OWN_SIGN, NONE = "=", "-"  # in a draft: before the name of an own figure; no baseline
PREVIOUS = "previous"  # a draft's key: the measure that this one follows


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure should move: a figure that the bot measures, or an own one by its name."""

    gauge: Gauge | None
    name: str = ""


FIGURE: Codec[Figure] = Codec(
    lambda one: one.gauge.value if one.gauge else OWN_SIGN + one.name,
    lambda kept: Figure(None, kept[1:]) if kept.startswith(OWN_SIGN) else Figure(Gauge(kept)),
)
MAYBE: Codec[float | None] = Codec(
    lambda number: NONE if number is None else repr(number), lambda kept: None if kept == NONE else float(kept)
)
REAL: Codec[float] = Codec(repr, float)


def number_in(text: str) -> float:
    """The only number in a text: 2.5 个工作日, 90%. Raises BadNumber."""
    found = A_NUMBER.findall(plain.line(text, MAX_READ_CHARS))
    if len(found) != 1:
        raise BadNumber(share=False)
    return float(found[0].replace("－", "-"))


def known(stores: Stores, actor: Actor, before: Measure) -> Mapping[str, str]:
    """What a further round has from the one before: its figure, and what that is now."""
    figure = Figure(before.gauge, before.figure)
    now = before.result if before.gauge is None else _gauges(stores, actor)[before.gauge]
    return {ABOUT.name: FIGURE.keep(figure), BASELINE.name: MAYBE.keep(now)}


def _gauges(stores: Stores, actor: Actor) -> Mapping[Gauge, float | None]:
    """The figures of the actor's group, or of its branch with all below it."""
    return measure.gauges(stores, actor.group, reach(stores, actor, PLAN), actor.heard_at)


def ask_text(_: Stores, __: Filled) -> Message:
    """Ask what is to be tried."""
    return Message("measure.ask_text")


async def hear_text(context: Context) -> Fill:
    """Read what is to be tried. Raises NoWords."""
    words = check_words(context.text, MAX_TEXT_CHARS)
    return lambda _, filled: filled.with_(TEXT, words)


def ask_figure(_: Stores, __: Filled) -> Message:
    """Ask which figure it should move."""
    return Message("measure.ask_figure")


def offer_figures(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The figures that the bot measures, with what they are now."""
    return [
        Choice(Text("measure.gauge_button", {"gauge": gauge, "value": value}), gauge.value)
        for gauge, value in _gauges(stores, actor).items()
    ]


def pick_figure(actor: Actor, value: str) -> Fill:
    """A figure was tapped; what it was before is measured at once. Raises ButtonExpired."""
    gauge = next((one for one in Gauge if one.value == value), None)
    if gauge is None:
        raise ButtonExpired

    def choose(stores: Stores, filled: Filled) -> Filled:
        now = _gauges(stores, actor)[gauge]
        return _without_target(filled.with_(ABOUT, Figure(gauge)).with_(BASELINE, now))

    return choose


async def hear_figure(context: Context) -> Fill:
    """Read the name of a figure of one's own. Raises NoWords."""
    name = check_words(context.text, MAX_NAME_CHARS)
    return lambda _, filled: _without_target(
        Filled(filled.with_(ABOUT, Figure(None, name)).draft.without(BASELINE.name))
    )


def _without_target(filled: Filled) -> Filled:
    """Another figure has another target."""
    return Filled(filled.draft.without(TARGET.name))


def ask_baseline(_: Stores, filled: Filled) -> Message:
    """Ask what an own figure is now; what the bot measures is not asked for."""
    return Message("measure.ask_baseline", {"figure": filled[ABOUT]})


async def hear_baseline(context: Context) -> Fill:
    """Read what an own figure is now. Raises BadNumber, and BadArguments where the bot measures it."""
    now = check_number(number_in(context.text), None)

    def fill(_: Stores, filled: Filled) -> Filled:
        if filled[ABOUT].gauge is not None:
            raise BadArguments("measure.nothing_to_report")
        return _without_target(filled.with_(BASELINE, now))

    return fill


def ask_target(_: Stores, filled: Filled) -> Message:
    """Ask what the figure should become."""
    return Message("measure.ask_target", {"figure": filled[ABOUT], "baseline": filled[BASELINE]})


async def hear_target(context: Context) -> Fill:
    """Read the target. Raises BadNumber, NoBetter."""
    target = number_in(context.text)

    def fill(_: Stores, filled: Filled) -> Filled:
        return filled.with_(TARGET, check_target(target, filled[ABOUT].gauge, filled[BASELINE]))

    return fill


def ask_day(_: Stores, __: Filled) -> Message:
    """Ask when to look what came of it."""
    return Message("measure.ask_day")


def offer_days(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The first workday after one, three and six months."""
    works = workdays(stores)
    days = [_next(actor.today + timedelta(days=count), works) for count in MONTHS]
    return [Choice(Text("measure.day_button", {"day": day}), str(day)) for day in days]


def _next(day: date, works: Callable[[date], bool]) -> date:
    return next(one for one in (day + A_DAY * number for number in range(60)) if works(one) or one > day + A_DAY * 50)


def pick_day(actor: Actor, value: str) -> Fill:
    """A day was tapped. Raises ButtonExpired, BadDay."""
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ButtonExpired from error
    return _with_day(measure.check_day(day, actor.today))


async def hear_day(context: Context) -> Fill:
    """Read a day. Raises BadDay, and BadArguments where it is none."""
    group = context.actor.group
    try:
        reading = deadline.read(context.text, group.local(context.now), working=await working(context))
    except deadline.DeadlineError as error:
        raise BadArguments("measure.no_day") from error
    if reading is None or reading.rest.strip():
        raise BadArguments("measure.no_day")
    return _with_day(measure.check_day(group.day(reading.due), context.actor.today))


def _with_day(day: date) -> Fill:
    return lambda _, filled: filled.with_(CHECK, day)


def preview(stores: Stores, filled: Filled) -> Message:
    """What will be kept."""
    values = {
        "name": _place(stores, filled),
        "text": filled[TEXT],
        "figure": filled[ABOUT],
        "baseline": filled[BASELINE],
        "target": filled[TARGET],
        "day": filled[CHECK],
    }
    return Message("measure.preview", values)


def _place(stores: Stores, filled: Filled) -> str:
    place = filled.draft.values.get(asking.PLACE)
    return "" if place is None else name_of(stores, stores.chats.get(ChatId(int(place))))


async def begin(context: Context, filled: Filled) -> Ending:
    """Begin the measure, and say so in private."""
    figure, previous = filled[ABOUT], filled.draft.values.get(PREVIOUS)
    wish = Wish(
        filled[TEXT],
        figure.gauge,
        figure.name,
        filled[BASELINE],
        filled[TARGET],
        filled[CHECK],
        None if previous is None else MeasureId(int(previous)),
    )
    actor, private, key = context.actor, filled.draft.chat, context.key

    def begin_it(stores: Stores) -> Told:
        found = measure.begin(stores, actor, wish=wish)
        stores.outbox.send(private, Message("measure.begun", {"measure": found.measure}), key=key, urgent=True)
        return Told()

    return begin_it


TEXT = Field("text", WORDS, "measure.field_text", ask_text, hear_text)
ABOUT = Field("figure", FIGURE, "measure.field_figure", ask_figure, hear_figure, offer_figures, pick_figure)
BASELINE = Field("baseline", MAYBE, "measure.field_baseline", ask_baseline, hear_baseline)
TARGET = Field("target", REAL, "measure.field_target", ask_target, hear_target)
CHECK = Field("day", DAY, "measure.field_day", ask_day, hear_day, offer_days, pick_day)
FORM = Form("measure", (TEXT, ABOUT, BASELINE, TARGET, CHECK), PLAN, begin, preview, for_groups=True)
