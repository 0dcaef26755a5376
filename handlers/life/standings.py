"""What concerns a branch and no meeting in particular: who votes, and what is owed."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ChatId, PersonId
from domain.life.meeting import dossier, owed, people
from domain.life.meeting.model import Standing
from domain.messaging.message import Action, Button, Document, Message, in_rows
from domain.people.permission import Permission
from handlers import documents, pages
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.life import meeting_dossier
from handlers.life.groups import in_group
from sheets.documents.writing import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.meeting.owed import Ledger
    from domain.people.actor import Actor
    from domain.people.person import Person
    from handlers.context import Context
    from handlers.form import AllStores as Stores

OWN, PAGE = Permission.SEE_OWN, 20
YEARS, QUARTERS = range(2000, 2200), range(1, 5)


async def press_ledger(_: Update, context: Context) -> None:
    """Button: what the branch owes."""
    actor = await in_group(context, ChatId(context.pressed.numbers(1)[0]))
    await pages.show(context, partial(owed.ledger, actor=actor), say_ledger)
    context.acknowledge()


def say_ledger(found: Ledger) -> Message:
    """What the branch owes, and the documents for whoever inspects it."""
    return Message("meeting.ledger", {"ledger": found}, meeting_dossier.buttons(found.group, found.day))


async def press_dossier(_: Update, context: Context) -> None:
    """Button: the document of a quarter. Raises ButtonExpired."""
    group, year, quarter = context.pressed.numbers(3)
    if year not in YEARS or quarter not in QUARTERS:
        raise ButtonExpired
    there = await in_group(context, ChatId(group))
    found = await context.read(partial(dossier.dossier, actor=there, first=date(year, quarter * 3 - 2, 1)))
    content = await asyncio.to_thread(write, meeting_dossier.words_in(found, context.label))
    document = Document("meeting.dossier_name", "docx", content, {"dossier": found})
    await documents.send(context, document, Message("meeting.dossier_sent", {"dossier": found}))
    context.acknowledge()


async def press_standings(_: Update, context: Context) -> None:
    """Button: who votes in a group."""
    group, page = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))
    shown = partial(say_standings, actor=actor, page=page)
    await pages.turn(context, partial(people.members, actor=actor), shown)


async def press_standing(_: Update, context: Context) -> None:
    """Button: somebody's standing in the party is another."""
    pressed = context.pressed.having(4)
    actor = await in_group(context, ChatId(pressed.number()))
    person, standing, page = PersonId(pressed.number(1)), pressed.member(Standing, 2), pressed.number(3)

    def change(stores: Stores) -> Sequence[tuple[Person, Standing]]:
        people.put_standing(stores, actor, person=person, standing=standing)
        return people.members(stores, actor)

    await pages.turn(context, change, partial(say_standings, actor=actor, page=page))


def say_standings(found: Sequence[tuple[Person, Standing]], *, actor: Actor, page: int) -> Message:
    """Who of a branch is what, with a button for each."""
    shown, group = found[page * PAGE : (page + 1) * PAGE], actor.chat
    rows = [
        Button(
            "meeting.standing_button",
            Action("meeting.standing", group.id, person.id, _next(standing), page),
            {"person": person, "standing": standing},
        )
        for person, standing in shown
    ]
    more = len(found) > (page + 1) * PAGE
    turns = pages.page_buttons(
        first=Action("meeting.standings", group.id, 0) if page else None,
        further=Action("meeting.standings", group.id, page + 1) if more else None,
    )
    values = {"people": shown, "page": page, "pages": max(1, -(-len(found) // PAGE)), "group": group}
    return Message("meeting.standings", values, [*in_rows(rows, 2), *turns])


def _next(standing: Standing) -> Standing:
    every = list(Standing)
    return every[(every.index(standing) + 1) % len(every)]


PRESSES = (
    PrivatePress("meeting.ledger", press_ledger, OWN),
    PrivatePress("meeting.dossier", press_dossier, OWN),
    PrivatePress("meeting.standings", press_standings, OWN),
    PrivatePress("meeting.standing", press_standing, OWN),
)
