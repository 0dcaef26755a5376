"""The questions of the form that proposes an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.activity import planning, wishes
from domain.life.activity.model import (
    MAX_AIM_CHARS,
    MAX_FAMILY,
    MAX_NAME_CHARS,
    MAX_PLACE_CHARS,
    MAX_RESOURCES,
    MAX_TITLE_CHARS,
)
from domain.messaging.message import Text
from domain.people.actor import Actor
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working, wrong_day
from handlers.form import LINES, MOMENT, NUMBER, WORDS, Choice, Field, Fill, Filled, hear_press
from handlers.life.fields import AT, WRONG, asks, hears_deadline, hears_number, hears_words, offers, picks, read_moment
from language import activity as spoken
from language import deadline
from language import meeting as spoken_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.context import Context
    from handlers.form import AllStores as Stores


EVE, START, SAME, NONE, LATEST = "eve", "start", "same", "none", "latest"
LENGTHS = ("60", "120", "240", "480")  # minutes
CAPACITIES, BUDGETS = ("0", "20", "30", "50"), ("0", "500", "1000")


async def hear_when(context: Context) -> Fill:
    """Read day and time, and the place where it follows. Raises BadArguments."""
    due, place = await read_moment(context)
    group, now = context.actor.chat, context.now

    def fill(_: Stores, filled: Filled) -> Filled:
        dated = filled.with_(WHEN, due)
        if not dated.has(SIGN_UP) or dated[SIGN_UP] in (EVE, START):
            ends = planning.usual_end(group, due, now)
            dated = dated.with_(SIGN_UP, START if ends == due else EVE)
        return dated.with_(PLACE, place) if place else dated

    return fill


async def hear_until(context: Context) -> Fill:
    """Read when it ends, counted from its beginning. Raises BadArguments."""
    text, group, days = context.text, context.actor.chat, await working(context)

    def fill(_: Stores, filled: Filled) -> Filled:
        try:
            found = deadline.read(text, group.local(filled[WHEN]), working=days)
        except deadline.DeadlineError as error:
            raise wrong_day(error, WRONG) from error
        if found is None:
            raise BadArguments("activity.no_when")
        return filled.with_(UNTIL, f"{AT}{MOMENT.keep(found.due)}")

    return fill


async def hear_needed(context: Context) -> Fill:
    """Read what is needed, a line each. Raises BadArguments."""
    lines = tuple(one[:MAX_NAME_CHARS] for one in spoken_times.items(visible(context.text)))[:MAX_RESOURCES]
    if not any(map(spoken.needed, lines)):
        raise BadArguments("activity.no_needed")
    return lambda _, filled: filled.with_(NEEDED, lines)


def pick_none(_: Actor, value: str) -> Fill:
    """Nothing is needed. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: filled.with_(NEEDED, ())


def offer_wishes(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """What the group was asked lately, or nothing."""
    found = [
        Choice(Text("activity.wish_button", {"question": one.survey.question.text}), str(one.survey.id))
        for one in wishes.recent(stores, actor)
    ]
    return [*found, Choice(Text("activity.value_button", {"value": NONE}), NONE)]


def pick_wish(actor: Actor, value: str) -> Fill:
    """One of them was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value != NONE and value not in {str(one.survey.id) for one in wishes.recent(stores, actor)}:
            raise ButtonExpired
        return filled.with_(ASKED, value)

    return fill


TITLE: Field[str] = Field(
    "title",
    WORDS,
    "activity.field_title",
    asks("activity.ask_title"),
    hears_words(lambda: TITLE, "activity.no_title", MAX_TITLE_CHARS),
)
WHEN = Field("when", MOMENT, "activity.field_when", asks("activity.ask_when"), hear_when)
PLACE: Field[str] = Field(
    "where",
    WORDS,
    "activity.field_place",
    asks("activity.ask_place"),
    hears_words(lambda: PLACE, "activity.no_place", MAX_PLACE_CHARS),
)
AIM: Field[str] = Field(
    "aim",
    WORDS,
    "activity.field_aim",
    asks("activity.ask_aim"),
    hears_words(lambda: AIM, "activity.no_aim", MAX_AIM_CHARS),
)
CAPACITY: Field[int] = Field(
    "capacity",
    NUMBER,
    "activity.field_capacity",
    asks("activity.ask_capacity"),
    hears_number(lambda: CAPACITY, spoken.people, "activity.no_capacity"),
    offers("activity.capacity_button", *CAPACITIES),
    picks(lambda: CAPACITY, *CAPACITIES),
    a_row=4,
)
BUDGET: Field[int] = Field(
    "budget",
    NUMBER,
    "activity.field_budget",
    asks("activity.ask_budget"),
    hears_number(lambda: BUDGET, spoken.money, "activity.no_money"),
    offers("activity.budget_button", *BUDGETS),
    picks(lambda: BUDGET, *BUDGETS),
    a_row=3,
)
UNTIL: Field[str] = Field(
    "until",
    WORDS,
    "activity.field_until",
    asks("activity.ask_until"),
    hear_until,
    offers("activity.length_button", *LENGTHS),
    picks(lambda: UNTIL, *LENGTHS),
    a_row=4,
)
FAMILIES = tuple(map(str, range(MAX_FAMILY + 1)))
FAMILY: Field[int] = Field(
    "family",
    NUMBER,
    "activity.field_family",
    asks("activity.ask_family"),
    hear_press,
    offers("activity.bring_button", *FAMILIES),
    picks(lambda: FAMILY, *FAMILIES),
    a_row=4,
)
SIGN_UP: Field[str] = Field(
    "sign_up",
    WORDS,
    "activity.field_sign_up",
    asks("activity.ask_sign_up"),
    hears_deadline(lambda: SIGN_UP),
    offers("activity.value_button", EVE, START),
    picks(lambda: SIGN_UP, EVE, START),
    a_row=2,
)
SIGN_OFF: Field[str] = Field(
    "sign_off",
    WORDS,
    "activity.field_sign_off",
    asks("activity.ask_sign_off"),
    hears_deadline(lambda: SIGN_OFF),
    offers("activity.value_button", START, SAME),
    picks(lambda: SIGN_OFF, START, SAME),
    a_row=2,
)
NEEDED = Field(
    "needed",
    LINES,
    "activity.field_needed",
    asks("activity.ask_needed"),
    hear_needed,
    offers("activity.value_button", NONE),
    pick_none,
)
ASKED = Field("wished", WORDS, "activity.field_asked", asks("activity.ask_asked"), hear_press, offer_wishes, pick_wish)
