"""Coming and going, help, and what no feature knows."""

from dataclasses import replace

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError
from telegram.ext import (
    ApplicationHandlerStop,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from domain import delivery, member
from domain.stores import Stores
from handlers import language
from handlers.arguments import Unreadable
from handlers.command import Command, command_of
from handlers.context import IN_CHARGE, ButtonOver, Context
from handlers.seen import see_person

TO_COME = ("settings", "export", "roles", "schedule")  # ours, and expected, though not there yet
GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def gate(update: Update, context: Context) -> None:
    """Commands count only as somebody's own words: not forwarded, not a channel's; what nobody said is let pass."""
    message = context.message
    if (message is not None or update.callback_query is not None) and not context.is_somebody:
        await context.acknowledge()
        raise ApplicationHandlerStop
    if message is None or command_of(message) is None:
        return
    if update.channel_post or (message.sender_chat and message.sender_chat.id != message.chat.id):
        raise Unreadable("general.from_channel")
    if message.forward_origin is not None:
        raise Unreadable("general.forwarded")


async def start(update: Update, context: Context) -> None:
    """/start: in private a greeting, in a group what the bot is for and which right it lacks."""
    if context.present.chat.is_group:
        await welcome(context)
    else:
        chat = context.present.chat
        await context.answer(
            "general.start", lambda _: {"name": context.present.member.name}, buttons=lambda _: language.other(chat)
        )


async def welcome(context: Context) -> None:
    """Introduce the bot to a group."""
    seen = await hears_everything(context)
    await context.answer("general.welcome", lambda _: {"can_read_all": seen})


async def hears_everything(context: Context) -> bool:
    """Whether the platform gives the bot every message of the group; true where it does not say."""
    if context.bot.bot.can_read_all_group_messages:
        return True
    try:
        own = await context.bot.get_chat_member(context.present.chat.platform_id, context.bot.id)
    except TelegramError:
        return True
    return own.status in IN_CHARGE


async def show_help(_: Update, context: Context) -> None:
    """/help: what one can do here, by role."""
    secretary = context.present.chat.is_group and await context.in_charge()
    await context.answer("general.help", lambda _: {"secretary": secretary})


async def unknown(_: Update, context: Context) -> None:
    """A command that does not exist; in a group it may be meant for another bot, unless it names this one."""
    message = context.message
    if message is None:
        return
    command = command_of(message)
    named = f"@{context.bot.username}".lower() in context.text.split()[0].lower()
    if named or command in TO_COME or not context.present.chat.is_group:
        raise Unreadable("general.unknown_command", command=command)


async def old_button(_: Update, context: Context) -> None:
    """A button that no feature knows."""
    raise ButtonOver


async def own_status(update: Update, context: Context) -> None:
    """The bot was added to a chat, removed from it, blocked or unblocked."""
    change = update.my_chat_member
    if change is None:
        return
    if change.new_chat_member.status in GONE:
        await context.settle(_gone, context=context)
    elif context.present.chat.is_group and change.old_chat_member.status in GONE:
        await welcome(context)


def _gone(stores: Stores, *, context: Context) -> None:
    delivery.leave(stores, chat=context.present.chat.id)
    if not context.present.chat.is_group:
        stores.members.save(replace(context.present.member, private=None))


async def others_status(update: Update, context: Context) -> None:
    """Somebody joined or left, as administrators' bots are told."""
    change = update.chat_member
    if change is not None:
        await context.settle(_note_status, context=context, change=change)


def _note_status(stores: Stores, *, context: Context, change: ChatMemberUpdated) -> None:
    chat = context.present.chat
    who = member.meet(stores, see_person(change.new_chat_member.user), context.now)
    if change.new_chat_member.status in GONE:
        stores.members.leave(chat.id, who.id, context.now)
    elif not change.new_chat_member.user.is_bot:
        stores.members.join(chat.id, who.id, context.now)


async def came_or_went(update: Update, context: Context) -> None:
    """Somebody joined or left, as the service message in the chat tells."""
    message = update.message
    if message is not None:
        await context.settle(_note_service, context=context)


def _note_service(stores: Stores, *, context: Context) -> None:
    message, chat, at = context.message, context.present.chat, context.now
    for user in (message and message.new_chat_members) or ():
        if not user.is_bot:
            stores.members.join(chat.id, member.meet(stores, see_person(user), at).id, at)
    left = message and message.left_chat_member
    if left and left.id == context.bot.id:  # this news of it comes after the change of status, and is no sign of life
        delivery.leave(stores, chat=chat.id)
    elif left and not left.is_bot:
        stores.members.leave(chat.id, member.meet(stores, see_person(left), at).id, at)


def first() -> list[BaseHandler[Update, Context, None]]:
    """What comes before every feature."""
    return [TypeHandler(Update, gate)]


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What comes after every feature."""
    return [
        Command("start", start),
        Command("help", show_help),
        Command(None, unknown),
        CallbackQueryHandler(old_button),
        ChatMemberHandler(own_status, ChatMemberHandler.MY_CHAT_MEMBER),
        ChatMemberHandler(others_status, ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.NEW_CHAT_MEMBERS | filters.StatusUpdate.LEFT_CHAT_MEMBER, came_or_went),
    ]
