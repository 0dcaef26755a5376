"""Getting to know each other: /start, and the bot's coming and going."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram import ChatMember, Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError
from telegram.ext import ChatMemberHandler

from domain.ids import BranchId, ChatId
from domain.messaging import delivery
from domain.messaging.message import Action, Button, Buttons, Message
from domain.people import branch as branches
from domain.people import invitation
from domain.people import welcome as greetings
from domain.people.permission import Permission
from domain.stores import Stores
from handlers import arguments, menu, pages, picking
from handlers.access import IN_CHARGE, SEE_OWN, PrivateOnly
from handlers.command import Command, Press
from handlers.context import Context
from handlers.feature import Feature
from handlers.pages import Page
from handlers.people import invitation as invitations
from handlers.people import language
from handlers.report import export

BIND = "bind"  # what a deep link carries that leads to /bind
GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


@dataclass(frozen=True, slots=True)
class Rights:
    """What the platform lets the bot know of a group: every message, and who comes and goes."""

    hears_all: bool
    administrator: bool


async def start(_: Update, context: Context) -> None:
    """/start: in private a greeting, in a group what the bot is for and which right it lacks."""
    chat = context.actor.chat
    payload = arguments.after_command(context.text)
    if chat.is_group and payload.startswith(invitation.PREFIX):
        raise PrivateOnly
    if chat.is_group:
        await introduce(context, await rights_in(context))
    elif payload.startswith(invitation.PREFIX):
        await invitations.accept(context, payload)
    elif payload == BIND:
        await context.run(invitations.ask_who, context=context)
    elif payload == export.LINKED and await export.from_link(context):
        pass
    else:
        await context.answer(
            "welcome.person",
            greetings.greet,
            buttons=lambda _: language.other(chat),
            actor=context.actor,
            first=context.services.administrators,
            at=context.now,
        )
    await menu.follow(context, await menu.offered(context))


async def introduce(context: Context, rights: Rights) -> None:
    """Introduce the bot to a group, and offer to say whose group it is."""
    about, chat = subject(context), context.actor.chat.id
    await context.answer(
        "welcome.group",
        lambda stores: introduction(stores, chat, rights),
        about=lambda _: about,
        buttons=binding_button,
    )


def introduction(stores: Stores, chat: ChatId, rights: Rights) -> dict[str, Any]:
    """What the introduction depends on."""
    branch = stores.chats.get(chat).branch
    path = branches.path(stores, branch) if branch is not None else ()
    can_bind = branch is None and bool(stores.branches.children(None))
    return {"hears_all": rights.hears_all, "administrator": rights.administrator, "path": path, "can_bind": can_bind}


def binding_button(values: Mapping[str, Any]) -> Buttons:
    """To say whose group it is, while that is not known and there are branches."""
    return [[Button("welcome.bind_button", Action("welcome.bind"))]] if values["can_bind"] else ()


def choosing(stores: Stores, level: int, offset: int) -> Page:
    """Whose group is it?"""
    roots = picking.roots(stores, None)
    return Page("welcome.whose", {}, picking.buttons(stores, "welcome.branch", level=level, offset=offset, roots=roots))


async def press_bind(_: Update, context: Context) -> None:
    """Show the branches that the group may be of."""
    context.group()
    await pages.show(context, lambda stores: choosing(stores, picking.TOP, 0))
    context.acknowledge()


async def press_level(_: Update, context: Context) -> None:
    """Another level or page of them."""
    level, offset = context.pressed(2)
    await pages.turn(context, lambda stores: choosing(stores, level, offset))


async def press_branch(_: Update, context: Context) -> None:
    """It is this branch's group: said by somebody who answers for the branch."""
    chosen, first, rights = BranchId(context.pressed()[0]), context.services.administrators, await rights_in(context)
    context.group()

    def bind(stores: Stores) -> Page:
        invitation.bind_group(stores, branch=chosen, actor=context.actor, first=first, at=context.now)
        values = introduction(stores, context.actor.chat.id, rights)
        key = f"{subject(context)}:{context.incoming.update_id}"
        stores.outbox.edit(subject(context), Message("welcome.group", values), key=key)
        return Page("welcome.bound", {"path": values["path"]})

    await pages.turn(context, bind)


def subject(context: Context) -> str:
    """The name of the message in which the bot introduces itself to a group."""
    return f"welcome:{context.actor.chat.id}"


async def rights_in(context: Context) -> Rights:
    """What the bot may know of a group; where the platform does not say, nothing is asked of anybody."""
    try:
        own = await context.bot.get_chat_member(context.actor.chat.platform_id, context.bot.id)
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
        await context.run(_gone, context=context)
    elif context.actor.chat.is_group:
        rights = rights_of(context, change.new_chat_member)
        if change.old_chat_member.status in GONE:
            await introduce(context, rights)
        else:
            await context.run(_say_anew, context=context, rights=rights)


def _gone(stores: Stores, *, context: Context) -> None:
    delivery.leave(stores, chat=context.actor.chat.id, at=context.now)
    if not context.actor.chat.is_group:
        stores.members.save(replace(context.actor.member, private=None))


def _say_anew(stores: Stores, *, context: Context, rights: Rights) -> None:
    """What was asked for has been given, or taken away: the introduction says how it is now."""
    values = introduction(stores, context.actor.chat.id, rights)
    key = f"{subject(context)}:{context.incoming.update_id}"
    stores.outbox.edit(subject(context), Message("welcome.group", values, buttons=binding_button(values)), key=key)


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
