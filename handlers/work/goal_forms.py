"""The forms of goals: a new one, what was reached, an adjustment with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.ids import GoalId
from domain.messaging.message import Message, Text
from domain.people.permission import Area, Permission
from domain.work.goal import reading, service
from domain.work.goal.model import YES_NO, Level, MeasureKind
from domain.work.goal.service import Wish
from handlers import access
from handlers.action import ButtonExpired
from handlers.form import DAY, NUMBER, WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, Told, hear_press
from handlers.work import goal_people, goal_reading, goal_task
from handlers.work.goal_adjusting import FORM as ADJUST
from handlers.work.goal_draft import GOAL, HOME, goal_of, home_in, keep_home, month_end, spoken_day, tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.goal.model import Goal, Measure
    from handlers.context import Context

PLAN = Permission.PLAN_WORK
ABOVE = "above"  # the key of a draft: the goal above a new one
MEASURE_CODEC: Codec[Measure] = Codec(goal_reading.keep_measure, goal_reading.load_measure)
DECIMAL: Codec[Decimal] = Codec(str, Decimal)
NOTE = "note"  # the key of a draft: what was written behind a value
LEVEL_CODEC: Codec[Level] = Codec(str, Level)
__all__ = ["ADD", "ADJUST", "FORMS", "GOAL", "REPORT", "at_the_top", "below"]


def at_the_top(home: Area) -> Mapping[str, str]:
    """What the form knows of a goal at the top of a home."""
    return {HOME: keep_home(home), LEVEL.name: Level.YEAR.value}


def below(stores: Stores, actor: Actor, *, above: GoalId) -> Mapping[str, str]:
    """What the form knows of a goal below another: it is a month's below a year's, else a branch's."""
    goal = service.plannable(stores, actor, number=above)
    level = Level.MONTH if goal.level is Level.YEAR else Level.BRANCH
    return {HOME: keep_home(goal.home), ABOVE: str(above), LEVEL.name: level.value}


def _above(stores: Stores, filled: Filled) -> Goal | None:
    number = filled.draft.values.get(ABOVE)
    return None if number is None else stores.goals.get(GoalId(int(number)))


def ask_title(stores: Stores, filled: Filled) -> Message:
    """Ask what it is called."""
    return Message(
        "goal.ask_title", {"place": reading.place_of(stores, home_in(stores, filled)), "goal": _above(stores, filled)}
    )


async def hear_title(context: Context) -> Fill:
    """Read the title. Raises BadArguments."""
    words = goal_reading.title(context.text)
    return lambda _, filled: filled.with_(TITLE, words)


def ask_due(_: Stores, __: Filled) -> Message:
    """Ask for the last day."""
    return Message("goal.ask_due")


def offer_days(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The ends of this month, of the next, of the quarter and of the year; not past the goal above."""
    above, today = _above(stores, filled), actor.today
    next_month = month_end(month_end(today) + timedelta(days=1))
    quarter = month_end(date(today.year, (today.month + 2) // 3 * 3, 1))
    days = sorted({month_end(today), next_month, quarter, date(today.year, 12, 31)})
    shown = [one for one in days if above is None or one <= above.due] or [above.due if above else days[-1]]
    return [Choice(Text("goal.day_button", {"day": one}), one.isoformat()) for one in shown]


async def hear_due(context: Context) -> Fill:
    """Read the last day. Raises BadArguments."""
    day = await spoken_day(context)
    return lambda _, filled: filled.with_(DUE, day)


def pick_due(_: Actor, value: str) -> Fill:
    """A day was tapped. Raises ButtonExpired."""
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ButtonExpired from error
    return lambda _, filled: filled.with_(DUE, day)


def ask_measure(_: Stores, __: Filled) -> Message:
    """Ask how it is told whether it is reached."""
    return Message("goal.ask_measure")


def offer_measures(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """Done or not done."""
    return [Choice(Text("goal.yes_no_button"), MeasureKind.YES_NO.value)]


async def hear_measure(context: Context) -> Fill:
    """Read it. Raises BadArguments."""
    found = goal_reading.measure(context.text)
    return lambda _, filled: filled.with_(MEASURE, found)


def pick_measure(_: Actor, value: str) -> Fill:
    """Yes or no was tapped. Raises ButtonExpired."""
    if value != MeasureKind.YES_NO.value:
        raise ButtonExpired
    return lambda _, filled: filled.with_(MEASURE, YES_NO)


def ask_weight(_: Stores, __: Filled) -> Message:
    """Ask for its part of the goal above it."""
    return Message("goal.ask_weight")


def offer_weights(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """None, and round ones."""
    return [Choice(Text("goal.weight_button", {"weight": one}), str(one)) for one in (0, 10, 20, 25, 30, 40, 50)]


async def hear_weight(context: Context) -> Fill:
    """Read it. Raises BadArguments."""
    weight = goal_reading.weight(context.text)
    return lambda _, filled: filled.with_(WEIGHT, weight)


def pick_weight(_: Actor, value: str) -> Fill:
    """A weight was tapped."""
    weight = goal_reading.weight(value)
    return lambda _, filled: filled.with_(WEIGHT, weight)


def ask_level(_: Stores, __: Filled) -> Message:
    """Ask where in the decomposition it stands."""
    return Message("goal.ask_level")


def offer_levels(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """The levels that may stand below the goal above."""
    above = _above(stores, filled)
    least = 0 if above is None else above.level.depth
    return [Choice(Text("goal.level_button", {"level": one}), one.value) for one in Level if one.depth >= least]


def pick_level(_: Actor, value: str) -> Fill:
    """A level was tapped. Raises ButtonExpired."""
    if value not in tuple(Level):
        raise ButtonExpired
    return lambda _, filled: filled.with_(LEVEL, Level(value))


def ask_where(_: Stores, __: Filled) -> Message:
    """Ask whose goal it is."""
    return Message("goal.ask_where")


def offer_where(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """The home of the goal above, and the branches right below it."""
    above = _above(stores, filled)
    first = home_in(stores, filled) if above is None else above.home
    homes = (
        [first, *(Area(branch=one.id) for one in stores.branches.children(first.branch))] if first.branch else [first]
    )
    places = [reading.place_of(stores, one) for one in homes[:12]]
    return [Choice(Text("goal.place_button", {"place": one}), keep_home(one.home)) for one in places]


def pick_where(actor: Actor, value: str) -> Fill:
    """A home was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer_where(stores, actor, filled)}:
            raise ButtonExpired
        return Filled(filled.draft.filled(**{HOME: value}))

    return fill


