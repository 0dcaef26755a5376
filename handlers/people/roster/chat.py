"""What an administrator does with the roster in private: send it, agree to it, ask for it."""

import asyncio
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import MessageHandler, filters

import sheets
from domain.admin.audit import FILE_EXPORTED
from domain.messaging import draft as drafts
from domain.messaging.draft import Draft, DraftKind
from domain.messaging.message import Button, Buttons, Message
from domain.people import roster
from domain.people.permission import Permission
from domain.people.roster import Plan, PlanChanged, Roster
from domain.refusal import Refusal
from domain.stores import Stores
from handlers import access, asking
from handlers.access import Needs
from handlers.command import Command, Press
from handlers.context import Context
from handlers.feature import Feature
from handlers.messaging import speech
from handlers.people.roster import files
from handlers.people.roster.files import NotARoster
from handlers.voice import suggestion
from sheets import Fault, Reason, WrongFile

KEEP_ROSTER = Permission.KEEP_ROSTER
COMMAND_BELOW = filters.CaptionRegex(r"^[/／]\w")
FILE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.Document.ALL & ~COMMAND_BELOW
PATIENCE = 120  # seconds for 20 MB over a slow line
NEW_BUTTONS: Buttons = (
    (
        Button("roster.template_button", Action("roster.template")),
        Button("roster.export_button", Action("roster.export")),
    ),
)


class FileGone(Refusal):
    """The platform does not keep the file any more."""

    text = "roster.file_gone"


