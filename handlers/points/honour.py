"""Honours in chat: /honour, /honours, and the certificate's button."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import HonourId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.points import honour
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command, number
from handlers.command import Command, Press
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.messaging import form
from handlers.points.honour_form import FORM

if TYPE_CHECKING:
    from telegram import Update

    from domain.points.features import Stores
    from domain.points.honour import Certificate, Honour, Listing

GIVE = Needs(in_group=Permission.GIVE_HONOURS, in_private=Permission.GIVE_HONOURS)
LIST = Needs(in_group=Permission.TAKE_PART, in_private=Permission.SEE_OWN)
WITHDRAWAL = re.compile(r"(?:撤销|撤回|withdraw)[\s\u3000]*+", re.IGNORECASE)
MAX_BUTTONS = 5


async def give(_: Update, context: Context) -> None:
    """/honour: give a title by the form. /honour 撤销 NUMBER REASON: withdraw one."""
    words = after_command(context.text)
    withdrawal = WITHDRAWAL.match(words)
    if withdrawal is not None:
        await _withdraw(context, words[withdrawal.end() :])
    elif context.actor.chat.is_group:
        await context.read(partial(honour.titles, actor=context.actor))
        await form.begin(context, FORM)
    else:
        await context.read(partial(honour.titles, actor=context.actor))
        await form.begin_for_group(context, FORM)


async def _withdraw(context: Context, words: str) -> None:
    first, *rest = words.split(maxsplit=1) or [""]
    which = HonourId(number(first, usage="honour.withdraw_usage"))
    if not rest:
        raise BadArguments("honour.withdraw_usage")
    await context.answer(partial(honour.withdraw, actor=context.actor, number=which, reason=rest[0]), say_withdrawn)


def say_withdrawn(withdrawn: Honour) -> Message:
    """The answer after an honour was withdrawn."""
    return Message("honour.withdrawn", {"honour": withdrawn})


async def show(_: Update, context: Context) -> None:
    """/honours: those of the group; in private one's own."""
    use_case = honour.here if context.actor.chat.is_group else honour.mine
    await context.answer(partial(use_case, actor=context.actor), say_listing)


def say_listing(listing: Listing) -> Message:
    """Honours, with the certificates of one's own newest ones."""
    rows = [
        [Button("honour.certificate_of_button", Action("honour.certificate", one.id), {"honour": one})]
        for one in listing.honours[:MAX_BUTTONS]
        if listing.own
    ]
    return Message("honour.list", {"listing": listing}, rows)


async def press_certificate(_: Update, context: Context) -> None:
    """Button: the certificate, in private."""
    which = HonourId(context.pressed.having(1).number())
    await context.notify(partial(_send_certificate, context=context, number=which), notice_certificate)


def _send_certificate(stores: Stores, *, context: Context, number: HonourId) -> bool:
    """Send it to whoever asks; false where they have no private chat."""
    found = honour.certificate(stores, context.actor, number=number)
    private = context.actor.member.private
    if private is not None:
        stores.outbox.send(private, say_certificate(found), key=context.key, urgent=True)
    return private is not None


def say_certificate(certificate: Certificate) -> Message:
    """A certificate as a picture; its text says the same."""
    return Message("honour.certificate", {"certificate": certificate}, picture=certificate.as_picture())


def notice_certificate(sent: bool) -> Text:
    """The notice after the button was pressed."""
    return Text("honour.certificate_toast", {"sent": sent})


FEATURE = Feature(
    "honour",
    handlers=(
        Command("honour", give, GIVE),
        Command("honours", show, LIST, costly=True),
        Press("honour.certificate", press_certificate, Permission.SEE_OWN),
    ),
    entries=(
        Entry("honour", "honour", GIVE, 45, frozenset({Audience.SECRETARIES}), help=Help(45, Section.IN_CHARGE)),
        Entry("honours", "honour", LIST, 155, frozenset({Audience.EVERYBODY}), help=Help(75)),
    ),
    forms=(FORM,),
)
