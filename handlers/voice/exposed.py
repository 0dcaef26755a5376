"""An anonymous suggestion in a group: its message shows who wrote it, and the bot offers to delete it."""

from typing import TYPE_CHECKING

from telegram import Update

from domain.ids import MemberId
from domain.messaging.message import Action, Button, DeepLink, Message, Subject, Text
from handlers.action import ButtonExpired
from handlers.command import Press
from handlers.context import Context
from handlers.feature import Feature

if TYPE_CHECKING:
    from domain.voice.features import Stores

KIND = "suggestion_exposed"  # the subject's kind of the message and of the warning
PAYLOAD = "anonymous"


async def warn(context: Context) -> None:
    """Say that the message shows its author, and how to do it in private. Nothing is stored as a suggestion."""
    member, chat, said = context.actor.member.id, context.actor.chat.id, context.message
    if said is None:
        raise ButtonExpired
    subject = Subject(KIND, member, said.message_id)
    buttons = [
        [Button("suggestion_channel.delete_button", Action("suggestion.unsay", *subject.ids))],
        [Button("suggestion_channel.private_button", DeepLink(PAYLOAD))],
    ]
    message = Message("suggestion_channel.exposed", {}, buttons, subject, silent=True)

    def unit(stores: "Stores") -> None:
        stores.outbox.adopt(chat, said.message_id, subject)
        stores.outbox.send(chat, message, key=context.key, thread=context.thread, urgent=True)

    await context.run(unit)


async def press_delete(_: Update, context: Context) -> None:
    """Button: delete one's own message, and the warning. Raises ButtonExpired for others' and for forged ones."""
    member, message = context.pressed.numbers(2)
    subject = Subject(KIND, MemberId(member), message)
    if member != context.actor.member.id:
        context.show_notice(Text("suggestion.not_yours"), alert=True)
        await context.run()
        return

    def unit(stores: "Stores") -> None:
        if stores.outbox.subject(context.actor.chat.id, message) != subject:
            raise ButtonExpired
        stores.outbox.delete(subject, key=f"{subject}:unsaid")

    await context.run(unit)
    context.show_notice(Text("suggestion_channel.deleted"), alert=True)


FEATURE = Feature("exposed", handlers=(Press("suggestion.unsay", press_delete),))
