"""The form of /survey: the question, its options, with names or anonymous."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.voice import survey
from domain.voice.survey import MAX_QUESTION_CHARS, Question, TooLong
from handlers.action import ButtonExpired
from handlers.arguments import BAR, BadArguments, visible
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form
from handlers.voice.arguments import ANONYMOUS, NAMED

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from handlers.context import Context


class Names(StrEnum):
    """Whether the group sees who chose what."""

    NAMED = "named"
    ANONYMOUS = "anonymous"


LINES: Codec[tuple[str, ...]] = Codec("\n".join, lambda kept: tuple(kept.split("\n")))
NAMES_CODEC: Codec[Names] = Codec(str, Names)
# The values of the buttons of an earlier version: whether it is anonymous.
FORMERLY = {"0": Names.NAMED, "1": Names.ANONYMOUS}
BUTTONS = {Names.NAMED: "survey.named_button", Names.ANONYMOUS: "survey.anonymous_button"}


def ask_question(_: Stores, __: Filled) -> Message:
    """Ask for the survey's question."""
    return Message("survey.ask_question")


async def hear_question(context: Context) -> Fill:
    """Read the question. Raises BadArguments, TooLong."""
    words = visible(context.text)
    if not words:
        raise BadArguments("survey.no_question")
    if len(words) > MAX_QUESTION_CHARS:
        raise TooLong(words=words, most=MAX_QUESTION_CHARS)
    return lambda _, filled: filled.with_(QUESTION, words)


def ask_options(_: Stores, filled: Filled) -> Message:
    """Ask for the options."""
    return Message("survey.ask_options", {"question": filled[QUESTION]})


async def hear_options(context: Context) -> Fill:
    """Read the options, one per line or separated by bars. Raises the refusals of Question."""
    lines = BAR.sub("\n", context.text).splitlines()
    options = tuple(filter(None, map(visible, lines)))

    def fill(_: Stores, filled: Filled) -> Filled:
        return filled.with_(OPTIONS, Question(filled[QUESTION], options).options)

    return fill


def ask_names(_: Stores, __: Filled) -> Message:
    """Ask whether answers are shown with names."""
    return Message("survey.ask_names")


def offer_names(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The two choices."""
    return [Choice(Text(text), names.value) for names, text in BUTTONS.items()]


async def hear_names(context: Context) -> Fill:
    """Read 匿名 or 实名. Raises BadArguments."""
    words = plain.line(context.text).lower()
    anonymous, named = words in ANONYMOUS, words in NAMED
    if not anonymous and not named:
        raise BadArguments("survey.ask_names")
    names = Names.ANONYMOUS if anonymous else Names.NAMED
    return lambda _, filled: filled.with_(NAMES, names)


def pick_names(_: Actor, value: str) -> Fill:
    """One of the two was tapped. Raises ButtonExpired."""
    names = FORMERLY.get(value) or next((one for one in Names if one.value == value), None)
    if names is None:
        raise ButtonExpired
    return lambda _, filled: filled.with_(NAMES, names)


def question_of(filled: Filled) -> Question:
    """The complete question."""
    return Question(filled[QUESTION], filled[OPTIONS], filled[NAMES] is Names.ANONYMOUS)


def preview(_: Stores, filled: Filled) -> Message:
    """What the group will see."""
    question = question_of(filled)
    values = {"question": question.text, "options": question.options, "anonymous": question.anonymous}
    return Message("survey.preview", values)


async def post(context: Context, filled: Filled) -> Ending:
    """Post the survey."""

    def ask(stores: Stores) -> None:
        survey.ask(
            stores,
            context.actor,
            question=question_of(filled),
            closes_at=None,
            source=f"draft:{filled.draft.id}",
            thread=context.thread,
        )

    return ask


QUESTION = Field("question", WORDS, "survey.field_question", ask_question, hear_question)
OPTIONS = Field("options", LINES, "survey.field_options", ask_options, hear_options)
NAMES = Field(
    "names", NAMES_CODEC, "survey.field_names", ask_names, hear_names, offer_names, pick_names, a_row=len(BUTTONS)
)
FORM = Form("survey", (QUESTION, OPTIONS, NAMES), Permission.ASK_SURVEYS, post, preview)
