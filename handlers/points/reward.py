"""Rewards in chat: /rewards, what waits for those in charge, and the catalogue that they keep."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import RewardId, RewardRequestId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.points import reward
from domain.points.reward import Answered, Asked, Catalogue, Kept, Proposed, Shown, TakenBack
from handlers import pages
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command
from handlers.command import Command, Key, PrivatePress
from handlers.feature import Entry, Feature, Help
from handlers.messaging import form
from handlers.points import reward_form

if TYPE_CHECKING:
    from telegram import Update

    from domain.messaging.message import Buttons
    from handlers.context import Context

NEEDS = Needs(in_private=Permission.TAKE_PART)
KEEP = Permission.KEEP_REWARDS
MANAGE, ADD = ("管理", "manage"), ("上架", "add")
LIST, CATALOGUE = Action("reward.list", 0), Action("reward.manage", 0)


async def show(_: Update, context: Context) -> None:
    """/rewards [管理 | 上架]: what one may ask for; for those in charge also the catalogue. Raises BadArguments."""
    words = plain.line(after_command(context.text)).lower()
    if words in MANAGE:
        await pages.show(context, partial(reward.catalogue, actor=context.actor), say_catalogue)
    elif words in ADD:
        await _begin_adding(context)
    elif words:
        raise BadArguments("reward.usage")
    else:
        await show_list(_, context)


async def show_list(_: Update, context: Context) -> None:
    """What one may ask for."""
    await pages.show(context, partial(reward.show, actor=context.actor), say_list)


async def press_list(_: Update, context: Context) -> None:
    """Button: another page of what one may ask for."""
    (offset,) = context.pressed.numbers(1)
    await pages.turn(context, partial(reward.show, actor=context.actor, offset=offset), say_list)


def say_list(shown: Shown) -> Message:
    """What somebody may ask for, with a button for each that they can pay, and for each request that waits."""
    free = [one for one in shown.rewards if one.offer.stock and one.id not in shown.used_up]
    take = [
        [Button("reward.take_button", Action("reward.pick", one.id), {"reward": one})]
        for one in free
        if one.offer.cost <= shown.balance
    ]
    own = [
        [Button("reward.withdraw_button", Action("reward.withdraw", one.id), {"request": one})]
        for one in shown.requests
        if one.state is reward.State.OPEN
    ]
    keep = [[Button("reward.manage_button", CATALOGUE)]] if shown.keeps else []
    return Message("reward.list", {"shown": shown}, [*take, *own, *_leaves("reward.list", shown), *keep])


def _leaves(action: str, page: Shown | Catalogue) -> Buttons:
    return pages.page_buttons(
        first=Action(action, 0) if page.offset else None,
        further=Action(action, page.offset + reward.LISTED) if page.more else None,
    )


async def press_pick(_: Update, context: Context) -> None:
    """Button: show what a reward costs, to be confirmed."""
    number = RewardId(context.pressed.having(1).number())
    use_case = partial(reward.propose, actor=context.actor, number=number)
    await pages.turn(context, use_case, partial(say_proposed, press=context.update_id))


def say_proposed(proposed: Proposed, press: int) -> Message:
    """What asking for a reward comes to. The button carries the price as shown, and which question it answers."""
    offer = proposed.reward.offer
    yes = Button("reward.confirm_button", Action("reward.take", proposed.reward.id, offer.cost, press))
    return Message("reward.proposed", {"proposed": proposed}, [[yes, Button("reward.drop_button", LIST)]])


async def press_take(_: Update, context: Context) -> None:
    """Button: ask for the reward."""
    number, cost, press = context.pressed.numbers(3)
    use_case = partial(reward.ask, actor=context.actor, number=RewardId(number), cost=cost, press=press)
    await pages.turn(context, use_case, say_asked)


def say_asked(asked: Asked) -> Message:
    """The answer after somebody has asked for a reward."""
    return Message("reward.asked", {"asked": asked}, [[Button("reward.back_button", LIST)]])


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: take back what one has asked for."""
    number = RewardRequestId(context.pressed.having(1).number())
    await pages.turn(context, partial(reward.withdraw, actor=context.actor, number=number), say_taken_back)


def say_taken_back(taken: TakenBack) -> Message:
    """The answer after a request was withdrawn."""
    return Message("reward.taken_back", {"taken": taken}, [[Button("reward.back_button", LIST)]])


async def press_inbox(_: Update, context: Context) -> None:
    """Button on today's card: show what waits to be answered."""
    await context.run(partial(reward.show_waiting, actor=context.actor, key=context.key))
    context.acknowledge()


