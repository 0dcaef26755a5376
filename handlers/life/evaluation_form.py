"""The form by which an office begins an evaluation."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import plain
from domain.ids import BranchId
from domain.life.evaluation import running, schemes
from domain.life.evaluation.cards import show_desk
from domain.life.evaluation.looking import is_office
from domain.life.evaluation.model import MAX_STAGE_DAYS, Publish
from domain.life.evaluation.refusing import NotInCharge
from domain.life.evaluation.running import Wish, places_for_roots
from domain.messaging.message import Message, Text
from domain.people import branch as branches
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.form import NUMBER, Choice, Codec, Ending, Field, Fill, Filled, Form, Told, hear_press
from handlers.life.fields import asks
from language.evaluation import dates_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
STAGES = 3
USUAL_DAYS = ((3, 3, 5), (5, 5, 5), (10, 10, 5))
NUMBERS = re.compile(r"\d{1,3}")
MONTHS, QUARTER = 12, 3
MAX_COUNTED_DAYS = 3 * 366


@dataclass(frozen=True, slots=True)
class Span:
    """Days, the first and the last among them."""

    first: date
    last: date


SPAN: Codec[Span] = Codec(
    lambda span: f"{span.first} {span.last}", lambda kept: Span(*map(date.fromisoformat, kept.split()))
)
DAYS_CODEC: Codec[tuple[int, ...]] = Codec(json.dumps, lambda kept: tuple(json.loads(kept)))
PUBLISH_CODEC: Codec[Publish] = Codec(str, Publish)


def offer_schemes(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The newest version of each."""
    return [
        Choice(Text("evaluation.scheme_button", {"version": one}), str(one.id)) for one in schemes.usable(stores, actor)
    ]


def _with_scheme(stores: Stores, actor: Actor, filled: Filled, version: int) -> Filled:
    """A scheme is known; where there is one place only, that, too."""
    chosen, found = filled.with_(SCHEME, version), places_for_roots(stores, actor, version=version)
    return chosen.with_(ROOT, int(found[0].id)) if len(found) == 1 else chosen


def pick_scheme(actor: Actor, value: str) -> Fill:
    """One was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {str(one.id) for one in schemes.usable(stores, actor)}:
            raise ButtonExpired
        return _with_scheme(stores, actor, filled, int(value))

    return fill


async def hear_scheme(context: Context) -> Fill:
    """Read its title. Raises BadArguments."""
    words, actor = plain.line(visible(context.text)), context.actor

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = [one for one in schemes.usable(stores, actor) if words and words in plain.line(one.title)]
        if len(found) != 1:
            raise BadArguments("draft.press_a_button")
        return _with_scheme(stores, actor, filled, found[0].id)

    return fill


def offer_roots(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """Where there is somebody to evaluate."""
    found = places_for_roots(stores, actor, version=filled[SCHEME])
    return [Choice(Text("evaluation.root_button", {"branch": one}), str(one.id)) for one in found]


def pick_root(actor: Actor, value: str) -> Fill:
    """One was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value not in {str(one.id) for one in places_for_roots(stores, actor, version=filled[SCHEME])}:
            raise ButtonExpired
        return filled.with_(ROOT, int(value))

    return fill


async def hear_root(context: Context) -> Fill:
    """Read the name of a branch. Raises UnknownBranch, AmbiguousBranch, NotInCharge in the transaction."""
    words, actor = plain.line(visible(context.text)), context.actor

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = branches.named(stores, words)
        if not is_office(stores, actor, found.id):
            raise NotInCharge
        return filled.with_(ROOT, int(found.id))

    return fill


