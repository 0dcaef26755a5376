"""Points changed by people in charge: /adjust, a form with whom, how many and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import AppealId, MemberId
from domain.messaging.message import Message, Text
from domain.people.member import Mention
from domain.people.permission import Permission
from domain.points import adjustment, reply
from domain.points.application import Offered, called
from domain.points.reason import check_reason
from domain.refusal import NoMore
from handlers.access import Needs
from handlers.action import MAX_DIGITS, ButtonExpired
from handlers.arguments import BadArguments, after_command, leading_mentions
from handlers.command import Command
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form
from handlers.messaging import form
from handlers.origin import text_of
from handlers.points.arguments import AMOUNT, DEDUCT, ENTRY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message as Incoming
    from telegram import Update

    from domain.people.actor import Actor
    from domain.points.account import Item
    from domain.points.adjustment import Adjusted
    from domain.points.features import Stores
    from handlers.context import Context

ADJUST = Permission.ADJUST_POINTS
NEEDS = Needs(in_private=ADJUST)
APPEAL = "appeal"  # the draft's key for the question that is answered by it
BACK = "back"  # before the number of an entry, among the answers of a draft
RECORD = "record-"  # before the name of an item of the scheme
MAX_NAME_CHARS = 64
NUMBER: Codec[MemberId] = Codec(str, lambda kept: MemberId(int(kept)))


async def adjust(_: Update, context: Context) -> None:
    """/adjust [@name]: begin the form."""
    message = context.message
    if message is None or not after_command(context.text):
        await form.begin(context, FORM)
        return
    found = await context.services.database.write(
        partial(adjustment.whom, actor=context.actor, mention=_named(message))
    )
    await form.begin(context, FORM, {WHO.name: str(found.id)})


def _named(message: Incoming) -> Mention:
    """Who is named in an answer or after the command. Raises BadArguments."""
    mentions, rest = leading_mentions(message)
    if mentions:
        return mentions[0]
    words = plain.line(after_command(text_of(message)) or rest)
    if not words or len(words) > MAX_NAME_CHARS:
        raise BadArguments("adjustment.ask_who")
    return Mention(words)


def ask_who(_: Stores, __: Filled) -> Message:
    """Ask whose points."""
    return Message("adjustment.ask_who")


async def hear_who(context: Context) -> Fill:
    """Read a name or a number of the roster. Raises BadArguments, and what `adjustment.whom` does."""
    if context.message is None:
        raise BadArguments("adjustment.ask_who")
    actor, mention = context.actor, _named(context.message)

    def choose(stores: Stores, filled: Filled) -> Filled:
        return filled.with_(WHO, adjustment.whom(stores, actor, mention=mention).id)

    return choose


def ask_what(stores: Stores, filled: Filled) -> Message:
    """Ask how many, or what is to be taken back."""
    return Message("adjustment.ask_what", {"member": stores.members.get(filled[WHO])})


def offer_items(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """What the scheme takes points away for, and their newest points, each to be taken back."""
    member = filled[WHO]
    recorded = adjustment.recordable(stores, actor, member=member)
    found = adjustment.items_of(stores, actor, member=member)
    asked = _asked_about(stores, actor, filled)
    if asked is not None:
        found = [asked, *(one for one in found if one.number != asked.number)]
    return [
        *(Choice(Text("adjustment.record_button", {"offered": one}), f"{RECORD}{one.rule}") for one in recorded),
        *(Choice(Text("adjustment.item_button", {"item": one}), f"{BACK}{one.number}") for one in found),
    ]


def _asked_about(stores: Stores, actor: Actor, filled: Filled) -> Item | None:
    """What the question is about that is answered by it, so far as something of it stands."""
    number = filled.draft.values.get(APPEAL)
    item = None if number is None else reply.to_answer(stores, actor, number=AppealId(int(number))).item
    return item if item is not None and item.standing else None


async def hear_what(context: Context) -> Fill:
    """Read `+5`, `-3`, `扣 3 分` or `撤回 123`. Raises BadArguments, WrongAmount, and what `item_of` does."""
    actor, what = context.actor, what_of(context.text)
    return partial(_with_what, actor=actor, what=what)


def what_of(text: str) -> str:
    """What is to be done, as a draft keeps it: `+5`, `-3`, `back123`. Raises BadArguments, WrongAmount."""
    words = plain.line(text).lower()
    entry, amount = ENTRY.fullmatch(words), AMOUNT.fullmatch(words)
    if entry is not None:
        return f"{BACK}{entry['number']}"
    if amount is None:
        raise BadArguments("adjustment.what_usage")
    points = int(amount["points"])
    return f"{adjustment.check_amount(-points if amount['sign'] in DEDUCT else points):+}"


def pick_what(actor: Actor, value: str) -> Fill:
    """An item was tapped. Raises ButtonExpired, and what `item_of` does."""
    if value.startswith(RECORD):
        return partial(_with_what, actor=actor, what=value)
    number = value.removeprefix(BACK)
    if not value.startswith(BACK) or not number.isdecimal() or len(number) > MAX_DIGITS:
        raise ButtonExpired
    return partial(_with_what, actor=actor, what=value)


def _with_what(stores: Stores, filled: Filled, *, actor: Actor, what: str) -> Filled:
    """The draft with what is to be done. Raises NoMore for an entry of somebody else, NotInScheme."""
    if what.startswith(RECORD):
        _recorded(adjustment.recordable(stores, actor, member=filled[WHO]), what)
    if what.startswith(BACK):
        item = adjustment.item_of(stores, actor, number=int(what.removeprefix(BACK)))
        if item.lines[0].entry.member != filled[WHO]:
            raise NoMore
        what = f"{BACK}{item.number}"
    return filled.with_(WHAT, what)


def item_of(stores: Stores, filled: Filled) -> Item | None:
    """What is to be taken back, if something is."""
    what = filled[WHAT]
    return adjustment.found(stores, int(what.removeprefix(BACK))) if what.startswith(BACK) else None


def _recorded(offered: Sequence[Offered], what: str) -> Offered:
    """What is to be recorded. Raises NotInScheme."""
    for one in offered:
        if what == f"{RECORD}{one.rule}":
            return one
    raise adjustment.NotInScheme


def recorded_of(stores: Stores, filled: Filled) -> Offered | None:
    """What is to be recorded, if something is. Raises NotInScheme."""
    what = filled[WHAT]
    return called(stores, item=what.removeprefix(RECORD)) if what.startswith(RECORD) else None


def points_of(stores: Stores, filled: Filled) -> int:
    """How many points more or less it makes."""
    recorded = recorded_of(stores, filled)
    if recorded is not None:
        return recorded.points
    item = item_of(stores, filled)
    return int(filled[WHAT]) if item is None else -item.points


def ask_why(stores: Stores, filled: Filled) -> Message:
    """Ask for the reason."""
    values = {
        "points": points_of(stores, filled),
        "member": stores.members.get(filled[WHO]),
        "recorded": recorded_of(stores, filled),
    }
    return Message("adjustment.ask_why", values)


async def hear_why(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    words = check_reason(context.text)
    return lambda _, filled: filled.with_(WHY, words)


def preview(stores: Stores, filled: Filled) -> Message:
    """What will be done, and that the person is told."""
    values = {
        "member": stores.members.get(filled[WHO]),
        "points": points_of(stores, filled),
        "item": item_of(stores, filled),
        "recorded": recorded_of(stores, filled),
        "reason": filled[WHY],
    }
    return Message("adjustment.preview", values)


async def carry_out(context: Context, filled: Filled) -> Ending:
    """Do it, tell the person, and answer."""
    return partial(_carry_out, actor=context.actor, filled=filled)


def _carry_out(stores: Stores, *, actor: Actor, filled: Filled) -> Message:
    done, number = adjusted(stores, actor, filled), filled.draft.values.get(APPEAL)
    if number is None:
        adjustment.tell(stores, actor, done=done)
    else:
        reply.correct(stores, actor, number=AppealId(int(number)), done=done)
    return Message("adjustment.done", {"done": done})


def adjusted(stores: Stores, actor: Actor, filled: Filled) -> Adjusted:
    """Do what the form says. Raises what the use cases do."""
    what, reason = filled[WHAT], filled[WHY]
    if what.startswith(BACK):
        return adjustment.take_back(stores, actor, number=int(what.removeprefix(BACK)), reason=reason)
    source, asked = f"adjustment:{filled.draft.id}", filled.draft.values.get(APPEAL)
    if what.startswith(RECORD):
        item = what.removeprefix(RECORD)
        return adjustment.record(stores, actor, member=filled[WHO], item=item, reason=reason, source=source)
    about = None if asked is None else reply.day_about(stores, actor, number=AppealId(int(asked)))
    return adjustment.add(
        stores, actor, member=filled[WHO], points=int(what), reason=reason, source=source, about=about
    )


WHO = Field("who", NUMBER, "adjustment.field_who", ask_who, hear_who)
WHAT = Field("what", WORDS, "adjustment.field_what", ask_what, hear_what, offer_items, pick_what)
WHY = Field("why", WORDS, "adjustment.field_why", ask_why, hear_why)
FORM = Form("adjustment", (WHO, WHAT, WHY), ADJUST, carry_out, preview)
FEATURE = Feature(
    "adjustment",
    handlers=(Command("adjust", adjust, NEEDS),),
    entries=(Entry("adjust", "adjustment", NEEDS, 45, frozenset({Audience.NOBODY}), help=Help(45, Section.IN_CHARGE)),),
    forms=(FORM,),
)
