"""Getting to know each other: /start, and the bot's coming and going."""

from dataclasses import dataclass, replace

from telegram import ChatMember, Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError
from telegram.ext import BaseHandler, ChatMemberHandler

from domain import delivery
from domain.stores import Stores
from handlers import language
from handlers.access import IN_CHARGE, SEE_OWN
from handlers.command import Command
from handlers.context import Context

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


@dataclass(frozen=True, slots=True)
class Rights:
    """What the platform lets the bot know of a group: every message, and who comes and goes."""

    hears_all: bool
    administrator: bool


async def start(_: Update, context: Context) -> None:
    """/start: in private a greeting, in a group what the bot is for and which right it lacks."""
    chat = context.present.chat
    if chat.is_group:
        await introduce(context, await rights_in(context))
    else:
        name = context.present.member.name
        await context.answer("welcome.person", lambda _: {"name": name}, buttons=lambda _: language.other(chat))


async def introduce(context: Context, rights: Rights) -> None:
    """Introduce the bot to a group."""
    about = subject(context)
    await context.answer("welcome.group", lambda _: rights, about=lambda _: about)


def subject(context: Context) -> str:
    """The name of the message in which the bot introduces itself to a group."""
    return f"welcome:{context.present.chat.id}"


async def rights_in(context: Context) -> Rights:
    """What the bot may know of a group; where the platform does not say, nothing is asked of anybody."""
    try:
        own = await context.bot.get_chat_member(context.present.chat.platform_id, context.bot.id)
    except TelegramError:
        return Rights(hears_all=True, administrator=True)
    return rights_of(context, own)


def rights_of(context: Context, own: ChatMember) -> Rights:
    """What the bot may know of a group in which it is `own`."""
    administrator = own.status in IN_CHARGE
    return Rights(administrator or bool(context.bot.bot.can_read_all_group_messages), administrator)


async def own_status(update: Update, context: Context) -> None:
    """The bot was added to a chat or removed from it, given rights or deprived of them, blocked or unblocked."""
    change = update.my_chat_member
    if change is None:
        return
    if change.new_chat_member.status in GONE:
        await context.settle(_gone, context=context)
    elif context.present.chat.is_group:
        rights = rights_of(context, change.new_chat_member)
        if change.old_chat_member.status in GONE:
            await introduce(context, rights)
        else:
            await context.settle(_say_anew, context=context, rights=rights)


def _gone(stores: Stores, *, context: Context) -> None:
    delivery.leave(stores, chat=context.present.chat.id)
    if not context.present.chat.is_group:
        stores.members.save(replace(context.present.member, private=None))


def _say_anew(stores: Stores, *, context: Context, rights: Rights) -> None:
    """What was asked for has been given, or taken away: the introduction says how it is now."""
    values = {"hears_all": rights.hears_all, "administrator": rights.administrator}
    key = f"{subject(context)}:{context.incoming.update_id}"
    stores.outbox.rewrite(subject(context), "welcome.group", values, key=key)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [Command("start", start, SEE_OWN), ChatMemberHandler(own_status, ChatMemberHandler.MY_CHAT_MEMBER)]
