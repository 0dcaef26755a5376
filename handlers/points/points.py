"""Points in chat: /points and /rank."""

from functools import partial

from telegram import Update

from domain.messaging.message import Button, DeepLink, Message, Whisper
from domain.people.permission import Permission
from domain.points import board, points
from domain.points.board import Board
from domain.points.points import Account
from handlers.access import SEE_OWN, TAKE_PART
from handlers.command import Command, Key
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help

LINKED = "points"  # the payload of a deep link to /points


async def account(_: Update, context: Context) -> None:
    """/points: the sender's own points, and what each was given for."""
    await context.answer(partial(points.account, actor=context.actor), say_account)


def say_account(account: Account) -> Whisper:
    """The answer to /points: in a group the others need not read it."""
    button = Button("points.open_button", DeepLink(LINKED))
    instead = Message("points.open_first", buttons=[[button]])
    return Whisper(Message("points.account", {"account": account}), instead)


async def start(context: Context, payload: str) -> bool:
    """Show their points to somebody who followed the link from a group. Returns whether the payload is that link."""
    if payload != LINKED or context.actor.chat.is_group:
        return False
    await context.answer(partial(points.account, actor=context.actor), say_account)
    return True


async def rank(_: Update, context: Context) -> None:
    """/rank: this week's board of the group; in private that of the sender's group."""
    await context.answer(partial(board.this_week, actor=context.actor), say_board)


def say_board(found: Board) -> Message:
    """The answer to /rank."""
    return Message("points.board", {"board": found})


FEATURE = Feature(
    "points",
    handlers=(
        Command("points", account, SEE_OWN),
        Command("rank", rank, TAKE_PART, costly=True),
        Key("points.key", account, Permission.SEE_OWN, 40),
    ),
    entries=(
        Entry("points", "points", SEE_OWN, 140, frozenset({Audience.EVERYBODY}), help=Help(60)),
        Entry("rank", "points", TAKE_PART, 150, frozenset({Audience.EVERYBODY}), help=Help(70)),
    ),
    start=start,
)