def _wish(stores: Stores, filled: Filled, actor: Actor) -> Wish:
    above, due = _above(stores, filled), filled[DUE]
    level: Level = filled[LEVEL]
    since = date(due.year, due.month, 1) if level is Level.MONTH else date(due.year, 1, 1)
    if above is not None and level is not Level.MONTH:
        since = max(since, above.since)
    owner = goal_people.member(stores, home_in(stores, filled), filled[goal_people.OWNER], actor)
    return Wish(
        home_in(stores, filled),
        None if above is None else above.id,
        level,
        filled[TITLE],
        filled[MEASURE],
        filled[WEIGHT],
        min(since, due),
        due,
        owner,
    )


def preview(stores: Stores, filled: Filled) -> Message:
    """What will stand in the tree."""
    values = {
        "place": reading.place_of(stores, home_in(stores, filled)),
        "goal": _above(stores, filled),
        "level": filled[LEVEL],
        "title": filled[TITLE],
        "measure": filled[MEASURE],
        "weight": filled[WEIGHT],
        "day": filled[DUE],
        "owner": goal_people.kept(stores, filled[goal_people.OWNER]),
    }
    return Message("goal.preview", values)


async def add(context: Context, filled: Filled) -> Ending:
    """Add it; whoever does sees it."""

    def unit(stores: Stores) -> Told:
        goal = service.add(stores, context.actor, wish=_wish(stores, filled, context.actor))
        return tell(stores, context, filled, goal.id)

    return unit


def ask_value(stores: Stores, filled: Filled) -> Message:
    """Ask what was reached. Raises GoalNotFound."""
    return Message("goal.ask_value", {"goal": goal_of(stores, filled)})


def offer_values(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """Yes and no, where that is the measure."""
    if goal_of(stores, filled).measure.kind is not MeasureKind.YES_NO:
        return ()
    return [Choice(Text("goal.done_button"), "1"), Choice(Text("goal.not_done_button"), "0")]


async def hear_value(context: Context) -> Fill:
    """Read a value and the note behind it. Raises BadArguments, GoalNotFound."""
    text = context.text

    def fill(stores: Stores, filled: Filled) -> Filled:
        value, note = goal_reading.value(text, goal_of(stores, filled).measure)
        return Filled(filled.draft.filled(**{VALUE.name: str(value), NOTE: note}))

    return fill


def pick_value(_: Actor, value: str) -> Fill:
    """Yes or no was tapped. Raises ButtonExpired."""
    if value not in ("0", "1"):
        raise ButtonExpired
    return lambda _, filled: filled.with_(VALUE, Decimal(value))


async def report(context: Context, filled: Filled) -> Ending:
    """Keep what was reached."""
    number, note = GoalId(int(filled.draft.values[GOAL])), filled.draft.values.get(NOTE, "")
    if context.actor.chat.is_group:  # who plans there may report, too
        context.actor = await access.in_group(context, context.actor.chat, PLAN)

    def unit(stores: Stores) -> Told:
        service.report(stores, context.actor, number=number, value=filled[VALUE], note=note)
        return tell(stores, context, filled, number)

    return unit


TITLE = Field("title", WORDS, "goal.field_title", ask_title, hear_title)
DUE = Field("due", DAY, "goal.field_due", ask_due, hear_due, offer_days, pick_due, a_row=2)
MEASURE = Field("measure", MEASURE_CODEC, "goal.field_measure", ask_measure, hear_measure, offer_measures, pick_measure)
WEIGHT = Field("weight", NUMBER, "goal.field_weight", ask_weight, hear_weight, offer_weights, pick_weight, a_row=4)
LEVEL = Field("level", LEVEL_CODEC, "goal.field_level", ask_level, hear_press, offer_levels, pick_level, a_row=2)
WHERE = Field(HOME, WORDS, "goal.field_where", ask_where, hear_press, offer_where, pick_where)
VALUE = Field("value", DECIMAL, "goal.field_value", ask_value, hear_value, offer_values, pick_value, a_row=2)
FIELDS = (TITLE, DUE, MEASURE, goal_people.OWNER, WEIGHT, LEVEL, WHERE)
ADD = Form("goal", FIELDS, PLAN, add, preview, for_groups=True, usual={WEIGHT.name: "0"})
REPORT = Form("goal_report", (VALUE,), Permission.TAKE_PART, report, for_groups=True)
FORMS = (ADD, REPORT, ADJUST, goal_task.FORM)
