"""Merging in private, from the triage: which suggestions are similar, merge, undo."""

import asyncio
from functools import partial

from telegram import Update

from domain.ids import SuggestionId
from domain.messaging.message import Action, Button, Message
from domain.voice.suggestion import Backed, Suggestion, letters, merging
from domain.voice.suggestion.merging import Merged
from handlers.command import PrivatePress
from handlers.context import Context
from handlers.feature import Feature
from language import similar


async def press_alike(_: Update, context: Context) -> None:
    """Button: show what is similar to a suggestion, to merge it. Raises Gone for those who do not look after it."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    actor = context.actor
    one = await context.read(partial(letters.correspondence, actor=actor, number=number))
    others = await context.read(partial(merging.compared, actor=actor, number=number))
    found = await asyncio.to_thread(similar.nearest, one.text, others)
    backed = await context.read(partial(merging.several, actor=actor, numbers=[SuggestionId(n) for n in found]))
    await context.say(say_alike(one, backed))
    context.acknowledge()


def say_alike(one: Suggestion, alike: list[Backed]) -> Message:
    """What is similar, with a button for each."""
    rows = [
        [
            Button(
                "suggestion_merging.merge_button",
                Action("suggestion.merge", one.id, other.suggestion.id),
                {"number": other.suggestion.id},
            )
        ]
        for other in alike
    ]
    return Message("suggestion_merging.alike", {"suggestion": one, "alike": alike}, rows)


async def press_merge(_: Update, context: Context) -> None:
    """Button: merge."""
    number, into = map(SuggestionId, context.pressed.numbers(2))
    await context.answer(partial(merging.merge, actor=context.actor, number=number, into=into), say_merged)
    context.acknowledge()


def say_merged(merged: Merged) -> Message:
    """What was merged, with a button to undo it."""
    undo = Button("suggestion_merging.separate_button", Action("suggestion.separate", merged.suggestion.id))
    values = {"suggestion": merged.suggestion, "into": merged.into}
    return Message("suggestion_merging.merged", values, [[undo]])


async def press_separate(_: Update, context: Context) -> None:
    """Button: undo a merging."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    await context.answer(partial(merging.separate, actor=context.actor, number=number), say_separated)
    context.acknowledge()


def say_separated(one: Suggestion) -> Message:
    """It stands for itself again."""
    return Message("suggestion_merging.separated", {"suggestion": one})


FEATURE = Feature(
    "merging",
    handlers=(
        PrivatePress("suggestion.alike", press_alike),
        PrivatePress("suggestion.merge", press_merge),
        PrivatePress("suggestion.separate", press_separate),
    ),
)
