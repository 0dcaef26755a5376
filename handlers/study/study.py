"""Study in chat: /study, the button 已学习, and the quiz."""

from telegram import Update
from telegram.ext import BaseHandler

from domain.ids import PromptId
from domain.messaging.message import NOWHERE
from domain.study import study
from handlers.access import TAKE_PART
from handlers.command import Command, Pressed
from handlers.context import Context


async def again(_: Update, context: Context) -> None:
    """/study: today's item again."""
    thread = NOWHERE if context.message is None else context.thread
    key = f"study.again:{context.source}"
    await context.run(study.again, actor=context.actor, key=key, thread=thread, at=context.now)


async def press_read(_: Update, context: Context) -> None:
    """The button 已学习."""
    prompt_id = PromptId(context.pressed()[0])
    await context.notify(
        "study.read_toast", study.read, prompt_id=prompt_id, by=context.actor.member.id, at=context.now
    )


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [Command("study", again, TAKE_PART), Pressed("study.read", press_read)]
