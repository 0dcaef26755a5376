"""The questions of a training's form: subject, length, quarter, and what usually need not be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plain
from domain.ids import QuestionId
from domain.life.training.model import FARTHEST_QUARTERS, HUNDRED, MAX_MINUTES, MAX_SUBJECT_CHARS, MAX_VALID_MONTHS
from domain.life.training.quarter import QUARTERS, Quarter
from domain.messaging.message import Text
from domain.study.question import MAX_TOPIC_CHARS
from domain.study.sets import service as sets
from domain.study.sets import testing
from domain.study.sets.picking import askable
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.form import NUMBER, WORDS, Choice, Codec, Field, Fill, Filled, hear_press
from handlers.life.fields import asks
from handlers.life.training_whom import group_of
from language import training as spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

NO, YES, NONE = "no", "yes", "none"
TOPICS = 6
HOURS = ("1", "2", "4", "8")
MONTHS = ("12", "24", "36")
PASSES = ("60", "80", "90")
QUARTERS_OFFERED = 4
BOOL: Codec[bool] = Codec(lambda one: YES if one else NO, lambda kept: kept == YES)
MAYBE: Codec[int | None] = Codec(
    lambda one: NONE if one is None else str(one), lambda kept: None if kept == NONE else int(kept)
)
QUARTER_CODEC: Codec[Quarter] = Codec(
    lambda one: f"{one.year}-{one.number}", lambda kept: Quarter(*map(int, kept.split("-")))
)


# The topic of a test; `None` without one. Words are kept behind a sign, so that no topic looks like none.
TOPIC_CODEC: Codec[str | None] = Codec(
    lambda topic: NONE if topic is None else f"={topic}", lambda kept: None if kept == NONE else kept[1:]
)


async def hear_subject(context: Context) -> Fill:
    """Read the subject. Raises BadArguments."""
    words = plain.tidy(visible(context.text))
    if not plain.key(words) or len(words) > MAX_SUBJECT_CHARS:
        raise BadArguments("training.no_subject")
    return lambda _, filled: filled.with_(SUBJECT, words)


def offer_hours(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The usual lengths."""
    return [Choice(Text("training.hours_button", {"hours": int(one)}), one) for one in HOURS]


def _minutes(words: str) -> Fill:
    minutes = spoken.minutes(words)
    if minutes is None or not 0 < minutes <= MAX_MINUTES:
        raise BadArguments("training.wrong_hours", most=MAX_MINUTES // 60)
    return lambda _, filled: filled.with_(MINUTES, minutes)


async def hear_hours(context: Context) -> Fill:
    """Read a length. Raises BadArguments."""
    return _minutes(plain.line(context.text))


def pick_hours(_: Actor, value: str) -> Fill:
    """A length was tapped. Raises BadArguments."""
    return _minutes(value)


def offer_quarters(_: Stores, actor: Actor, __: Filled) -> Sequence[Choice]:
    """The one that runs and those that come."""
    now = Quarter.of(actor.today)
    coming = [now.later(step) for step in range(QUARTERS_OFFERED)]
    return [Choice(Text("training.quarter_button", {"quarter": one}), QUARTER_CODEC.keep(one)) for one in coming]


def _quarter(actor: Actor, found: Quarter | None) -> Fill:
    now = Quarter.of(actor.today)
    last = now.later(FARTHEST_QUARTERS)
    if found is None or not now <= found <= last:
        raise BadArguments("training.wrong_quarter", first=now, last=last)
    return lambda _, filled: filled.with_(QUARTER, found)


async def hear_quarter(context: Context) -> Fill:
    """Read a quarter. Raises BadArguments."""
    found = spoken.quarter(plain.line(context.text), context.actor.today)
    return _quarter(context.actor, None if found is None else Quarter(*found))


def pick_quarter(actor: Actor, value: str) -> Fill:
    """A quarter was tapped. Raises BadArguments, ButtonExpired."""
    year, _, number = value.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 0 < int(number) <= QUARTERS):
        raise ButtonExpired
    return _quarter(actor, Quarter(int(year), int(number)))