async def press_approve(_: Update, context: Context) -> None:
    """Button: agree to a request."""
    number = RewardRequestId(context.pressed.having(1).number())
    await context.notify(partial(reward.approve, actor=context.actor, number=number), notice_answered)


async def press_hand(_: Update, context: Context) -> None:
    """Button: the reward was handed over."""
    number = RewardRequestId(context.pressed.having(1).number())
    await context.notify(partial(reward.hand, actor=context.actor, number=number), notice_answered)


def notice_answered(answered: Answered) -> Text:
    """The notice after an answer."""
    return Text("reward.answered_notice", {"request": answered.request})


async def press_refuse(_: Update, context: Context) -> None:
    """Button: ask for the reason why a request is given back."""
    number = RewardRequestId(context.pressed.having(1).number())
    await context.read(partial(reward.refusable, actor=context.actor, number=number))
    await form.begin(context, reward_form.REFUSE, {reward_form.REQUEST: str(number)})
    context.acknowledge()


async def press_manage(_: Update, context: Context) -> None:
    """Button: a page of the catalogue that one keeps."""
    (offset,) = context.pressed.numbers(1)
    await pages.turn(context, partial(reward.catalogue, actor=context.actor, offset=offset), say_catalogue)


def say_catalogue(catalogue: Catalogue) -> Message:
    """The catalogue that somebody keeps, with a button for each reward and one to add another."""
    rows = [
        [Button("reward.kept_button", Action("reward.item", one.reward.id), {"kept": one})] for one in catalogue.kept
    ]
    add = [Button("reward.add_button", Action("reward.add")), Button("reward.back_button", LIST)]
    return Message("reward.catalogue", {"catalogue": catalogue}, [*rows, *_leaves("reward.manage", catalogue), add])


async def _begin_adding(context: Context) -> None:
    await context.read(partial(reward.catalogue, actor=context.actor))
    await form.begin(context, reward_form.ADD)


async def press_add(_: Update, context: Context) -> None:
    """Button: put something into the catalogue."""
    context.pressed.having(0)
    await _begin_adding(context)
    context.acknowledge()


async def press_item(_: Update, context: Context) -> None:
    """Button: one reward of the catalogue."""
    await pages.turn(context, partial(reward.one, actor=context.actor, number=_number(context)), reward_form.say_kept)


def _number(context: Context) -> RewardId:
    return RewardId(context.pressed.having(1).number())


async def press_stock(_: Update, context: Context) -> None:
    """Button: ask how many pieces are left."""
    number = _number(context)
    await context.read(partial(reward.one, actor=context.actor, number=number))
    await form.begin(context, reward_form.STOCK, {reward_form.REWARD: str(number)})
    context.acknowledge()


async def press_close(_: Update, context: Context) -> None:
    """Button: ask whether a reward is to be taken off the catalogue."""
    await pages.turn(context, partial(reward.one, actor=context.actor, number=_number(context)), say_closing)


def say_closing(kept: Kept) -> Message:
    """The question whether a reward is to be taken off."""
    number = kept.reward.id
    yes = Button("reward.confirm_button", Action("reward.closed", number))
    return Message(
        "reward.closing", {"kept": kept}, [[yes, Button("reward.drop_button", Action("reward.item", number))]]
    )


async def press_closed(_: Update, context: Context) -> None:
    """Button: take a reward off the catalogue."""
    use_case = partial(reward.close, actor=context.actor, number=_number(context))
    await pages.turn(context, use_case, reward_form.say_kept)


FEATURE = Feature(
    "reward",
    handlers=(
        Command("rewards", show, NEEDS),
        Key("reward.key", show_list, Permission.TAKE_PART, 45, shown=reward.in_use),
        PrivatePress("reward.list", press_list),
        PrivatePress("reward.pick", press_pick),
        PrivatePress("reward.take", press_take),
        PrivatePress("reward.withdraw", press_withdraw),
        PrivatePress("reward.inbox", press_inbox, KEEP),
        PrivatePress("reward.approve", press_approve, KEEP),
        PrivatePress("reward.hand", press_hand, KEEP),
        PrivatePress("reward.refuse", press_refuse, KEEP),
        PrivatePress("reward.manage", press_manage, KEEP),
        PrivatePress("reward.add", press_add, KEEP),
        PrivatePress("reward.item", press_item, KEEP),
        PrivatePress("reward.stock", press_stock, KEEP),
        PrivatePress("reward.close", press_close, KEEP),
        PrivatePress("reward.closed", press_closed, KEEP),
    ),
    forms=(reward_form.ADD, reward_form.STOCK, reward_form.REFUSE),
    entries=(Entry("rewards", "reward", NEEDS, 145, help=Help(65), shown=reward.in_use),),
)
