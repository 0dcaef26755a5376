"""Team matches in chat: /match, the deep link under a card, and withdrawing one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MatchId
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission
from domain.study.match import opening, playing
from domain.study.match.card import LINK, desk
from domain.study.match.model import MAX_TEAMS, MIN_TEAMS, TooFewTeams
from domain.study.match.outline import Overview, overview
from handlers import pages
from handlers.access import Needs
from handlers.command import Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help
from handlers.links import number_in
from handlers.messaging import form
from handlers.study.match_form import FORM, known

if TYPE_CHECKING:
    from telegram import Update

    from domain.study.match.model import Match
    from handlers.context import Context
    from handlers.form import AllStores as Stores

NEEDS = Needs(in_private=Permission.TAKE_PART)


async def show(_: Update, context: Context) -> None:
    """/match: the matches in which one plays or which one may withdraw, and the way to open one."""
    await pages.show(context, partial(overview, actor=context.actor), say_overview)


def say_overview(found: Overview) -> Message:
    """The matches, each with a button."""
    rows = [[Button("match.play_button", Action("match.play", one.id), {"match": one})] for one in found.playing]
    rows += [[Button("match.manage_button", Action("match.show", one.id), {"match": one})] for one in found.managing]
    if found.may_open:
        rows.append([Button("match.new_button", Action("match.new"))])
    values = {"playing": found.playing, "managing": found.managing, "may_open": found.may_open}
    return Message("match.overview", values, rows)


async def press_list(_: Update, context: Context) -> None:
    """Button under /study: the matches, in a message of their own."""
    await pages.show(context, partial(overview, actor=context.actor), say_overview)
    context.acknowledge()


async def press_new(_: Update, context: Context) -> None:
    """Button: open a match."""
    groups = await context.read(partial(opening.may_play, actor=context.actor))
    if len(groups) < MIN_TEAMS:
        raise TooFewTeams
    await form.begin_in_place(context, FORM, known(groups[:MAX_TEAMS]))
    context.acknowledge()


async def start(context: Context, payload: str) -> bool:
    """A deep link to a match (`match_12`), in private. Whether it was one."""
    number = number_in(payload, LINK)
    if number is None or context.actor.chat.is_group:
        return False
    await _play(context, MatchId(number))
    return True


async def press_play(_: Update, context: Context) -> None:
    """Button: the next question of a match."""
    await _play(context, MatchId(context.pressed.numbers(1)[0]))
    context.acknowledge()


async def _play(context: Context, number: MatchId) -> None:
    """Ask the next question, in a new message at the end of the chat."""

    def unit(stores: Stores) -> None:
        playing.play(stores, context.actor, number=number, key=context.key)

    await context.run(unit)


async def press_show(_: Update, context: Context) -> None:
    """Button: a match, with the way to withdraw it."""
    number = MatchId(context.pressed.numbers(1)[0])

    def unit(stores: Stores) -> None:
        match = opening.show(stores, context.actor, number=number)
        stores.outbox.delete(match.desk, key=f"{match.desk}:{context.update_id}")
        stores.outbox.send(context.actor.chat.id, desk(match), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: ask whether a match is to be withdrawn."""
    number = MatchId(context.pressed.numbers(1)[0])
    await pages.show(context, partial(opening.show, actor=context.actor, number=number), ask_whether)
    context.acknowledge()


def ask_whether(match: Match) -> Message:
    """The question whether a match is to be withdrawn."""
    yes = Button("match.withdrawn_button", Action("match.withdrawn", match.id))
    return Message("match.ask_withdraw", {"match": match}, [[yes, Button("match.keep_button", Action("match.keep"))]])


async def press_withdrawn(_: Update, context: Context) -> None:
    """Button: withdraw it."""
    number = MatchId(context.pressed.numbers(1)[0])
    await pages.close(context, partial(opening.withdraw, actor=context.actor, number=number))


async def press_keep(_: Update, context: Context) -> None:
    """Button: it is not withdrawn."""
    await pages.close(context, lambda _: None)


OWN = Permission.SEE_OWN
FEATURE = Feature(
    "match",
    handlers=(
        Command("match", show, NEEDS),
        PrivatePress("match.list", press_list),
        PrivatePress("match.new", press_new, OWN),
        PrivatePress("match.play", press_play),
        PrivatePress("match.show", press_show, OWN),
        PrivatePress("match.withdraw", press_withdraw, OWN),
        PrivatePress("match.withdrawn", press_withdrawn, OWN),
        PrivatePress("match.keep", press_keep, OWN),
    ),
    entries=(Entry("match", "match", NEEDS, 105, frozenset({Audience.PRIVATE}), help=Help(12)),),
    start=start,
    forms=(FORM,),
)
