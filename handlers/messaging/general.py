"""Joining and leaving, help, and updates that no feature handles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from telegram import Message as Incoming
from telegram import Update
from telegram.ext import (
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from domain.messaging import delivery
from domain.messaging.message import Message, Text
from domain.people import member
from handlers.access import GONE, SEE_OWN
from handlers.arguments import BadArguments
from handlers.command import Command, command_of
from handlers.context import ButtonExpired, Context
from handlers.feature import Audience, Entry, Feature, Section
from handlers.messaging import menu, words
from handlers.origin import is_secondhand, person_profile


async def gate(update: Update, context: Context) -> None:
    """Refuse what is forwarded, and commands from a channel; stop messages and presses without a sender.

    A file may be forwarded in private: what is in it is looked at before anything is done.
    """
    message = context.message
    if (message is not None or update.callback_query is not None) and not context.has_sender:
        context.acknowledge()
        raise ApplicationHandlerStop
    if message is None:
        return
    if command_of(message) is None:
        if is_secondhand(message) and not context.actor.chat.is_group and not _is_asked_about(context, message):
            raise BadArguments("general.forwarded_words")
        return
    if update.channel_post or (message.sender_chat and message.sender_chat.id != message.chat.id):
        raise BadArguments("general.from_channel")
    if is_secondhand(message):
        raise BadArguments("general.forwarded")


def _is_asked_about(context: Context, message: Incoming) -> bool:
    """Whether a forwarded message is looked at: a file, or words that a feature asks about."""
    asking = (one.asks_about for one in context.services.features if one.asks_about is not None)
    return message.document is not None or any(asks(context.text) for asks in asking)


async def show_help(_: Update, context: Context) -> None:
    """/help: what the sender can do here, by role."""
    offered = await menu.offered(context)
    sections = [_section(offered, section) for section in Section]
    await context.say(Message("help.commands", {"sections": [one for one in sections if one.lines]}))
    await menu.follow(context, offered)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines under one heading of /help."""

    heading: Text
    lines: Sequence[Text]


def _section(offered: Sequence[Entry], section: Section) -> Lines:
    mine = [(one.help.order, one) for one in offered if one.help is not None and one.help.section is section]
    lines = [Text(one.help_text) for _, one in sorted(mine, key=lambda pair: pair[0])]
    return Lines(Text(f"help.{section}"), lines)


async def unknown(_: Update, context: Context) -> None:
    """Answer an unknown command; in a group only if it names this bot, since it may be meant for another one."""
    message = context.message
    command = command_of(message)
    if message is None or command is None:
        return
    named = f"@{context.bot.username}".lower() in context.text.split(maxsplit=1)[0].lower()
    if named or not context.actor.chat.is_group:
        await words.unknown_command(context, command)


async def old_button(_: Update, context: Context) -> None:
    """Answer a button that no feature handles."""
    raise ButtonExpired


async def member_status(update: Update, context: Context) -> None:
    """Somebody joined or left: an update that only bots with administrator rights get."""
    change = update.chat_member
    if change is None:
        return
    user, gone = change.new_chat_member.user, change.new_chat_member.status in GONE
    came = [] if gone or user.is_bot else [person_profile(user)]
    went = [person_profile(user)] if gone else []
    await context.run(partial(member.note_moves, actor=context.actor, came=came, went=went))


async def joined_or_left(update: Update, context: Context) -> None:
    """Somebody joined or left: the service message in the chat."""
    message = update.message
    if message is None:
        return
    left = message.left_chat_member
    if left and left.id == context.bot.id:  # it comes after the change of status; the bot is not active there again
        await context.run(partial(delivery.leave, chat=context.actor.chat.id, at=context.heard_at))
        return
    came = [person_profile(user) for user in message.new_chat_members if not user.is_bot]
    went = [person_profile(left)] if left and not left.is_bot else []
    await context.run(partial(member.note_moves, actor=context.actor, came=came, went=went))


GATE = TypeHandler(Update, gate)  # before every feature
FEATURE: Feature = Feature(
    "help",
    handlers=(Command("help", show_help, SEE_OWN, costly=True),),
    entries=(Entry("help", "help", SEE_OWN, 190, frozenset({Audience.EVERYBODY})),),
)
# After every feature: updates that none of them handles.


LAST: Feature = Feature(
    "last",
    handlers=(
        Command(None, unknown, SEE_OWN),
        CallbackQueryHandler(old_button),
        ChatMemberHandler(member_status, ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.NEW_CHAT_MEMBERS | filters.StatusUpdate.LEFT_CHAT_MEMBER, joined_or_left),
    ),
)
