"""The audit log in chat: /audit, for administrators of the whole enterprise, in private."""

from dataclasses import replace
from datetime import date

from telegram import Update

from domain.admin import audit
from domain.admin.audit import Searched, Wanted
from domain.features import AUDIT_KINDS as KINDS
from domain.ids import MemberId
from domain.messaging.message import Action, Button, Buttons
from domain.people import permission
from domain.people.member import AmbiguousName, Member, Mention, UnknownName
from domain.people.permission import EVERYWHERE, Permission, Role
from domain.refusal import NotAllowed
from domain.stores import Stores
from handlers import arguments, pages
from handlers.access import Needs
from handlers.arguments import BadArguments
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.pages import Page

KINDS_A_ROW = 3
NO_DAY = 0  # in the place of a day's number
LAST_DAY = date(9998, 12, 31).toordinal()


async def search(_: Update, context: Context) -> None:
    """/audit [@name] [DAY [DAY]]: who did what to whom, newest first."""
    if context.message is None:
        raise BadArguments("audit.usage")
    asked = arguments.audit(context.message)

    def find(stores: Stores) -> Page:
        check(stores, context)
        person = None if asked.mention is None else known(stores, asked.mention).id
        return page(stores, context, Wanted(person, since=asked.since, until=asked.until), None)

    await pages.show(context, find)


def known(stores: Stores, mention: Mention) -> Member:
    """Whom a mention means, of those who are known already. Raises UnknownName, AmbiguousName."""
    one = stores.members.find(mention.person.platform_id) if mention.person else stores.members.named(mention.name)
    found = [one] if one else stores.members.namesakes(mention.name)
    if len(found) > 1:
        raise AmbiguousName(name=mention.name)
    if not found:
        raise UnknownName(name=mention.name)
    return found[0]


def check(stores: Stores, context: Context) -> None:
    """The log is of the whole enterprise: a role over a part of it is not enough. Raises NotAllowed."""
    actor, first = context.actor, context.services.administrators
    wanted = Permission.SEARCH_AUDIT
    if not permission.over(stores, actor=actor, permission=wanted, area=EVERYWHERE, first=first, at=context.now):
        raise NotAllowed(by=Role.ADMINISTRATOR, group_admins=False)


def page(stores: Stores, context: Context, wanted: Wanted, before: int | None) -> Page:
    """A page of what is wanted, with buttons for kinds and for what is older."""
    found = audit.search(stores, wanted=wanted, before=before, chat=context.actor.chat, at=context.now)
    return Page("audit.page", {"searched": found}, buttons(found, first=before is None))


def buttons(found: Searched, *, first: bool) -> Buttons:
    """A button for each kind, one for all of them, and those that turn the pages."""
    kinds = [
        Button("audit.kind_button", Action("audit.page", carried(replace(found.wanted, kind=kind)), 0), {"kind": kind})
        for kind in (None, *KINDS)
        if kind != found.wanted.kind
    ]
    rows = [kinds[i : i + KINDS_A_ROW] for i in range(0, len(kinds), KINDS_A_ROW)]
    own = carried(found.wanted)
    further = None if found.further is None else f"{own}:{found.further}"
    return [*pages.leaf("audit.page", first=None if first else f"{own}:0", further=further), *rows]


def carried(wanted: Wanted) -> str:
    """What is searched for, as a button carries it: the person, the kind from 1 on, the days."""
    days = (NO_DAY if day is None else day.toordinal() for day in (wanted.since, wanted.until))
    kind = 1 + KINDS.index(wanted.kind) if wanted.kind else 0
    return ":".join(map(str, (wanted.person or 0, kind, *days)))


async def press_page(_: Update, context: Context) -> None:
    """Another page, or another kind."""
    person, kind, since, until, before = context.pressed(5)
    if kind > len(KINDS) or max(since, until) > LAST_DAY:
        raise ButtonExpired
    days = [date.fromordinal(day) if day != NO_DAY else None for day in (since, until)]

    def turn(stores: Stores) -> Page:
        check(stores, context)
        if person and stores.members.look_up(MemberId(person)) is None:
            raise ButtonExpired
        wanted = Wanted(MemberId(person) if person else None, KINDS[kind - 1] if kind else None, *days)
        return page(stores, context, wanted, before or None)

    await pages.turn(context, turn)


FEATURE = Feature(
    "audit",
    handlers=(
        Command("audit", search, Needs(in_private=Permission.SEARCH_AUDIT)),
        Press("audit.page", press_page, Permission.SEARCH_AUDIT),
    ),
)
