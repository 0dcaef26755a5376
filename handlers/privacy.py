"""Privacy in chat: /export me, and /erase for administrators."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

import sheets
from domain import invitation, privacy
from domain.audit import Action
from domain.ids import MemberId, PersonId
from domain.member import Member
from domain.message import Button, Document
from domain.permission import Permission
from domain.person import Person
from domain.privacy import Forgotten, Table
from domain.stores import Stores
from handlers import arguments, pages
from handlers.access import SEE_OWN, Needs
from handlers.arguments import Unreadable
from handlers.command import Command, Pressed
from handlers.context import ButtonOver, Context
from handlers.pages import Page

ME = ("me", "我", "本人")
WIDE = ("title", "text", "cause", "question", "options", "answer", "standard", "outcome", "tags", "subject")
WIDTH, WIDE_WIDTH = 18, 48  # characters


async def export(_: Update, context: Context) -> None:
    """/export me: everything that is stored of whoever asks, as a file."""
    if arguments.after_command(context.text).lower() not in ME:
        raise Unreadable("privacy.export_usage")
    member = context.present.member
    tables = await context.services.store.read(privacy.own, member=member)
    content = await asyncio.to_thread(workbook, context, tables)
    document = Document("privacy.file_name", "xlsx", content, {"day": context.present.chat.day(context.now)})

    def send(stores: Stores) -> None:
        key = f"privacy:{context.incoming.update_id}"
        action, subject = Action.FILE_EXPORTED, f"member:{member.id}"
        stores.audit.note(member.id, action, subject, old=None, new=None, at=context.now)
        stores.outbox.send(context.present.chat.id, document, "privacy.file", {}, key=key, urgent=True)

    await context.settle(send)


def workbook(context: Context, tables: Sequence[Table]) -> bytes:
    """A sheet for each kind of thing of which there is any."""
    chat, label = context.present.reader, context.services.label

    def words(text: str, name: str) -> str:
        return label(chat, text, {text.partition(".")[2]: name})

    def cell(value: Any) -> str | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return f"{chat.local(value):%Y-%m-%d %H:%M}"
        if isinstance(value, bool):
            return words("privacy.truth", "yes" if value else "no")
        if isinstance(value, list | tuple):
            return "、".join(map(str, value))
        return value.isoformat() if isinstance(value, date) else str(value)

    def columns(names: Sequence[str]) -> list[sheets.Column]:
        return [sheets.Column(words("privacy.column", name), WIDE_WIDTH if name in WIDE else WIDTH) for name in names]

    made = [
        sheets.Table(
            words("privacy.sheet", one.name), columns(one.columns), [[cell(v) for v in row] for row in one.rows]
        )
        for one in tables
        if one.rows
    ]
    return sheets.write(made, as_csv=False)


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
                raise Unreadable("privacy.erase_usage")
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
    row = [Button("privacy.erase_button", whom), Button("privacy.keep_button", "privacy.keep")]
    return Page("privacy.sure", {"name": person.name if person else member.name if member else ""}, [row])


def allowed(stores: Stores, context: Context, person: Person | None, member: Member | None) -> None:
    """Raises NotYourBranch, StillThere, HoldsRoles, AlreadyForgotten."""
    first = context.services.administrators
    own = invitation.answered_for(stores, present=context.present, first=first)
    if person is not None:
        invitation.demand(stores, present=context.present, person=person, first=first)
    elif own is not None:  # a guest is nobody's in particular
        raise invitation.NotYourBranch(person=None)
    privacy.check(stores, person, member, context.present.chat.day(context.now))


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
            raise ButtonOver
        allowed(stores, context, person, member)
        by = context.present.member.id
        done: Forgotten = privacy.forget(stores, person=person, member=member, by=by, at=context.now)
        return Page("privacy.erased", {"points": done.points})

    await pages.turn(context, do)


async def press_keep(_: Update, context: Context) -> None:
    """They are not."""
    await pages.turn(context, lambda _: Page("privacy.kept"))


KEEP = Permission.KEEP_ROSTER


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [
        Command("export", export, Needs(in_private=SEE_OWN.in_private)),
        Command("erase", erase, Needs(in_private=KEEP)),
        Pressed("privacy.erase_person", press_erase_person, KEEP),
        Pressed("privacy.erase_member", press_erase_member, KEEP),
        Pressed("privacy.keep", press_keep, KEEP),
    ]
