"""The form of /survey: the question, its options, with names or anonymous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.voice import survey
from domain.voice.naming import Naming
from domain.voice.survey import MAX_QUESTION_CHARS, Question, TooLong
from handlers.arguments import BAR, BadArguments, visible
from handlers.form import WORDS, Codec, Ending, Field, Fill, Filled, Form
from handlers.voice import naming

if TYPE_CHECKING:
    from domain.voice.features import Stores
    from handlers.context import Context


LINES: Codec[tuple[str, ...]] = Codec("\n".join, lambda kept: tuple(kept.split("\n")))


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


def question_of(filled: Filled) -> Question:
    """The complete question."""
    return Question(filled[QUESTION], filled[OPTIONS], filled[NAMES] is Naming.ANONYMOUS)


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
NAMES = naming.field("survey.field_names", ask_names, "survey.ask_names")
FORM = Form("survey", (QUESTION, OPTIONS, NAMES), Permission.ASK_SURVEYS, post, preview, for_groups=True)
