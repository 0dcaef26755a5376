"""Study in chat: /study, and the button 我学完了 under an item."""

from functools import partial

from telegram import Update

from domain.ids import PromptId
from domain.messaging.message import NOWHERE, Subject, Text
from domain.people.permission import Permission
from domain.study import study
from domain.study.day import menu
from domain.study.study import Read
from handlers import pages
from handlers.access import TAKE_PART
from handlers.command import Command, Key, Press
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help
from handlers.study.in_charge import manages


async def again(_: Update, context: Context) -> None:
    """/study: today's item again; in private with what was missed and what else there is."""
    thread = NOWHERE if context.message is None else context.thread
    key = f"study.again:{context.source}"
    if context.actor.chat.is_group:
        await context.run(partial(study.again, actor=context.actor, key=key, thread=thread))
        return
    page, own = Subject(pages.PAGE, context.update_id), await manages(context)
    shown = partial(menu.show, actor=context.actor, manages=own, page=page, key=key, thread=thread)
    await context.run(shown)


async def press_read(_: Update, context: Context) -> None:
    """Button: mark an item as read."""
    prompt = PromptId(context.pressed.having(1).number())
    await context.notify(partial(study.read, actor=context.actor, prompt_id=prompt), say_read)


async def press_open(_: Update, context: Context) -> None:
    """Button on today's card: what /study shows."""
    key, page = f"study.open:{context.update_id}", Subject(pages.PAGE, context.update_id)
    own = await manages(context)
    shown = partial(menu.show, actor=context.actor, manages=own, page=page, key=key, thread=NOWHERE)
    await context.run(shown)
    context.acknowledge()


def say_read(read: Read) -> Text:
    """The notice with the points for reading an item."""
    return Text("study.read_toast", {"credit": read.credit})


FEATURE = Feature(
    "study",
    handlers=(
        Command("study", again, TAKE_PART),
        Press("study.read", press_read),
        Press("study.open", press_open),
        Key("study.key", again, Permission.TAKE_PART, 10),
    ),
    entries=(Entry("study", "study", TAKE_PART, 100, frozenset({Audience.EVERYBODY}), help=Help(10)),),
)
