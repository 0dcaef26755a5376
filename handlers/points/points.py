"""Points in chat: /points and /rank."""

from telegram import Update
from telegram.ext import BaseHandler

from domain.messaging.chat import Chat
from domain.points import points
from domain.points.points import Board
from domain.stores import Stores
from domain.study.study import NoGroupYet
from handlers.access import SEE_OWN, TAKE_PART
from handlers.command import Command
from handlers.context import Context


async def account(_: Update, context: Context) -> None:
    """/points: one's own entries and why each was given."""
    actor = context.actor
    await context.answer("points.account", points.account, of=actor.member.id, chat=actor.chat.id, at=context.now)


async def rank(_: Update, context: Context) -> None:
    """/rank: this week's board of the group, in private of one's own group."""

    def board(stores: Stores) -> Board:
        group = home(stores, context)
        return points.board(stores, group=group, monday=group.week(context.now), viewer=context.actor.member.id)

    await context.answer("points.board", board)


def home(stores: Stores, context: Context) -> Chat:
    """The group, or in private the sender's own. Raises NoGroupYet."""
    if context.actor.chat.is_group:
        return context.actor.chat
    group = stores.members.home(context.actor.member.id)
    if group is None:
        raise NoGroupYet
    return stores.chats.get(group)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [Command("points", account, SEE_OWN), Command("rank", rank, TAKE_PART)]