def spans(today: date) -> Sequence[Span]:
    """This quarter and the last, this year and the last."""
    begins = date(today.year, (today.month - 1) // QUARTER * QUARTER + 1, 1)
    before = begins - timedelta(days=1)
    last = date(before.year, before.month - QUARTER + 1, 1)
    after = begins.month - 1 + QUARTER
    ends = date(begins.year + after // MONTHS, after % MONTHS + 1, 1) - timedelta(days=1)
    year = today.year
    return [
        Span(begins, ends),
        Span(last, before),
        Span(date(year, 1, 1), date(year, 12, 31)),
        Span(date(year - 1, 1, 1), date(year - 1, 12, 31)),
    ]


def offer_periods(_: Stores, actor: Actor, __: Filled) -> Sequence[Choice]:
    """The usual ones."""
    return [Choice(Text("evaluation.period_button", {"span": one}), SPAN.keep(one)) for one in spans(actor.today)]


def pick_period(actor: Actor, value: str) -> Fill:
    """One was tapped. Raises ButtonExpired."""
    return lambda _, filled: filled.with_(PERIOD, span_in(value, actor.today.year, ButtonExpired()))


def span_in(words: str, year: int, otherwise: Exception) -> Span:
    """Two days in order, of three years at most, of `year` where none is written. Raises `otherwise`."""
    found = dates_in(words, year)
    if len(found) != 2 or not 0 <= (found[1] - found[0]).days < MAX_COUNTED_DAYS:  # noqa: PLR2004 - a first and a last day
        raise otherwise
    return Span(*found)


async def hear_period(context: Context) -> Fill:
    """Read two days. Raises BadArguments."""
    span = span_in(plain.line(visible(context.text)), context.actor.today.year, BadArguments("evaluation.no_period"))
    return lambda _, filled: filled.with_(PERIOD, span)


def offer_days(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The usual ones."""
    return [Choice(Text("evaluation.days_button", {"days": one}), "-".join(map(str, one))) for one in USUAL_DAYS]


def days_in(words: str, otherwise: Exception) -> tuple[int, ...]:
    """Three numbers of workdays. Raises what is given."""
    found = tuple(map(int, NUMBERS.findall(words)))
    if len(found) != STAGES or not all(1 <= one <= MAX_STAGE_DAYS for one in found):
        raise otherwise
    return found


def pick_days(_: Actor, value: str) -> Fill:
    """They were tapped. Raises ButtonExpired."""
    return lambda _, filled: filled.with_(DAYS, days_in(value, ButtonExpired()))


async def hear_days(context: Context) -> Fill:
    """Read three numbers. Raises BadArguments."""
    days = days_in(plain.line(visible(context.text)), BadArguments("evaluation.no_days", most=MAX_STAGE_DAYS))
    return lambda _, filled: filled.with_(DAYS, days)


def offer_publish(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All, grades, or each their own."""
    return [Choice(Text("evaluation.publish_button", {"publish": one}), one) for one in Publish]


def pick_publish(_: Actor, value: str) -> Fill:
    """It was tapped. Raises ButtonExpired."""
    if value not in set(Publish):
        raise ButtonExpired
    return lambda _, filled: filled.with_(PUBLISH, Publish(value))


def wish_of(filled: Filled) -> Wish:
    """What the form asks for."""
    span, (own, review, public) = filled[PERIOD], filled[DAYS]
    root = BranchId(filled[ROOT])
    return Wish(filled[SCHEME], root, span.first, span.last, (own, review, public), filled[PUBLISH])


def preview(stores: Stores, filled: Filled) -> Message:
    """Who would be evaluated, and who has nobody to speak for them."""
    return Message("evaluation.preview", {"outline": running.outline(stores, wish=wish_of(filled))})


async def begin(context: Context, filled: Filled) -> Ending:
    """Begin it; the office gets the card by which it is run."""
    actor, private = context.actor, filled.draft.chat

    def unit(stores: Stores) -> Told:
        made = running.begin(stores, actor, wish=wish_of(filled), source=f"draft:{filled.draft.id}")
        show_desk(stores, made, private, key=str(made.desk))
        return Told()

    return unit


SCHEME = Field(
    "scheme", NUMBER, "evaluation.field_scheme", asks("evaluation.ask_scheme"), hear_scheme, offer_schemes, pick_scheme
)
ROOT = Field("root", NUMBER, "evaluation.field_root", asks("evaluation.ask_root"), hear_root, offer_roots, pick_root)
PERIOD = Field(
    "period", SPAN, "evaluation.field_period", asks("evaluation.ask_period"), hear_period, offer_periods, pick_period
)
DAYS = Field("days", DAYS_CODEC, "evaluation.field_days", asks("evaluation.ask_days"), hear_days, offer_days, pick_days)
PUBLISH = Field(
    "publish",
    PUBLISH_CODEC,
    "evaluation.field_publish",
    asks("evaluation.ask_publish"),
    hear_press,
    offer_publish,
    pick_publish,
)
FORM = Form("evaluation", (SCHEME, ROOT, PERIOD, DAYS, PUBLISH), PLAN, begin, preview)
