"""The forms of rewards: a new one, its stock, and why a request is given back."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import BranchId, RewardId, RewardRequestId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.points import reward
from domain.points.reason import check_reason
from domain.points.reward import MAX_COST, MAX_STOCK, MAX_TITLE_CHARS, MAX_VALUE, Answered, Kept, Offer, WrongNumber
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from language import deadline
from language.deadline import DeadlineError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.points.features import Stores
    from handlers.context import Context

KEEP = Permission.KEEP_REWARDS
REWARD, REQUEST = "reward", "request"  # what a draft is about
MAX_DIGITS, A_ROW = 9, 4
DECEMBER = 12
NUMBERS: Codec[int] = Codec(str, int)
PLACE: Codec[BranchId | None] = Codec(lambda branch: str(branch or 0), lambda kept: BranchId(int(kept)) or None)
DAY: Codec[date | None] = Codec(
    lambda day: day.isoformat() if day else "", lambda kept: date.fromisoformat(kept) if kept else None
)


def say_kept(kept: Kept) -> Message:
    """A reward of the catalogue, with buttons to change it."""
    number, back = kept.reward.id, Button("reward.back_button", Action("reward.manage", 0))
    if kept.reward.closed_at is not None:
        return Message("reward.kept", {"kept": kept}, [[back]])
    stock = Button("reward.stock_button", Action("reward.stock", number))
    close = Button("reward.close_button", Action("reward.close", number))
    return Message("reward.kept", {"kept": kept}, [[stock, close], [back]])


def say_done(kept: Kept) -> Message:
    """The answer to a form about a reward."""
    return Message("reward.kept", {"kept": kept})


def ask_title(_: Stores, __: Filled) -> Message:
    """Ask what it is called."""
    return Message("reward.ask_title")


async def hear_title(context: Context) -> Fill:
    """Read the title. Raises WrongTitle."""
    title = " ".join(visible(context.text).split())
    if not 0 < len(title) <= MAX_TITLE_CHARS:
        raise reward.WrongTitle(most=MAX_TITLE_CHARS)
    return lambda _, filled: filled.with_(TITLE, title)


def _asking(text: str) -> Callable[[Stores, Filled], Message]:
    return lambda _, filled: Message(text, {"title": filled[TITLE]})


def _number(words: str, least: int, most: int) -> int:
    digits = plain.tidy(words)
    if not digits.isdecimal() or len(digits) > MAX_DIGITS or not least <= int(digits) <= most:
        raise WrongNumber(least=least, most=most)
    return int(digits)


def _hearing(name: str, least: int, most: int) -> Callable[[Context], Awaitable[Fill]]:
    """Reads a number for a field."""

    async def hear(context: Context) -> Fill:
        number = _number(context.text, least, most)
        return lambda _, filled: Filled(filled.draft.filled(**{name: str(number)}))

    return hear


def _picking(name: str, least: int, most: int) -> Callable[[Actor, str], Fill]:
    def pick(_: Actor, value: str) -> Fill:
        number = _number(value, least, most)
        return lambda _, filled: Filled(filled.draft.filled(**{name: str(number)}))

    return pick


def _offering(*numbers: int) -> Callable[[Stores, Actor, Filled], Sequence[Choice]]:
    choices = [Choice(Text("reward.number_button", {"number": one}), str(one)) for one in numbers]
    return lambda _, __, ___: choices


def offer_values(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """A reward that costs no money is usual: a day in a nursing home's garden, a place to park."""
    return [Choice(Text("reward.no_value_button"), "0")]


def ask_branch(_: Stores, __: Filled) -> Message:
    """Ask whose catalogue it is for."""
    return Message("reward.ask_branch")


