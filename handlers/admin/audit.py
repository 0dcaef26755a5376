"""The audit log in chat: /audit, for administrators of the whole enterprise, in private."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.admin import audit
from domain.admin.audit import Searched, Wanted
from domain.features import AUDIT_KINDS
from domain.ids import MemberId
from domain.messaging.message import Action, Button, Message, in_rows
from domain.people import member
from domain.people.permission import Permission
from handlers import pages
from handlers.access import Needs
from handlers.admin import arguments
from handlers.admin.arguments import AuditArguments
from handlers.arguments import BadArguments
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Audience, Entry, Feature, Help, Section

if TYPE_CHECKING:
    from domain.stores import Stores

KINDS_A_ROW = 3
NEEDS = Needs(in_private=Permission.SEARCH_AUDIT)
NO_NUMBER = 0  # in a button: no person, no day or no record
ALL_KINDS = "all"  # in a button: records of every kind
LAST_DAY = date(9998, 12, 31).toordinal()


async def search(_: Update, context: Context) -> None:
    """/audit [@name] [DAY [DAY]]: who did what to whom, newest first."""
    if context.message is None:
        raise BadArguments("audit.usage")
    asked = arguments.audit(context.message)
    await pages.show(context, partial(_search, context=context, asked=asked), say_page)


def _search(stores: "Stores", *, context: Context, asked: AuditArguments) -> Searched:
    audit.require_access(stores, context.actor)
    person = None if asked.mention is None else member.known(stores, asked.mention).id
    return audit.search(stores, context.actor, wanted=Wanted(person, since=asked.since, until=asked.until))


def say_page(searched: Searched) -> Message:
    """A page of the results, with buttons for other pages, for each kind and for all kinds."""
    wanted = searched.wanted
    kinds = [
        Button("audit.kind_button", _page(replace(wanted, kind=kind)), {"kind": kind})
        for kind in (None, *AUDIT_KINDS)
        if kind != wanted.kind
    ]
    first = None if searched.is_first else _page(wanted)
    further = None if searched.further is None else _page(wanted, searched.further)
    buttons = [*pages.page_buttons(first=first, further=further), *in_rows(kinds, KINDS_A_ROW)]
    return Message("audit.page", {"searched": searched}, buttons)


def _page(wanted: Wanted, before: int = NO_NUMBER) -> Action:
    """A button's action: the person, the kind, the days, and the number of the record to continue from."""
    days = (NO_NUMBER if day is None else day.toordinal() for day in (wanted.since, wanted.until))
    return Action("audit.page", wanted.person or NO_NUMBER, wanted.kind or ALL_KINDS, *days, before)


async def press_page(_: Update, context: Context) -> None:
    """Button: show another page or another kind."""
    pressed = context.pressed.having(5)
    person, before = pressed.number(0), pressed.number(4)
    wanted = Wanted(
        MemberId(person) if person != NO_NUMBER else None,
        _kind(pressed.word(1)),
        *map(_day, map(pressed.number, (2, 3))),
    )
    use_case = partial(audit.search, actor=context.actor, wanted=wanted, before=before or None)
    await pages.turn(context, use_case, say_page)


def _kind(word: str) -> str | None:
    """The kind that a button names. Raises ButtonExpired, also for older buttons, which have a position instead."""
    if word not in (ALL_KINDS, *AUDIT_KINDS):
        raise ButtonExpired
    return None if word == ALL_KINDS else word


def _day(number: int) -> date | None:
    if number > LAST_DAY:
        raise ButtonExpired
    return None if number == NO_NUMBER else date.fromordinal(number)


FEATURE = Feature(
    "audit",
    handlers=(Command("audit", search, NEEDS, costly=True), Press("audit.page", press_page, Permission.SEARCH_AUDIT)),
    entries=(Entry("audit", "audit", NEEDS, 270, frozenset({Audience.NOBODY}), help=Help(60, Section.ADMINISTRATORS)),),
)
