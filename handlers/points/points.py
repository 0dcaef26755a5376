"""Points in chat: /points and /rank."""

from dataclasses import replace
from functools import partial

from telegram import Update

from domain.admin.setting import Ranking
from domain.messaging.message import Action, Button, Buttons, DeepLink, Message, Subject, Whisper, in_rows
from domain.messaging.outbox import AT_ONCE, CARD_EVERY
from domain.people.permission import Permission
from domain.points import account as accounts
from domain.points import board
from domain.points.account import PAGE_SIZE, Account
from domain.points.board import RANKED, Board
from domain.points.period import Every
from handlers import pages
from handlers.access import SEE_OWN, TAKE_PART
from handlers.command import Command, Key, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Audience, Entry, Feature, Help

ALL = "-"  # in the place of a category
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
    if found.may_apply:
        row.append(Button("application.open_button", Action("application.open")))
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
    """/rank: this week's board of the group, with buttons to longer ones; in private that of the sender's group."""
    await pages.show(context, partial(board.this_week, actor=context.actor), say_board)


async def press_rank(_: Update, context: Context) -> None:
    """Button: the board of another period or category. In a group it is the same message for all who press."""
    every, category = _every(context, 2), context.pressed.word(1)
    ask = partial(board.current, actor=context.actor, every=every, category=None if category == ALL else category)
    in_group = context.actor.chat.is_group
    await pages.turn(context, ask, say_to_all if in_group else say_board, every=CARD_EVERY if in_group else AT_ONCE)


async def press_categories(_: Update, context: Context) -> None:
    """Button: the categories to choose from."""
    every = _every(context, 1)
    ask = partial(board.current, actor=context.actor, every=every)
    in_group = context.actor.chat.is_group
    await pages.turn(context, ask, say_categories, every=CARD_EVERY if in_group else AT_ONCE)


def _every(context: Context, words: int) -> Every:
    """The length of period that a button names. Raises ButtonExpired where there are no boards of it."""
    every = context.pressed.having(words).member(Every)
    if every not in RANKED:
        raise ButtonExpired
    return every


def say_board(found: Board) -> Message:
    """The answer to /rank."""
    return Message("points.board", {"board": found}, _buttons(found))


def say_to_all(found: Board) -> Message:
    """A board that everybody in a group turns: nobody's own line."""
    return say_board(replace(found, own=None, near=()))


def say_categories(found: Board) -> Message:
    """The board with its categories below it."""
    names = (ALL, *found.categories)
    buttons = [Button("points.category_button", _show(found.every, one), {"category": one}) for one in names]
    return replace(say_to_all(found), buttons=in_rows(buttons, 3))


def _buttons(found: Board) -> Buttons:
    """To the other periods, in the same category; to the categories of this one, where there are several."""
    category = found.category or ALL
    row = [
        Button("points.every_button", _show(every, category), {"every": every})
        for every in RANKED
        if every is not found.every
    ]
    if found.ranking is not Ranking.PUBLIC or (len(found.categories) < 2 and found.category is None):  # noqa: PLR2004 - one is no choice
        return [row]
    return [[*row, Button("points.categories_button", Action("rank.categories", found.every))]]


def _show(every: Every, category: str) -> Action:
    return Action("rank.show", every, category)


FEATURE = Feature(
    "points",
    handlers=(
        Command("points", account, SEE_OWN),
        Command("rank", rank, TAKE_PART, costly=True),
        Press("rank.show", press_rank),
        Press("rank.categories", press_categories),
        Key("points.key", account, Permission.SEE_OWN, 40),
        Press("points.page", press_page, Permission.SEE_OWN),
    ),
    entries=(
        Entry("points", "points", SEE_OWN, 140, frozenset({Audience.EVERYBODY}), help=Help(60)),
        Entry("rank", "points", TAKE_PART, 150, frozenset({Audience.EVERYBODY}), help=Help(70)),
    ),
    start=start,
)
