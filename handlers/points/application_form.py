"""The forms of applications: an item with its evidence, and why one is given back."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from telegram import Document

import plain
from domain.ids import ApplicationId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.points import application
from domain.points.application import Applied, File, Shown
from domain.points.reason import check_reason
from handlers import documents
from handlers.arguments import BadArguments
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message as Incoming

    from domain.people.actor import Actor
    from domain.points.features import Stores
    from handlers.context import Context

APPLY, ANSWER = Permission.TAKE_PART, Permission.ADJUST_POINTS
APPLICATION = "application"  # the draft's key for what is answered
WITHOUT = "-"
MAX_ENDING_CHARS = 8
FILE_KEPT: Codec[File | None] = Codec(
    lambda file: WITHOUT if file is None else f"{file.ending}:{file.id}",
    lambda kept: None if kept == WITHOUT else File(*kept.split(":", 1)),
)


def ask_item(_: Stores, __: Filled) -> Message:
    """Ask what is applied for."""
    return Message("application.ask_item")


def offer_items(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """What one may apply for today."""
    found = application.page(stores, actor).offered
    return [Choice(Text("application.item_button", {"offered": one}), str(one.rule)) for one in found]


async def hear_item(context: Context) -> Fill:
    """Read an item's title. Raises BadArguments, and what `application.chosen` does."""
    actor, words = context.actor, plain.line(context.text)

    def choose(stores: Stores, filled: Filled) -> Filled:
        offered = application.page(stores, actor).offered
        named = [one for one in offered if words in (one.rule.called, one.rule.called_en)]
        if not named:
            raise BadArguments("application.ask_item")
        return filled.with_(ITEM, application.chosen(stores, actor, item=str(named[0].rule)).rule)

    return choose


def pick_item(actor: Actor, value: str) -> Fill:
    """An item was tapped. Raises what `application.chosen` does."""
    return lambda stores, filled: filled.with_(ITEM, str(application.chosen(stores, actor, item=value).rule))


def ask_words(stores: Stores, filled: Filled) -> Message:
    """Ask for the evidence; a photo without words is kept."""
    values = {"offered": _offered(stores, filled), "has_file": filled.has(FILE)}
    return Message("application.ask_words", values)


def _offered(stores: Stores, filled: Filled) -> application.Offered:
    return application.called(stores, item=filled[ITEM])


async def hear_words(context: Context) -> Fill:
    """Read the evidence, with a photo or file if there is one. Raises WrongEvidence, BadArguments."""
    file = file_in(context.message)
    words = application.check_text(context.text) if context.text.strip() or file is None else None

    def fill(_: Stores, filled: Filled) -> Filled:
        known = filled if file is None else filled.with_(FILE, file)
        return known if words is None else known.with_(EVIDENCE, words)

    return fill


def file_in(message: Incoming | None) -> File | None:
    """The photo or file of a message. Raises BadArguments for one that is too big."""
    found = documents.attached(message, too_big="application.too_big")
    if not isinstance(found, Document):
        return None if found is None else File("jpg", found.file_id)
    ending = PurePath(found.file_name or "").suffix.removeprefix(".").lower()
    fits = ending.isascii() and ending.isalnum() and len(ending) <= MAX_ENDING_CHARS
    return File(ending if fits else "bin", found.file_id)


def ask_file(_: Stores, __: Filled) -> Message:
    """Ask for a photo or file."""
    return Message("application.ask_file")


def offer_none(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """There is none."""
    return [Choice(Text("application.no_file_button"), WITHOUT)]


async def hear_file(context: Context) -> Fill:
    """Take a photo or file. Raises BadArguments."""
    file = file_in(context.message)
    if file is None:
        raise BadArguments("application.ask_file")
    return lambda _, filled: filled.with_(FILE, file)


def pick_none(_: Actor, __: str) -> Fill:
    """Without one."""
    return lambda _, filled: filled.with_(FILE, None)


def preview(stores: Stores, filled: Filled) -> Message:
    """What will be applied for."""
    values = {"offered": _offered(stores, filled), "words": filled[EVIDENCE], "has_file": filled[FILE] is not None}
    return Message("application.preview", values)


async def apply(context: Context, filled: Filled) -> Ending:
    """Apply, and say who answers."""
    use_case = partial(
        application.apply,
        actor=context.actor,
        item=filled[ITEM],
        words=filled[EVIDENCE],
        file=filled[FILE],
        source=f"draft:{filled.draft.id}",
    )
    return ending(use_case, say_applied)


def say_applied(applied: Applied) -> Message:
    """The confirmation, which becomes the answer."""
    number = applied.shown.application.id
    button = Button("application.withdraw_button", Action("application.withdraw", number), {"shown": applied.shown})
    return Message("application.applied", {"applied": applied}, [[button]], application.news(number))


def ask_reason(_: Stores, __: Filled) -> Message:
    """Ask why."""
    return Message("application.ask_reason")


async def hear_reason(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    reason = check_reason(context.text)
    return lambda _, filled: filled.with_(REASON, reason)


async def refuse(context: Context, filled: Filled) -> Ending:
    """Give it back."""
    number = ApplicationId(int(filled.draft.values[APPLICATION]))
    use_case = partial(application.refuse, actor=context.actor, number=number, reason=filled[REASON])
    return ending(use_case, say_refused)


def say_refused(shown: Shown) -> Message:
    """The confirmation to who has answered."""
    return Message("application.refused", {"shown": shown})


ITEM = Field("item", WORDS, "application.field_item", ask_item, hear_item, offer_items, pick_item)
EVIDENCE = Field("words", WORDS, "application.field_words", ask_words, hear_words, takes_files=True)
FILE = Field("file", FILE_KEPT, "application.field_file", ask_file, hear_file, offer_none, pick_none, takes_files=True)
FORM = Form("application", (ITEM, EVIDENCE, FILE), APPLY, apply, preview)
REASON = Field("reason", WORDS, "application.field_reason", ask_reason, hear_reason)
REFUSE = Form("application_refuse", (REASON,), ANSWER, refuse)
