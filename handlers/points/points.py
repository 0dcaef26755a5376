"""Points in chat: /points and /rank."""

from dataclasses import replace
from functools import partial

from telegram import Update

from domain.messaging.message import Action, Button, DeepLink, Message, Subject, Whisper
from domain.people.permission import Permission
from domain.points import account as accounts
from domain.points import points
from domain.points.account import PAGE_SIZE, Account
from domain.points.points import Board
from handlers import pages
from handlers.access import SEE_OWN, TAKE_PART
from handlers.command import Command, Key, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Audience, Entry, Feature, Help

LINKED = "points"  # the payload of a deep link to /points


async def account(_: Update, context: Context) -> None:
    """/points: the sender's own points, and what each was given for."""
    page = Subject(pages.PAGE, context.update_id)
    await context.answer(partial(accounts.account, actor=context.actor), partial(whisper_account, page=page))


def whisper_account(found: Account, page: Subject) -> Whisper:
    """The answer to /points: in a group the others need not read it."""
    button = Button("points.open_button", DeepLink(LINKED))
    instead = Message("points.open_first", buttons=[[button]])
    return Whisper(replace(say_account(found), subject=page), instead)


def say_account(found: Account) -> Message:
    """A page of somebody's points, with the buttons to ask about them and to go on."""
    row = [Button("appeal.ask_button", Action("appeal.ask"))]
    if found.offset:
        row.append(Button("general.first_button", Action("points.page", 0)))
    if found.has_more:
        row.append(Button("points.more_button", Action("points.page", found.offset + PAGE_SIZE)))
    settle = [[Button("settlement.open_button", Action("settlement.open"))]] if found.may_settle else []
    return Message("points.account", {"account": found}, [row, *settle])


async def press_page(_: Update, context: Context) -> None:
    """Button: another page of one's own points."""
    offset = context.pressed.having(1).number()
    if context.actor.chat.is_group:  # where only a forged one is pressed, and the others would read it
        raise ButtonExpired
    await pages.turn(context, partial(accounts.account, actor=context.actor, offset=offset), say_account)


async def start(context: Context, payload: str) -> bool:
    """Show their points to somebody who followed the link from a group. Returns whether the payload is that link."""
    if payload != LINKED or context.actor.chat.is_group:
        return False
    await pages.show(context, partial(accounts.account, actor=context.actor), say_account)
    return True


async def rank(_: Update, context: Context) -> None:
    """/rank: this week's board of the group; in private that of the sender's group."""
    await context.answer(partial(points.this_week, actor=context.actor), say_board)


def say_board(board: Board) -> Message:
    """The answer to /rank."""
    return Message("points.board", {"board": board})


FEATURE = Feature(
    "points",
    handlers=(
        Command("points", account, SEE_OWN),
        Command("rank", rank, TAKE_PART, costly=True),
        Key("points.key", account, Permission.SEE_OWN, 40),
        Press("points.page", press_page, Permission.SEE_OWN),
    ),
    entries=(
        Entry("points", "points", SEE_OWN, 140, frozenset({Audience.EVERYBODY}), help=Help(60)),
        Entry("rank", "points", TAKE_PART, 150, frozenset({Audience.EVERYBODY}), help=Help(70)),
    ),
    start=start,
)