def offer_required(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """Both ways."""
    return [Choice(Text("training.required_button", {"required": one}), BOOL.keep(one)) for one in (True, False)]


def pick_required(_: Actor, value: str) -> Fill:
    """One was tapped. Raises ButtonExpired."""
    if value not in (YES, NO):
        raise ButtonExpired
    return lambda _, filled: filled.with_(REQUIRED, value == YES)


def offer_valid(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """For ever, or some years."""
    return [Choice(Text("training.valid_button", {"months": MAYBE.load(one)}), one) for one in (NONE, *MONTHS)]


def _valid(words: str) -> Fill:
    months = None if words == NONE else spoken.months(words)
    if words != NONE and (months is None or not 0 < months <= MAX_VALID_MONTHS):
        raise BadArguments("training.wrong_validity", most=MAX_VALID_MONTHS)
    return lambda _, filled: filled.with_(VALID, months)


async def hear_valid(context: Context) -> Fill:
    """Read a number of months. Raises BadArguments."""
    return _valid(plain.line(context.text))


def pick_valid(_: Actor, value: str) -> Fill:
    """A time was tapped. Raises BadArguments."""
    return _valid(value)


def offer_tests(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """None, or what there are enough questions about; a topic is told by one of its questions."""
    found = askable(stores, actor.group, actor.today, ())
    first = {one.question.topic: one.id for one in reversed(found)}
    counted = [(topic, count) for topic, count in sets.topics(found).items() if count >= testing.FEWEST][:TOPICS]
    named = [
        Choice(Text("training.topic_button", {"topic": topic, "count": count}), str(first[topic]))
        for topic, count in counted
    ]
    every = [Choice(Text("training.topic_button", {"topic": "", "count": len(found)}), "0")]
    return [Choice(Text("training.no_test_button"), NONE), *named, *(every if len(found) >= testing.FEWEST else ())]


def pick_test(_: Actor, value: str) -> Fill:
    """A topic was tapped. Raises ButtonExpired."""
    if value == NONE:
        return lambda _, filled: filled.with_(TOPIC, None)
    if not value.isdecimal():
        raise ButtonExpired

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = None if value == "0" else stores.questions.get(QuestionId(int(value)))
        if value != "0" and found is None:
            raise ButtonExpired
        return filled.with_(TOPIC, "" if found is None else found.question.topic)

    return fill


async def hear_test(context: Context) -> Fill:
    """Read a topic. Raises TooFewQuestions where there is too little to ask."""
    topic, now = plain.tidy(context.text, MAX_TOPIC_CHARS), context.now

    def fill(stores: Stores, filled: Filled) -> Filled:
        testing.check(stores, group_of(stores, filled), topic, now)
        return filled.with_(TOPIC, topic)

    return fill


def offer_passes(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The usual ones."""
    return [Choice(Text("training.pass_button", {"mark": int(one)}), one) for one in PASSES]


def _pass(words: str) -> Fill:
    mark = spoken.mark(words)
    if mark is None or not 0 < mark <= HUNDRED:
        raise BadArguments("training.wrong_pass")
    return lambda _, filled: filled.with_(PASS, mark)


async def hear_pass(context: Context) -> Fill:
    """Read a pass mark. Raises BadArguments."""
    return _pass(plain.line(context.text))


def pick_pass(_: Actor, value: str) -> Fill:
    """A mark was tapped. Raises BadArguments."""
    return _pass(value)


SUBJECT = Field("subject", WORDS, "training.field_subject", asks("training.ask_subject"), hear_subject)
MINUTES = Field(
    "minutes", NUMBER, "training.field_hours", asks("training.ask_hours"), hear_hours, offer_hours, pick_hours, a_row=4
)
QUARTER = Field(
    "quarter",
    QUARTER_CODEC,
    "training.field_quarter",
    asks("training.ask_quarter"),
    hear_quarter,
    offer_quarters,
    pick_quarter,
    a_row=2,
)
REQUIRED = Field(
    "required",
    BOOL,
    "training.field_required",
    asks("training.ask_required"),
    hear_press,
    offer_required,
    pick_required,
    a_row=2,
)
VALID = Field(
    "valid", MAYBE, "training.field_valid", asks("training.ask_valid"), hear_valid, offer_valid, pick_valid, a_row=2
)
TOPIC = Field("topic", TOPIC_CODEC, "training.field_test", asks("training.ask_test"), hear_test, offer_tests, pick_test)
PASS = Field(
    "pass", NUMBER, "training.field_pass", asks("training.ask_pass"), hear_pass, offer_passes, pick_pass, a_row=3
)
