"""The forms of /survey: step by step, and the preview of a one-liner that was not understood to its end."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.voice import survey
from domain.voice.naming import Naming
from domain.voice.survey import MAX_QUESTION_CHARS, ClosingPassed, Question, TooLong
from handlers.action import ButtonExpired
from handlers.arguments import BAR, BadArguments, visible, working
from handlers.form import WORDS, AskAgain, Choice, Codec, Ending, Field, Fill, Filled, Form
from handlers.voice import arguments, naming
from language import ballot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from handlers.context import Context
    from handlers.voice.arguments import SurveyArguments
    from language.ballot import Ballot


class Choices(StrEnum):
    """How many options one person may choose."""

    ONE = "one"
    SEVERAL = "several"


UNREAD, SOURCE = "unread", "source"  # keys of a draft: what was not understood, and the command that is previewed
LINES: Codec[tuple[str, ...]] = Codec("\n".join, lambda kept: tuple(kept.split("\n")))
MOMENT: Codec[datetime | None] = Codec(
    lambda at: "" if at is None else at.isoformat(), lambda kept: datetime.fromisoformat(kept) if kept else None
)
CHOICE: Codec[Choices] = Codec(str, Choices)
CHOICE_BUTTONS = {Choices.ONE: "survey.one_button", Choices.SEVERAL: "survey.several_button"}


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
    """Read the options, one per line or separated by bars, and instructions among them.

    What only looks like an instruction is an option here: the preview shows it, and says so. Raises ClosingPassed and
    the refusals of Question.
    """
    lines = BAR.sub("\n", context.text).splitlines()
    written = list(filter(None, map(visible, lines)))
    read = arguments.parts(["", *written], context.actor.chat, context.now, await working(context))
    doubted = set(read.unread)
    options = tuple(one for one in written if one in read.options or plain.tidy(one) in doubted)

    def fill(_: Stores, filled: Filled) -> Filled:
        return _noted(filled.with_(OPTIONS, Question(filled[QUESTION], options).options), read)

    return fill


def _noted(filled: Filled, read: Ballot) -> Filled:
    """The form with what instructions among the options say."""
    if read.anonymous is not None:
        filled = filled.with_(NAMES, Naming.ANONYMOUS if read.anonymous else Naming.NAMED)
    if read.multiple is not None:
        filled = filled.with_(CHOICES, Choices.SEVERAL if read.multiple else Choices.ONE)
    if read.closes_at is not None:
        filled = filled.with_(CLOSING, read.closes_at)
    return Filled(filled.draft.filled(**{UNREAD: LINES.keep(read.unread)}))


def ask_names(_: Stores, __: Filled) -> Message:
    """Ask whether answers are shown with names."""
    return Message("survey.ask_names")


def ask_choices(_: Stores, __: Filled) -> Message:
    """Ask whether one person may choose several options."""
    return Message("survey.ask_choices")


def offer_choices(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """One, or several."""
    return [Choice(Text(text), one.value) for one, text in CHOICE_BUTTONS.items()]


async def hear_choices(context: Context) -> Fill:
    """Read 单选 or 多选. Raises BadArguments."""
    multiple = ballot.read(["", context.text], context.now).multiple
    if multiple is None:
        raise BadArguments("survey.ask_choices")
    return _chosen(Choices.SEVERAL if multiple else Choices.ONE)


def pick_choices(_: Actor, value: str) -> Fill:
    """One of the two was tapped. Raises ButtonExpired."""
    if value not in {one.value for one in Choices}:
        raise ButtonExpired
    return _chosen(Choices(value))


def _chosen(choices: Choices) -> Fill:
    return lambda _, filled: filled.with_(CHOICES, choices)


def ask_closing(_: Stores, __: Filled) -> Message:
    """Ask when the survey closes."""
    return Message("survey.ask_closing")


def offer_usual(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The usual time."""
    return [Choice(Text("survey.usual_button"), "usual")]


