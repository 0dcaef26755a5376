"""The form of an adjustment: what changes, into what, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.ids import GoalId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.work.goal import service
from domain.work.goal.model import YES_NO, GoalState, Happened
from handlers.action import ButtonExpired
from handlers.arguments import working
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, Told, hear_press
from handlers.work import goal_people, goal_reading
from handlers.work.goal_draft import goal_of, month_end, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.people.actor import Actor
    from domain.work.goal.model import Goal
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
TOP, MAX_OFFERED = "0", 8
NOTHING = ""  # the value of what needs none


class Aspect(StrEnum):
    """What of a goal is adjusted."""

    CARRY = "carry"  # to the next period
    DUE = "due"
    MEASURE = "measure"
    WEIGHT = "weight"
    TITLE = "title"
    OWNER = "owner"
    PARENT = "parent"
    DROP = "drop"


ASPECT_CODEC: Codec[Aspect] = Codec(str, Aspect)


def ask_aspect(stores: Stores, filled: Filled) -> Message:
    """Ask what changes."""
    return Message("goal.ask_aspect", {"goal": goal_of(stores, filled)})


def offer_aspects(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """All that can be adjusted; where a goal would be carried over to is said."""
    day = carried(goal_of(stores, filled))
    return [Choice(Text("goal.aspect_button", {"aspect": one, "day": day}), one.value) for one in Aspect]


def carried(goal: Goal) -> date:
    """The last day after a goal was carried over: the end of the next month, of a year's goal that of the next year."""
    if goal.due.month == 12 and (goal.due - goal.since) > timedelta(days=180):  # noqa: PLR2004 - December, half a year
        return date(goal.due.year + 1, 12, 31)
    return month_end(month_end(goal.due) + timedelta(days=1))


def pick_aspect(_: Actor, value: str) -> Fill:
    """It was tapped; carrying over and dropping need no value. Raises ButtonExpired."""
    if value not in tuple(Aspect):
        raise ButtonExpired
    aspect = Aspect(value)

    def fill(stores: Stores, filled: Filled) -> Filled:
        chosen = filled.with_(ASPECT, aspect)
        if aspect is Aspect.CARRY:
            return chosen.with_(VALUE, carried(goal_of(stores, filled)).isoformat())
        return chosen.with_(VALUE, NOTHING) if aspect is Aspect.DROP else chosen

    return fill


def ask_value(stores: Stores, filled: Filled) -> Message:
    """Ask into what it changes."""
    if filled[ASPECT] is Aspect.OWNER:
        return goal_people.ask(stores, filled)
    return Message("goal.ask_new", {"aspect": filled[ASPECT], "goal": goal_of(stores, filled)})