class Faulty(Refusal):
    """Cells that cannot be used; nothing of the file is."""

    text = "roster.faults"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do, for the text that shows it; `again`: that is something else than it was before."""

    file: str
    plan: Plan
    again: bool = False


async def show(_: Update, context: Context) -> None:
    """/roster: how a roster comes in and goes out."""
    await access.check_everywhere(context, KEEP_ROSTER)
    await context.answer("roster.help", buttons=lambda _: NEW_BUTTONS)


async def take(update: Update, context: Context) -> None:
    """A file in private: an administrator's is a roster; anybody else's is a message like others."""
    document = context.message and context.message.document
    if not document or suggestion.words_of(context.text) is not None or not await access.may(context, KEEP_ROSTER):
        await speech.hear(update, context)
        return
    await access.check_everywhere(context, KEEP_ROSTER)
    found = await _fetch(context, document.file_id, document.file_size)
    plan = await _plan(context, found)
    name = document.file_name or ""

    def begin(stores: Stores) -> None:
        if plan.empty:
            values: dict[str, Any] = {"preview": Preview(name, plan)}
            key = f"answer:{context.incoming.update_id}"
            stores.outbox.send(context.actor.chat.id, Message("roster.no_changes", values), key=key, urgent=True)
            return
        draft = drafts.begin(stores, context.actor, DraftKind.ROSTER, "preview", context.now)
        draft = draft.filled("preview", file=document.file_id, name=name, agreed=plan.fingerprint)
        stores.drafts.save(draft)
        stores.outbox.send(
            context.actor.chat.id,
            Message("roster.preview", {"preview": Preview(name, plan)}, buttons=_choice(draft), subject=draft.about),
            key=draft.about,
            urgent=True,
        )

    await context.run(begin)


async def press_import(_: Update, context: Context) -> None:
    """What was shown is to be done; where something else would be done by now, that is shown instead."""
    await access.check_everywhere(context, KEEP_ROSTER)
    number = context.pressed()[0]
    draft = await context.services.database.read(asking.own, context, number, DraftKind.ROSTER)
    context.show_notice("roster.importing", {})
    found = await _fetch(context, draft.values["file"], None)
    await context.run(_bring_in, context=context, number=number, found=found)


def _bring_in(stores: Stores, *, context: Context, number: int, found: Roster) -> None:
    draft = asking.own(stores, context, number, DraftKind.ROSTER)
    name, actor, now = draft.values["name"], context.actor, context.now
    try:
        done = roster.bring_in(
            stores, roster=found, agreed=draft.values["agreed"], by=actor.member.id, day=actor.chat.day(now), at=now
        )
    except PlanChanged as changed:
        _show_again(stores, context, draft, Preview(name, changed.plan, again=True))
        return
    stores.drafts.remove(draft.id)
    stores.outbox.edit(
        draft.about, Message("roster.imported", {"preview": Preview(name, done.plan)}), key=f"{draft.about}:done"
    )


def _show_again(stores: Stores, context: Context, draft: Draft, preview: Preview) -> None:
    if preview.plan.empty:
        stores.drafts.remove(draft.id)
        stores.outbox.edit(draft.about, Message("roster.no_changes", {"preview": preview}), key=f"{draft.about}:done")
        return
    asked = draft.filled("preview", agreed=preview.plan.fingerprint)
    asking.step(stores, context, asked, "roster.preview", preview=preview, buttons=_choice(asked))


async def press_cancel(_: Update, context: Context) -> None:
    """What was shown is not to be done."""
    number = context.pressed()[0]

    def give_up(stores: Stores) -> None:
        drafts.finish(stores, asking.own(stores, context, number, DraftKind.ROSTER))

    await context.run(give_up)
    context.show_notice("roster.cancelled", {})


async def press_template(_: Update, context: Context) -> None:
    """An empty roster to fill in."""
    await access.check_everywhere(context, KEEP_ROSTER)
    content = await asyncio.to_thread(files.template, _label(context), as_csv=False)
    await _send(context, "roster.template_name", content, "roster.template_caption")


async def press_export(_: Update, context: Context) -> None:
    """The roster as it stands."""
    await access.check_everywhere(context, KEEP_ROSTER)
    day = context.actor.chat.day(context.now)
    people = await context.services.database.read(roster.listed, day=day)
    content = await asyncio.to_thread(files.export, people, _label(context), as_csv=False)
    await _send(context, "roster.export_name", content, "roster.export_caption", count=len(people))


async def _send(context: Context, name: str, content: bytes, caption: str, **values: Any) -> None:
    def send(stores: Stores) -> None:
        key = f"{name}:{context.incoming.update_id}"
        document = files.document(name, content)
        stores.outbox.send_document(context.actor.chat.id, document, Message(caption, values), key=key, urgent=True)
        if values:
            who = context.actor.member.id
            stores.audit.note(who, FILE_EXPORTED, "roster", old=None, new=str(values["count"]), at=context.now)

    await context.run(send)
    context.acknowledge()


async def _fetch(context: Context, file_id: str, size: int | None) -> Roster:
    """The roster in a file that the platform keeps. Raises NotARoster, FileGone, Faulty."""
    if size is not None and size > sheets.MAX_FILE_BYTES:
        raise NotARoster(wrong=Reason.TOO_LARGE, detail="")
    try:
        kept = await context.bot.get_file(file_id)
        content = bytes(await kept.download_as_bytearray(read_timeout=PATIENCE))
    except BadRequest as error:
        raise FileGone from error
    try:
        reading = await asyncio.to_thread(sheets.read_roster, content)
    except WrongFile as error:
        raise NotARoster(wrong=error.reason, detail=error.detail) from error
    if reading.faults:
        faults: list[Fault] = list(reading.faults)
        raise Faulty(faults=faults, most=sheets.MAX_FAULTS)
    return files.as_roster(reading)


async def _plan(context: Context, found: Roster) -> Plan:
    known = await context.services.database.read(roster.known)
    return await asyncio.to_thread(roster.plan, known, found)


def _choice(draft: Draft) -> Buttons:
    return [
        [
            Button("roster.import_button", Action("roster.import", draft.id)),
            Button("roster.cancel_button", Action("roster.cancel", draft.id)),
        ]
    ]


def _label(context: Context) -> files.Label:
    return lambda name, **values: context.services.label(context.actor.chat, name, values)


FEATURE = Feature(
    "roster",
    handlers=(
        Command("roster", show, Needs(in_private=KEEP_ROSTER)),
        Press("roster.import", press_import, KEEP_ROSTER),
        Press("roster.cancel", press_cancel, KEEP_ROSTER),
        Press("roster.template", press_template, KEEP_ROSTER),
        Press("roster.export", press_export, KEEP_ROSTER),
        MessageHandler(FILE, take),
    ),
)
