"""Surveys in chat: /survey."""

from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.messaging import draft as drafts
from domain.people.permission import Permission
from domain.voice import survey
from handlers.access import Needs
from handlers.arguments import after_command, working
from handlers.command import Command, Key, Press
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.messaging import form
from handlers.messaging.asking import REPLY_TO
from handlers.voice import arguments, questionnaire, survey_card
from handlers.voice.survey_form import FORM, NAMES, PREVIEW, SOURCE, known

if TYPE_CHECKING:
    from domain.voice.features import Stores

ASK = Needs(in_group=Permission.ASK_SURVEYS)


async def ask(_: Update, context: Context) -> None:
    """/survey QUESTION | OPTION | OPTION …, with instructions: ask the group. What is not understood is asked about."""
    words = after_command(context.text)
    if not words:
        await questionnaire.choose(context)
        return
    wanted = arguments.survey(words, context.actor.group, context.now, await working(context))
    if wanted.unread:
        await form.begin(context, PREVIEW, known(wanted, context.source))
        return
    use_case = partial(
        survey.ask,
        actor=context.actor,
        question=wanted.question,
        closes_at=wanted.closes_at,
        source=context.source,
        thread=context.thread,
    )

    def unit(stores: "Stores") -> None:
        use_case(stores)
        previewed = stores.drafts.open_of(context.actor.member.id, context.actor.chat.id)
        if previewed is not None and previewed.values.get(SOURCE) == context.source:
            drafts.finish(stores, previewed)  # the command was edited and is clear now

    await context.run(unit)


async def ask_group(_: Update, context: Context) -> None:
    """The key of the fixed keyboard: ask one of the sender's groups, from private."""
    await questionnaire.choose(context)


async def press_one(_: Update, context: Context) -> None:
    """Button: one question. In a group what is typed answers the command again, so that the bot hears it."""
    if not context.actor.chat.is_group:
        await form.begin_for_group(context, FORM, pressed=True)
    else:
        command = context.pressed.numbers(1)[0]
        await form.begin_in_place(context, FORM, {REPLY_TO: str(command)} if command else {})
    context.acknowledge()


async def press_post(_: Update, context: Context) -> None:
    """A button of an earlier version: with names or anonymous. The new preview is shown before anything is sent."""
    await form.choose_formerly(context, NAMES.name)


FEATURE = Feature(
    "survey",
    handlers=(
        Command("survey", ask, ASK),
        Press("draft.post", press_post),
        *survey_card.HANDLERS,
        Press("survey.one", press_one, Permission.SEE_OWN),
        Key("survey.key", ask_group, Permission.ASK_SURVEYS, 60, command="survey"),
    ),
    entries=(
        Entry("survey", "survey", ASK, 20, frozenset({Audience.SECRETARIES}), help=Help(20, Section.IN_CHARGE)),
        survey_card.ENTRY,
    ),
    hears=survey_card.hears,
    forms=(FORM, PREVIEW),
)
