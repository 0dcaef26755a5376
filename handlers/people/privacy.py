"""Privacy in chat: /export me, and /erase for administrators."""

import asyncio
from dataclasses import replace
from typing import Any

from telegram import Message, Update

from domain.admin.audit import FILE_EXPORTED
from domain.ids import MemberId, PersonId
from domain.messaging.message import Button, Document
from domain.people import invitation, privacy
from domain.people.member import Member
from domain.people.permission import Permission
from domain.people.person import Person
from domain.people.privacy import Forgotten, Table
from domain.stores import Stores
from handlers import arguments, pages
from handlers.access import SEE_OWN, Needs
from handlers.arguments import BadArguments
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.pages import Page
from handlers.workbook import Workbook

ME = ("me", "我", "本人")


async def export(_: Update, context: Context) -> None:
    """/export me: everything that is stored of whoever asks, as a file."""
    member = context.actor.member
    tables = await context.services.database.read(privacy.own, member=member)
    book = Workbook(context.services, context.actor.reader, "privacy.sheet", "privacy.column")
    content = await asyncio.to_thread(book.write, [plain(table) for table in tables])
    document = Document("privacy.file_name", "xlsx", content, {"day": context.actor.chat.day(context.now)})

    def send(stores: Stores) -> None:
        key = f"privacy:{context.incoming.update_id}"
        action, subject = FILE_EXPORTED, f"member:{member.id}"
        stores.audit.note(member.id, action, subject, old=None, new=None, at=context.now)
        stores.outbox.send_document(context.actor.chat.id, document, Message("privacy.file"), key=key, urgent=True)

    await context.run(send)


def plain(table: Table) -> Table:
    """The numbers of things are no amounts: a spreadsheet is to leave them as they are written."""
    rows = [[str(value) if type(value) is int else value for value in row] for row in table.rows]
    return replace(table, rows=rows)


def _is_me(message: Message) -> bool:
    return arguments.after_command(message.text or message.caption or "").lower() in ME


async def erase(_: Update, context: Context) -> None:
    """/erase NUMBER or @name: forget somebody who has left, or a guest; asks first."""
    words, message = arguments.after_command(context.text), context.message
    mention = arguments.first_mention(message) if message else None

    def ask(stores: Stores) -> Page:
        if mention is not None:
            member = (
                stores.members.named(mention.name)
                if mention.person is None
                else _met(stores, mention.person.platform_id)
            )
            if member is None:
                raise BadArguments("privacy.erase_usage")
            return asking(stores, context, stores.people.of_member(member.id), member)
        number = arguments.identity(words, usage="privacy.erase_usage")[0]
        return asking(stores, context, invitation.find(stores, number), None)

    await pages.show(context, ask)


def _met(stores: Stores, platform_id: int) -> Member | None:
    return stores.members.find(platform_id)


def asking(stores: Stores, context: Context, person: Person | None, member: Member | None) -> Page:
    """Whether somebody is really to be forgotten: it cannot be undone. Raises what `allowed` does."""
    allowed(stores, context, person, member)
    whom = f"privacy.erase_person:{person.id}" if person else f"privacy.erase_member:{member.id if member else 0}"
    row = [Button("privacy.erase_button", whom), Button("privacy.keep_button", Action("privacy.keep"))]
    return Page("privacy.sure", {"name": person.name if person else member.name if member else ""}, [row])


def allowed(stores: Stores, context: Context, person: Person | None, member: Member | None) -> None:
    """Raises NotYourBranch, StillThere, HoldsRoles, AlreadyForgotten."""
    first = context.services.administrators
    own = invitation.answered_for(stores, actor=context.actor, first=first)
    if person is not None:
        invitation.demand(stores, actor=context.actor, person=person, first=first)
    elif own is not None:  # a guest is nobody's in particular
        raise invitation.NotYourBranch(person=None)
    privacy.check(stores, person, member, context.actor.chat.day(context.now))


async def press_erase_person(_: Update, context: Context) -> None:
    """Somebody on the roster who has left is to be forgotten."""
    number = PersonId(context.pressed()[0])
    await forget(context, lambda stores: (stores.people.find(number), None))


async def press_erase_member(_: Update, context: Context) -> None:
    """A guest is to be forgotten."""
    number = MemberId(context.pressed()[0])
    await forget(context, lambda stores: (None, stores.members.get(number)))


async def forget(context: Context, whom: Any) -> None:
    """Forget somebody, and say so in the place of the question."""

    def do(stores: Stores) -> Page:
        person, member = whom(stores)
        if person is None and member is None:
            raise ButtonExpired
        allowed(stores, context, person, member)
        by = context.actor.member.id
        done: Forgotten = privacy.forget(stores, person=person, member=member, by=by, at=context.now)
        return Page("privacy.erased", {"points": done.points})

    await pages.turn(context, do)


async def press_keep(_: Update, context: Context) -> None:
    """They are not."""
    await pages.turn(context, lambda _: Page("privacy.kept"))


KEEP = Permission.KEEP_ROSTER


FEATURE = Feature(
    "privacy",
    handlers=(
        Command("export", export, Needs(in_private=SEE_OWN.in_private), when=_is_me, told_as="export"),
        Command("erase", erase, Needs(in_private=KEEP)),
        Press("privacy.erase_person", press_erase_person, KEEP),
        Press("privacy.erase_member", press_erase_member, KEEP),
        Press("privacy.keep", press_keep, KEEP),
    ),
)
