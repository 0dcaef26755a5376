"""The guided ways: a command without arguments asks for what it needs, one short question after another."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Update

from domain.messaging import draft as drafts
from domain.messaging.draft import Draft, DraftKind
from handlers.access import SEE_OWN
from handlers.admin import setting
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Feature
from handlers.messaging.draft import roster, survey, task
from handlers.people import invitation
from handlers.voice import suggestion

Step = Callable[[Context, Draft], Coroutine[Any, Any, None]]


async def go_on(context: Context, draft: Draft) -> None:
    """A draft's writer has answered its question in words.

    Raises AlreadyAnswered, BadArguments, and the refusals of the feature.
    """
    await STEPS[draft.kind][draft.step](context, draft.heard(context.source))


async def take_suggestion(context: Context, draft: Draft) -> None:
    """The suggestion itself."""
    await suggestion.take(context, context.text, finished=draft)


STEPS: Mapping[DraftKind, Mapping[str, Step]] = {
    DraftKind.TASK: task.STEPS,
    DraftKind.SURVEY: survey.STEPS,
    DraftKind.ROSTER: roster.STEPS,
    DraftKind.SUGGESTION: {"text": take_suggestion},
    DraftKind.BINDING: {"who": invitation.take_who},
    DraftKind.SETTING: setting.STEPS,
}


async def cancel(_: Update, context: Context) -> None:
    """/cancel: give up what one is filling in."""
    await context.answer("draft.cancelled", drafts.cancel, actor=context.actor)


FEATURE = Feature(
    "draft",
    handlers=(
        Command("cancel", cancel, SEE_OWN),
        *task.PRESSED,
        *survey.PRESSED,
    ),
)