async def hear_closing(context: Context) -> Fill:
    """Read a closing time. Raises BadArguments, ClosingPassed."""
    due = arguments.closing(context.text, context.actor.chat, context.now, await working(context))
    return lambda _, filled: _closing_at(filled, due)


def pick_usual(_: Actor, value: str) -> Fill:
    """The usual time was tapped. Raises ButtonExpired."""
    if value != "usual":
        raise ButtonExpired
    return lambda _, filled: _closing_at(filled, None)


def _closing_at(filled: Filled, due: datetime | None) -> Filled:
    """The form with its closing time; what was not understood has been looked at."""
    return Filled(filled.with_(CLOSING, due).draft.without(UNREAD))


def question_of(filled: Filled) -> Question:
    """The complete question."""
    several = filled.has(CHOICES) and filled[CHOICES] is Choices.SEVERAL
    return Question(filled[QUESTION], filled[OPTIONS], filled[NAMES] is Naming.ANONYMOUS, several)


def closing_of(filled: Filled) -> datetime | None:
    """The closing time; `None` for the usual one."""
    return filled[CLOSING] if filled.has(CLOSING) else None


def preview(_: Stores, filled: Filled) -> Message:
    """What the group will see, and what was not understood."""
    question = question_of(filled)
    values = {"question": question.text, "options": question.options, "anonymous": question.anonymous}
    unread = [one for one in LINES.load(filled.draft.values.get(UNREAD, "")) if one]
    more = {"multiple": question.multiple, "closes_at": closing_of(filled), "unread": unread}
    return Message("survey.preview", {**values, **more})


async def post(context: Context, filled: Filled) -> Ending:
    """Post the survey."""

    def ask(stores: Stores) -> None:
        survey.ask(
            stores,
            context.actor,
            question=question_of(filled),
            closes_at=closing_of(filled),
            source=filled.draft.values.get(SOURCE, f"draft:{filled.draft.id}"),
            thread=context.thread,
        )

    return ask


async def post_previewed(context: Context, filled: Filled) -> Ending:
    """Post the survey of a previewed one-liner. Raises AskAgain where its closing time is over by now."""
    closes_at = closing_of(filled)
    if closes_at is not None and closes_at <= context.now:
        raise AskAgain(CLOSING, ClosingPassed())
    return await post(context, filled)


def known(wanted: SurveyArguments, source: str) -> Mapping[str, str]:
    """The answers that a one-liner has given already, for its preview."""
    question = wanted.question
    return {
        QUESTION.name: question.text,
        OPTIONS.name: LINES.keep(tuple(option.replace("\n", " ") for option in question.options)),
        NAMES.name: naming.CODEC.keep(Naming.ANONYMOUS if question.anonymous else Naming.NAMED),
        CHOICES.name: CHOICE.keep(Choices.SEVERAL if question.multiple else Choices.ONE),
        CLOSING.name: MOMENT.keep(wanted.closes_at),
        UNREAD: LINES.keep(wanted.unread),
        SOURCE: source,
    }


QUESTION = Field("question", WORDS, "survey.field_question", ask_question, hear_question)
OPTIONS = Field("options", LINES, "survey.field_options", ask_options, hear_options)
NAMES = naming.field("survey.field_names", ask_names, "survey.ask_names")
CHOICES = Field(
    "choices", CHOICE, "survey.field_choices", ask_choices, hear_choices, offer_choices, pick_choices, a_row=2
)
CLOSING = Field("closing", MOMENT, "survey.field_closing", ask_closing, hear_closing, offer_usual, pick_usual)
FORM = Form("survey", (QUESTION, OPTIONS, NAMES), Permission.ASK_SURVEYS, post, preview, for_groups=True)
PREVIEW = Form(
    "survey_preview", (QUESTION, OPTIONS, NAMES, CHOICES, CLOSING), Permission.ASK_SURVEYS, post_previewed, preview
)
