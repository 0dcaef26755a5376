"""Admission in chat: the door of a group that nobody has admitted, and the buttons with which administrators do."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from telegram import ChatMemberUpdated, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, TypeHandler

from domain.ids import ChatId
from domain.messaging import delivery
from domain.messaging.chat import Admission, Chat
from domain.messaging.message import Text
from domain.people import admission, welcome
from domain.people.admission import Decided
from domain.people.permission import Permission
from handlers.access import GONE
from handlers.command import Command, Press, command_of
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.origin import is_group, is_secondhand, person_profile
from handlers.people.welcome import rights_at

if TYPE_CHECKING:
    from datetime import datetime

    from domain.people.member import PersonProfile
    from domain.stores import Stores

log = logging.getLogger(__name__)


async def door(update: Update, context: Context) -> None:
    """Stop all that comes from a group which is not admitted; before every other handler.

    Two things can admit it: whoever answers for it adds the bot, or gives one of its commands.
    """
    chat = update.effective_chat
    if chat is None or not is_group(chat) or (context.has_sender and context.actor.chat.is_admitted):
        return
    knocks = _is_added(update.my_chat_member) or _is_command(context)
    if knocks and context.has_sender and await _enter(context):
        return
    if _is_gone(update, context):
        await context.run(partial(_leave, platform_id=chat.id, at=context.heard_at))
    elif knocks:
        change = update.my_chat_member
        by = None if change is None else person_profile(change.from_user)
        known = await context.run(partial(_wait, platform_id=chat.id, by=by, at=context.heard_at))
        if known is not None and known.admission is Admission.REFUSED:
            await _leave_on_the_platform(context, known)
    context.acknowledge()
    raise ApplicationHandlerStop


def _is_added(change: ChatMemberUpdated | None) -> bool:
    """Whether the bot has come into a group."""
    return change is not None and change.old_chat_member.status in GONE and change.new_chat_member.status not in GONE


def _is_gone(update: Update, context: Context) -> bool:
    """Whether the bot is in a group no more."""
    change, left = update.my_chat_member, update.message and update.message.left_chat_member
    return (change is not None and change.new_chat_member.status in GONE) or bool(left and left.id == context.bot.id)


def _is_command(context: Context) -> bool:
    """Whether somebody gives one of the bot's own commands themselves: in a group there may be bots with others."""
    message = context.message
    if message is None or is_secondhand(message) or message.sender_chat is not None:
        return False
    return command_of(message) in _names(context)


def _names(context: Context) -> set[str | None]:
    """The names of all commands."""
    handlers = (one for feature in context.services.features for one in feature.handlers)
    return {one.name for one in handlers if isinstance(one, Command)} - {None}


async def _enter(context: Context) -> bool:
    """Whether the sender has admitted the group; then the update is handled as in any other."""
    if not await context.services.database.write(partial(admission.enter, actor=context.actor)):
        return False
    context.services.wake_sender()
    context.services.known_actors.clear()  # updates that wait know the group as it was
    await context.look_up_actor()
    return True


def _wait(stores: "Stores", *, platform_id: int, by: "PersonProfile | None", at: "datetime") -> Chat | None:
    known = stores.chats.find(platform_id)
    if known is not None:
        admission.ask(stores, group=known.id, by=by, at=at)
    return known


def _leave(stores: "Stores", *, platform_id: int, at: "datetime") -> None:
    known = stores.chats.find(platform_id)
    if known is not None:
        delivery.leave(stores, chat=known.id, at=at)


async def _leave_on_the_platform(context: Context, group: Chat) -> None:
    """Leave a group that was refused. Where that fails, the bot stays and is silent."""
    try:
        await context.bot.leave_chat(group.platform_id)
    except TelegramError as error:
        log.info("a group could not be left: %s", error)


async def press_admit(_: Update, context: Context) -> None:
    """Button: admit a group; the bot introduces itself there."""
    number = ChatId(context.pressed.having(1).number())
    group = await context.read(partial(_find, number=number))
    rights = await rights_at(context, group)
    use_case = partial(welcome.admit, actor=context.actor, group=number, rights=rights)
    await context.notify(use_case, say_decided)
    context.services.known_actors.clear()


async def press_refuse(_: Update, context: Context) -> None:
    """Button: refuse a group; the bot leaves it."""
    number = ChatId(context.pressed.having(1).number())
    use_case = partial(admission.decide, actor=context.actor, group=number, admission=Admission.REFUSED)
    await context.notify(use_case, say_decided)
    context.services.known_actors.clear()
    group = await context.read(partial(_find, number=number))
    await _leave_on_the_platform(context, group)


def _find(stores: "Stores", *, number: ChatId) -> Chat:
    group = stores.chats.look_up(number)
    if group is None:
        raise ButtonExpired
    return group


def say_decided(decided: Decided) -> Text:
    """What was decided, as a notice."""
    return Text("admission.decided_notice", {"decided": decided})


DOOR = TypeHandler(Update, door)
FEATURE = Feature(
    "admission",
    handlers=(
        Press("admission.admit", press_admit, Permission.ADMIT_GROUPS),
        Press("admission.refuse", press_refuse, Permission.ADMIT_GROUPS),
    ),
)