def offer_places(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The places whose catalogue one keeps."""
    found = reward.places(stores, actor)
    branches = [Choice(Text("reward.branch_button", {"branch": one}), str(one.id)) for one in found.branches]
    return [Choice(Text("reward.everybody_button"), "0"), *branches] if found.everywhere else branches


async def hear_branch(context: Context) -> Fill:
    """Read the name of a branch. Raises NotAllowed, UnknownBranch, AmbiguousBranch where it is filled in."""
    actor, words = context.actor, context.text
    return lambda stores, filled: filled.with_(BRANCH, reward.place_named(stores, actor, words=words).id)


def pick_branch(actor: Actor, value: str) -> Fill:
    """A place was tapped. Raises ButtonExpired for one that was not offered."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer_places(stores, actor, filled)}:
            raise ButtonExpired
        return filled.with_(BRANCH, PLACE.load(value))

    return choose


def ask_until(_: Stores, __: Filled) -> Message:
    """Ask for the last day."""
    return Message("reward.ask_until")


def offer_days(_: Stores, actor: Actor, __: Filled) -> Sequence[Choice]:
    """No end, or the end of this month or year."""
    today = actor.today
    month = today.replace(day=monthrange(today.year, today.month)[1])
    days = sorted({month, date(today.year, DECEMBER, 31)})
    return [
        Choice(Text("reward.no_end_button"), ""),
        *(Choice(Text("reward.day_button", {"day": day}), day.isoformat()) for day in days),
    ]


async def hear_until(context: Context) -> Fill:
    """Read the last day. Raises WrongDay, BadArguments."""
    try:
        reading = deadline.read(context.text, context.actor.chat.local(context.now), working=await working(context))
    except DeadlineError as error:
        raise BadArguments("reward.wrong_day") from error
    if reading is None or reading.rest:
        raise BadArguments("reward.wrong_day")
    return _until(context.actor, context.actor.chat.day(reading.due))


def _until(actor: Actor, day: date) -> Fill:
    if day < actor.today:
        raise reward.WrongDay
    return lambda _, filled: filled.with_(UNTIL, day)


def pick_until(actor: Actor, value: str) -> Fill:
    """A day was tapped. Raises ButtonExpired, WrongDay."""
    if not value:
        return lambda _, filled: filled.with_(UNTIL, None)
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ButtonExpired from error
    return _until(actor, day)


def _offer(filled: Filled) -> Offer:
    branch: BranchId | None = filled[BRANCH]
    until: date | None = filled[UNTIL]
    return Offer(filled[TITLE], filled[COST], filled[PIECES], filled[VALUE], branch, until)


def preview(stores: Stores, filled: Filled) -> Message:
    """What will stand in the catalogue."""
    offer = _offer(filled)
    where: Branch | None = None if offer.branch is None else stores.branches.get(offer.branch)
    return Message("reward.preview", {"offer": offer, "where": where})


async def add(context: Context, filled: Filled) -> Ending:
    """Put it into the catalogue."""
    return ending(partial(reward.add, actor=context.actor, offer=_offer(filled)), say_done)


def ask_pieces(stores: Stores, filled: Filled) -> Message:
    """Ask how many pieces are left. Raises ButtonExpired."""
    found = stores.rewards.find(RewardId(int(filled.draft.values[REWARD])))
    if found is None:
        raise ButtonExpired
    return Message("reward.ask_stock", {"title": found.offer.title})


async def restock(context: Context, filled: Filled) -> Ending:
    """Say how many pieces are left."""
    number = RewardId(int(filled.draft.values[REWARD]))
    return ending(partial(reward.stock, actor=context.actor, number=number, pieces=filled[LEFT]), say_done)


def _request(filled: Filled) -> RewardRequestId:
    return RewardRequestId(int(filled.draft.values[REQUEST]))


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why a request is given back. Raises ButtonExpired."""
    found = stores.rewards.request(_request(filled))
    if found is None:
        raise ButtonExpired
    return Message("reward.ask_reason", {"request": found})


async def hear_reason(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    reason = check_reason(context.text)
    return lambda _, filled: filled.with_(REASON, reason)


async def refuse(context: Context, filled: Filled) -> Ending:
    """Give the request back."""
    use_case = partial(reward.refuse, actor=context.actor, number=_request(filled), reason=filled[REASON])
    return ending(use_case, say_refused)


def say_refused(answered: Answered) -> Message:
    """The answer after a request was given back."""
    return Message("reward.refused", {"request": answered.request})


TITLE = Field("title", WORDS, "reward.field_title", ask_title, hear_title)
COST = Field(
    "cost",
    NUMBERS,
    "reward.field_cost",
    _asking("reward.ask_cost"),
    _hearing("cost", 1, MAX_COST),
    _offering(20, 50, 100, 200),
    _picking("cost", 1, MAX_COST),
    a_row=A_ROW,
)
PIECES = Field(
    "stock",
    NUMBERS,
    "reward.field_stock",
    _asking("reward.ask_stock"),
    _hearing("stock", 0, MAX_STOCK),
    _offering(1, 5, 10, 50),
    _picking("stock", 0, MAX_STOCK),
    a_row=A_ROW,
)
VALUE = Field(
    "value",
    NUMBERS,
    "reward.field_value",
    _asking("reward.ask_value"),
    _hearing("value", 0, MAX_VALUE),
    offer_values,
    _picking("value", 0, MAX_VALUE),
)
BRANCH = Field("branch", PLACE, "reward.field_branch", ask_branch, hear_branch, offer_places, pick_branch, a_row=2)
UNTIL = Field("until", DAY, "reward.field_until", ask_until, hear_until, offer_days, pick_until, a_row=3)
ADD = Form("reward", (TITLE, COST, PIECES, VALUE, BRANCH, UNTIL), KEEP, add, preview)
LEFT = Field("stock", NUMBERS, "reward.field_stock", ask_pieces, _hearing("stock", 0, MAX_STOCK))
STOCK = Form("reward_stock", (LEFT,), KEEP, restock)
REASON = Field("reason", WORDS, "reward.field_reason", ask_reason, hear_reason)
REFUSE = Form("reward_refuse", (REASON,), KEEP, refuse)
