"""/start, and what happens when the bot is added to a chat or removed."""

from functools import partial
from typing import TYPE_CHECKING

from telegram import ChatMember, Update
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler

from domain.ids import BranchId, MemberId
from domain.messaging.chat import Chat
from domain.messaging.keyboard import Fixed
from domain.messaging.message import Message
from domain.people import today, welcome
from domain.people.branch import Level
from domain.people.permission import Permission
from domain.people.welcome import Bound, Greeting, Introduction, Rights
from handlers import pages, picking
from handlers.access import GONE, SEE_OWN
from handlers.arguments import after_command
from handlers.command import Command, Press
from handlers.context import Context
from handlers.feature import Feature
from handlers.membership import IN_CHARGE
from handlers.messaging import keyboard, menu
from handlers.people import language

if TYPE_CHECKING:
    from domain.stores import Stores


async def start(_: Update, context: Context) -> None:
    """/start: handle a deep link, else greet in private or introduce the bot in a group."""
    if not await handle_deep_link(context, after_command(context.text)):
        if context.actor.chat.is_group:
            await introduce(context, await rights_in(context))
        else:
            await greet(context)
    await menu.follow(context, await menu.offered(context))


async def handle_deep_link(context: Context, payload: str) -> bool:
    """Offer a deep link's payload to the features; whether one has handled it."""
    for feature in context.services.features:
        if payload and feature.start is not None and await feature.start(context, payload):
            return True
    return False


async def greet(context: Context) -> None:
    """Greet somebody in private, and show their card of today.

    The greeting comes if the fixed keyboard is not the right one yet, or if something has to be done first.
    """
    fixed, stands = await keyboard.whole(context), await keyboard.stands(context)
    actor, key = context.actor, context.key

    def unit(stores: "Stores") -> None:
        found = welcome.greet(stores, actor)
        greets = found.presses or not stands(fixed)
        if greets:
            stores.outbox.delete(welcome.greeting(actor.member.id), key=f"{key}:greeting")
            stores.outbox.send(actor.chat.id, say_greeting(found, actor.member.id, fixed), key=key, urgent=True)
            stores.keyboards.put(actor.chat.id, fixed.shown)
        if found.has_left:
            return
        further = language.other(actor.chat) if greets else ()
        today.show(stores, actor, key=f"{key}:today", further=further, silent=greets)

    await context.run(unit)


def say_greeting(greeting: Greeting, member: MemberId, fixed: Fixed) -> Message:
    """The greeting: who the sender is and what to do first; with the fixed keyboard."""
    return Message("welcome.person", {"greeting": greeting}, subject=welcome.greeting(member), keys=fixed.keys)


async def introduce(context: Context, rights: Rights) -> None:
    """Introduce the bot to a group, and offer to bind the group to a branch."""
    await context.answer(partial(welcome.introduce, actor=context.actor, rights=rights), say_introduction)


def say_introduction(introduction: Introduction) -> Message:
    """The introduction: what the bot is for, and which right it lacks."""
    return introduction.message


async def press_bind(_: Update, context: Context) -> None:
    """Button: show the branches that the group can be bound to."""
    await pages.show(context, partial(welcome.choose, actor=context.actor, level=None, offset=0), say_choices)
    context.acknowledge()


def say_choices(level: Level) -> Message:
    """The branches to choose from."""
    return Message("welcome.whose", buttons=picking.buttons("welcome.branch", level))


async def press_level(_: Update, context: Context) -> None:
    """Button: another level or page of the branches."""
    level, offset = picking.pressed(context.pressed)
    await pages.turn(context, partial(welcome.choose, actor=context.actor, level=level, offset=offset), say_choices)


async def press_branch(_: Update, context: Context) -> None:
    """Button: bind the group to a branch, as somebody who is responsible for it."""
    chosen = BranchId(context.pressed.having(1).number())
    rights = await rights_in(context)
    use_case = partial(welcome.bind, actor=context.actor, branch=chosen, rights=rights, key=change_key(context))
    await pages.turn(context, use_case, say_bound)


def say_bound(bound: Bound) -> Message:
    """The introduction after the group was bound."""
    return Message("welcome.bound", {"path": bound.path})


def change_key(context: Context) -> str:
    """The outbox key of this update's change of the introduction."""
    return f"{welcome.subject(context.actor.chat)}:{context.update_id}"


async def rights_in(context: Context) -> Rights:
    """Which rights the bot has in the group."""
    return await rights_at(context, context.actor.chat)


async def rights_at(context: Context, group: Chat) -> Rights:
    """Which rights the bot has in a group; all of them if the platform does not answer, so that nobody is asked."""
    try:
        own = await context.services.memberships.get(context.bot, group.platform_id, context.bot.id)
    except TelegramError:
        return Rights(hears_all=True, administrator=True)
    return rights_of(context, own)


def rights_of(context: Context, own: ChatMember) -> Rights:
    """Which rights the bot has in a group with the membership `own`."""
    administrator = own.status in IN_CHARGE
    return Rights(administrator or bool(context.bot.bot.can_read_all_group_messages), administrator)


async def own_status(update: Update, context: Context) -> None:
    """The bot was added to a chat or removed, its rights were changed, or it was blocked or unblocked."""
    change = update.my_chat_member
    if change is None:
        return
    if change.new_chat_member.status in GONE:
        await context.run(partial(welcome.part, actor=context.actor))
    elif context.actor.chat.is_group:
        rights = rights_of(context, change.new_chat_member)
        if change.old_chat_member.status in GONE:
            await introduce(context, rights)
        else:
            key = change_key(context)
            await context.run(partial(welcome.introduce_anew, actor=context.actor, rights=rights, key=key))


FEATURE = Feature(
    "welcome",
    handlers=(
        Command("start", start, SEE_OWN),
        ChatMemberHandler(own_status, ChatMemberHandler.MY_CHAT_MEMBER),
        Press("welcome.bind", press_bind, Permission.SEE_OWN),
        Press("welcome.branch", press_branch, Permission.SEE_OWN),
        Press("welcome.branch_in", press_level, Permission.SEE_OWN),
    ),
)
