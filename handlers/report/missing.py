"""谁还没 in private: /missing, for whoever may give tasks in a group. One message, edited in place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.messaging.message import Action, Button, Message
from domain.people.actor import Actor
from domain.people.permission import Permission
from domain.report import missing
from domain.report.missing import Found, Reminded
from handlers import access, pages
from handlers.access import Needs
from handlers.command import Command, Key, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Entry, Feature, Help, Section

if TYPE_CHECKING:
    from domain.report.features import Stores

GIVE = Permission.GIVE_TASKS
NEEDS, SHOWN = Needs(in_private=Permission.SEE_OWN), Needs(in_private=GIVE)
ROOM = 60  # names on a page
LINE = 4  # names take the room of a line
FEW = 8  # names: with room for fewer, the next page begins


@dataclass(frozen=True, slots=True)
class Line:
    """What is missing and who has not done it, as far as they fit on a page; `of` is how many they are."""

    text: object
    names: Sequence[object]
    of: int


async def show(_: Update, context: Context) -> None:
    """/missing: who has not done what, in the first of the sender's groups; buttons lead to the others."""
    there = await access.where_allowed(context, GIVE)
    if not there:
        await context.say(Message("missing.no_group"))
        return
    await pages.show(context, partial(missing.look, actor=there[0]), partial(say_found, there=there, offset=0))


async def press_open(update: Update, context: Context) -> None:
    """Button on today's card."""
    await show(update, context)
    context.acknowledge()


async def press_page(_: Update, context: Context) -> None:
    """Button: another page, or another group."""
    group, offset = context.pressed.numbers(2)
    there, actor = await _chosen(context, group)
    await pages.turn(context, partial(missing.look, actor=actor), partial(say_found, there=there, offset=offset))


async def press_remind(_: Update, context: Context) -> None:
    """Button: remind everybody of the group who has not done something."""
    there, actor = await _chosen(context, context.pressed.having(1).number())

    def remind(stores: "Stores") -> tuple[Reminded, Found]:
        return missing.remind(stores, actor), missing.look(stores, actor)

    await pages.turn(context, remind, partial(say_reminded, there=there))


async def _chosen(context: Context, group: int) -> tuple[list[Actor], Actor]:
    """The sender in all of their groups, and in the one of a button. Raises ButtonExpired for one of others."""
    there = await access.where_allowed(context, GIVE)
    chosen = next((one for one in there if one.group.id == group), None)
    if chosen is None or context.actor.chat.is_group:
        raise ButtonExpired
    return there, chosen


def say_found(found: Found, *, there: Sequence[Actor], offset: int) -> Message:
    """A page of who has not done what."""
    pages_ = _pages(found)
    place = min(offset, len(pages_) - 1)
    number = found.group.id
    first = Action("missing.page", number, 0) if place else None
    further = Action("missing.page", number, place + 1) if place + 1 < len(pages_) else None
    own = there[0].member.id
    count = len(found.others(own))
    remind = [Button("missing.remind_button", Action("missing.remind", number), {"count": count})]
    rows = [*([remind] if count else []), *pages.page_buttons(first=first, further=further), *_next_group(found, there)]
    return Message("missing.page", {"group": found.group, "lines": pages_[place], "reminded": None, "own": own}, rows)


def say_reminded(outcome: tuple[Reminded, Found], *, there: Sequence[Actor]) -> Message:
    """Whom the reminder has reached, above the first page."""
    reminded, found = outcome
    shown = say_found(found, there=there, offset=0)
    rows = [row for row in shown.buttons if row[0].text != "missing.remind_button"]
    return replace(shown, values={**shown.values, "reminded": reminded}, buttons=rows)


def _pages(found: Found) -> Sequence[Sequence[Line]]:
    """Lines with names, so many names on a page; there is always one page."""
    made: list[list[Line]] = [[]]
    room = ROOM
    for gap in found.gaps:
        told = 0
        while not told or told < len(gap.who):
            if room < LINE + FEW:
                made.append([])
                room = ROOM
            names = gap.who[told : told + room - LINE]
            made[-1].append(Line(gap.text, names, len(gap.who)))
            told += len(names) or 1
            room -= LINE + len(names)
    return made


def _next_group(found: Found, there: Sequence[Actor]) -> list[list[Button]]:
    """A button to the next of the sender's groups; after the last comes the first."""
    groups = [one.group for one in there]
    if len(groups) < 2:  # noqa: PLR2004 - one group has no next one
        return []
    follows = groups[(1 + [one.id for one in groups].index(found.group.id)) % len(groups)]
    return [[Button("missing.group_button", Action("missing.page", follows.id, 0), {"group": follows})]]


FEATURE = Feature(
    "missing",
    handlers=(
        Command("missing", show, NEEDS, costly=True),
        Press("missing.open", press_open, Permission.SEE_OWN),
        Press("missing.page", press_page, Permission.SEE_OWN),
        Press("missing.remind", press_remind, Permission.SEE_OWN),
        Key("missing.key", show, GIVE, 65),
    ),
    entries=(Entry("missing", "missing", SHOWN, 35, help=Help(35, Section.IN_CHARGE)),),
)