def offer_values(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """What can be tapped, by what changes."""
    goal = goal_of(stores, filled)
    match filled[ASPECT]:
        case Aspect.OWNER:
            return goal_people.offer(stores, actor, filled)
        case Aspect.MEASURE:
            return [Choice(Text("goal.yes_no_button"), goal_reading.keep_measure(YES_NO))]
        case Aspect.WEIGHT:
            return [
                Choice(Text("goal.weight_button", {"weight": one}), str(one)) for one in (0, 10, 20, 25, 30, 40, 50)
            ]
        case Aspect.PARENT:
            return _parents(stores, goal)
        case _:
            return ()


def _parents(stores: Stores, goal: Goal) -> Sequence[Choice]:
    """Goals that it may stand below: those of its home, and of the branches above; others are named by number."""
    below = {one.id for one in stores.goals.below(goal.id)}
    found = [one for one in stores.goals.of(goal.home) if one.home == goal.home]
    if goal.home.branch is not None:
        for above in stores.branches.ancestors(goal.home.branch)[1:]:
            home = replace(goal.home, branch=above.id)
            found += [one for one in stores.goals.of(home) if one.home == home]
    fitting = [one for one in found if one.is_open and one.id not in below and one.level.depth <= goal.level.depth]
    named = [Choice(Text("goal.parent_button", {"goal": one}), str(one.id)) for one in fitting[:MAX_OFFERED]]
    return [*named, Choice(Text("goal.top_button"), TOP)]


async def hear_value(context: Context) -> Fill:
    """Read the new value. Raises BadArguments, Nobody."""
    name = await goal_people.hear(context)
    text, actor, at_work = context.text, context.actor, await working(context)

    def fill(stores: Stores, filled: Filled) -> Filled:
        aspect = filled[ASPECT]
        if aspect is Aspect.OWNER:
            return _owned(name(stores, filled))
        match aspect:
            case Aspect.DUE:
                value = goal_reading.day(text, actor.chat, actor.now, at_work).isoformat()
            case Aspect.MEASURE:
                value = goal_reading.keep_measure(goal_reading.measure(text))
            case Aspect.WEIGHT:
                value = str(goal_reading.weight(text))
            case Aspect.PARENT:
                value = str(goal_reading.goal_number(text))
            case _:
                value = goal_reading.title(text)
        return filled.with_(VALUE, value)

    return fill


def _owned(filled: Filled) -> Filled:
    """The person of the answer as the value, once it is clear who is meant."""
    return filled.with_(VALUE, filled[goal_people.OWNER]) if filled.has(goal_people.OWNER) else filled


def pick_value(actor: Actor, value: str) -> Fill:
    """A value was tapped. Raises ButtonExpired for one that was not offered."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer_values(stores, actor, filled)}:
            raise ButtonExpired
        if filled[ASPECT] is Aspect.OWNER:
            return _owned(goal_people.pick(actor, value)(stores, filled))
        return filled.with_(VALUE, value)

    return fill


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why."""
    day = filled[VALUE] if filled[ASPECT] is Aspect.CARRY else ""
    values = {
        "aspect": filled[ASPECT],
        "goal": goal_of(stores, filled),
        "day": date.fromisoformat(day) if day else None,
    }
    return Message("goal.ask_reason", values)


async def hear_reason(context: Context) -> Fill:
    """Read it. Raises BadArguments."""
    words = goal_reading.reason(context.text)
    return lambda _, filled: filled.with_(REASON, words)


def _wanted(stores: Stores, filled: Filled, actor: Actor) -> Goal:
    """The goal as it is to be."""
    goal, value = goal_of(stores, filled), filled[VALUE]
    if filled[ASPECT] is Aspect.OWNER:
        return replace(goal, owner=goal_people.member(stores, goal.home, value, actor))
    return INTO[filled[ASPECT]](goal, value)


def _due(goal: Goal, value: str) -> Goal:
    return replace(goal, due=date.fromisoformat(value))


INTO: Mapping[Aspect, Callable[[Goal, str], Goal]] = {
    Aspect.CARRY: _due,
    Aspect.DUE: _due,
    Aspect.MEASURE: lambda goal, value: replace(goal, measure=goal_reading.load_measure(value)),
    Aspect.WEIGHT: lambda goal, value: replace(goal, weight=int(value)),
    Aspect.TITLE: lambda goal, value: replace(goal, title=value),
    Aspect.PARENT: lambda goal, value: replace(goal, parent=None if value == TOP else GoalId(int(value))),
    Aspect.DROP: lambda goal, _: replace(goal, state=GoalState.DROPPED),
}


WHAT = {Aspect.CARRY: Happened.CARRIED, Aspect.DROP: Happened.DROPPED}


async def adjust(context: Context, filled: Filled) -> Ending:
    """Adjust it; whoever does sees it."""
    what = WHAT.get(filled[ASPECT], Happened.CHANGED)

    def unit(stores: Stores) -> Told:
        wanted = _wanted(stores, filled, context.actor)
        service.adjust(stores, context.actor, wanted=wanted, reason=filled[REASON], what=what)
        return tell(stores, context, filled, wanted.id)

    return unit


ASPECT = Field("aspect", ASPECT_CODEC, "goal.field_aspect", ask_aspect, hear_press, offer_aspects, pick_aspect, a_row=2)
VALUE = Field("new", WORDS, "goal.field_value", ask_value, hear_value, offer_values, pick_value, a_row=2)
REASON = Field("reason", WORDS, "goal.field_reason", ask_reason, hear_reason)
FORM = Form("goal_adjust", (ASPECT, VALUE, REASON), PLAN, adjust, for_groups=True)
