"""Who comes and goes, help, and what no feature knows."""

from telegram import ChatMemberUpdated, Update
from telegram.ext import (
    ApplicationHandlerStop,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from domain.messaging import delivery
from domain.people import member
from domain.stores import Stores
from handlers import menu
from handlers.access import SEE_OWN
from handlers.arguments import BadArguments
from handlers.command import Command, command_of
from handlers.context import ButtonExpired, Context
from handlers.origin import person_profile
from handlers.people.welcome import GONE


async def gate(update: Update, context: Context) -> None:
    """Commands count only as somebody's own words: not forwarded, not a channel's; what nobody said is let pass."""
    message = context.message
    if (message is not None or update.callback_query is not None) and not context.is_somebody:
        context.acknowledge()
        raise ApplicationHandlerStop
    if message is None or command_of(message) is None:
        return
    if update.channel_post or (message.sender_chat and message.sender_chat.id != message.chat.id):
        raise BadArguments("general.from_channel")
    if message.forward_origin is not None:
        raise BadArguments("general.forwarded")


async def show_help(_: Update, context: Context) -> None:
    """/help: what one can do here, by role."""
    offered = await menu.offered(context)
    await context.answer("help.commands", lambda _: {"offered": offered})
    await menu.follow(context, offered)


async def unknown(_: Update, context: Context) -> None:
    """A command that does not exist; in a group it may be meant for another bot, unless it names this one."""
    message = context.message
    if message is None:
        return
    command = command_of(message)
    named = f"@{context.bot.username}".lower() in context.text.split()[0].lower()
    if named or not context.actor.chat.is_group:
        raise BadArguments("general.unknown_command", command=command)


async def old_button(_: Update, context: Context) -> None:
    """A button that no feature knows."""
    raise ButtonExpired


async def others_status(update: Update, context: Context) -> None:
    """Somebody joined or left, as administrators' bots are told."""
    change = update.chat_member
    if change is not None:
        await context.run(_note_status, context=context, change=change)


def _note_status(stores: Stores, *, context: Context, change: ChatMemberUpdated) -> None:
    chat = context.actor.chat
    who = member.meet(stores, person_profile(change.new_chat_member.user), context.now)
    if change.new_chat_member.status in GONE:
        stores.members.leave(chat.id, who.id, context.now)
    elif not change.new_chat_member.user.is_bot:
        stores.members.join(chat.id, who.id, context.now)


async def came_or_went(update: Update, context: Context) -> None:
    """Somebody joined or left, as the service message in the chat tells."""
    message = update.message
    if message is not None:
        await context.run(_note_service, context=context)


def _note_service(stores: Stores, *, context: Context) -> None:
    message, chat, at = context.message, context.actor.chat, context.now
    for user in (message and message.new_chat_members) or ():
        if not user.is_bot:
            stores.members.join(chat.id, member.meet(stores, person_profile(user), at).id, at)
    left = message and message.left_chat_member
    if left and left.id == context.bot.id:  # this news of it comes after the change of status, and is no sign of life
        delivery.leave(stores, chat=chat.id, at=at)
    elif left and not left.is_bot:
        stores.members.leave(chat.id, member.meet(stores, person_profile(left), at).id, at)


def first() -> list[BaseHandler[Update, Context, None]]:
    """What comes before every feature."""
    return [TypeHandler(Update, gate)]


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What comes after every feature."""
    return [
        Command("help", show_help, SEE_OWN),
        Command(None, unknown, SEE_OWN),
        CallbackQueryHandler(old_button),
        ChatMemberHandler(others_status, ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.NEW_CHAT_MEMBERS | filters.StatusUpdate.LEFT_CHAT_MEMBER, came_or_went),
    ]
