"""Thanks in chat: /thanks, and 谢谢@… (thanks @…) in a group."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Message, Reaction
from domain.people import naming
from domain.people.naming import Unclear
from domain.people.permission import Permission
from domain.points import thanks
from domain.points.thanks import AllThanked, Thanked, ThanksOff
from domain.refusal import Refusal
from handlers import access
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command, arguments_begin
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help
from handlers.messaging import asking, form
from handlers.origin import text_of
from handlers.people import drafted
from handlers.points import choosing, names
from handlers.points.thanks_form import FORM, LEFT, SOURCE, WHO, WHY
from language import thanks as spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.people.naming import Wanted
    from domain.points.features import Stores
    from domain.points.thanks import Pair

NEEDS = Needs(in_group=Permission.TAKE_PART, in_private=Permission.TAKE_PART)
LEAST = 2  # letters that say for what, behind a name
LEAST_ALONE = 4  # and in a reply that names nobody


async def thank(_: Update, context: Context) -> None:
    """/thanks NAME … REASON, or as a reply /thanks REASON: thank people. Without words: the form.

    In private /thanks 互谢 (pairs) shows administrators who thanks almost nobody but each other.
    """
    words, message = after_command(context.text), context.message
    if message is None or not context.actor.chat.is_group:
        await _in_private(context, words)
        return
    group = context.actor.group
    known = await context.read(lambda stores: naming.directory(stores, group))
    wanted, reason = names.read(message, known, arguments_begin(text_of(message)))
    if not words and not wanted:
        await _begin(context, context.actor)
    elif not wanted:
        raise BadArguments("thanks.usage")
    elif not reason:
        await _begin(context, context.actor, wanted)
    else:
        await _give(context, wanted, reason)


async def _give(context: Context, wanted: Sequence[Wanted], reason: str) -> None:
    use_case = partial(thanks.give, actor=context.actor, wanted=wanted, reason=reason, source=context.source)
    try:
        await context.answer(use_case, say_noted)
    except Unclear:  # asked about with buttons
        await _begin(context, context.actor, wanted, {WHY.name: reason, SOURCE: context.source})


def say_noted(thanked: Thanked) -> Reaction:
    """The answer: the thanks themselves stand in the group, which sees a sign on them."""
    return Reaction(Message("thanks.noted", {"thanked": thanked}))


async def _begin(
    context: Context, there: Actor, wanted: Sequence[Wanted] = (), values: dict[str, str] | None = None
) -> None:
    """Begin the form for a group, with the people who are known already. Raises AllThanked, ThanksOff."""
    known = await context.read(partial(thanks.allowance, actor=there))
    if not known.left and not (values or {}).get(SOURCE):
        raise AllThanked(a_day=known.a_day) if known.a_day else ThanksOff
    settled = await context.services.database.write(
        partial(choosing.settle, wanted=wanted, group=there.group, at=context.now)
    )
    people = {drafted.WANTED: drafted.keep(settled)} if settled else {}
    if settled and all(isinstance(one, naming.Chosen) for one in settled):
        people = {WHO.name: ",".join(map(str, settled))}
    place = {} if there.chat == context.actor.chat else {asking.PLACE: str(there.group.id)}
    kept = {LEFT: str(known.left), **people, **place, **(values or {})}
    await context.run(partial(asking.begin, context=context, form=FORM, values=kept))


async def _in_private(context: Context, words: str) -> None:
    """Thank somebody of one's group from private; the group reads it."""
    if plain.line(words).lower() in spoken.PAIRS:
        await context.answer(partial(thanks.pairs, actor=context.actor), say_pairs)
        return
    there = await access.where_allowed(context, Permission.TAKE_PART)
    if not there:
        raise BadArguments("thanks.no_group")
    if len(there) > 1 or context.message is None:
        await form.begin_for_group(context, FORM)
        return
    known = await context.read(lambda stores: naming.directory(stores, there[0].group))
    wanted, reason = names.read(context.message, known, arguments_begin(text_of(context.message)))
    if words and not wanted:
        raise BadArguments("thanks.usage")
    await _begin(context, there[0], wanted, {WHY.name: thanks.checked(reason)} if reason else None)


def say_pairs(pairs: Sequence[Pair]) -> Message:
    """The pairs, for administrators."""
    return Message("thanks.pairs", {"pairs": pairs})


async def hears(context: Context) -> bool:
    """Handle 谢谢@李伟 帮忙修好泵 in a group, and an edit of a message that thanked somebody; whether it was one.

    What is no more than courtesy, or names nobody here, is left alone: people talk with each other.
    """
    if not context.actor.chat.is_group or context.message is None:
        return False
    opening = spoken.OPENING.match(context.text)
    if opening is not None:
        wanted, reason = await _spoken(context, opening.end())
        if wanted and await _give_spoken(context, wanted, reason):
            return True
    if not context.incoming.edited_message:
        return False
    if not await context.read(partial(thanks.is_thanks, source=context.source)):
        return False
    taken = Message("thanks.taken_back")
    await context.answer(
        partial(thanks.take_back, actor=context.actor, source=context.source), lambda _: Reaction(taken)
    )
    return True


async def _spoken(context: Context, place: int) -> tuple[Sequence[Wanted], str]:
    """Whom a message thanks, and for what; nobody where it does not say for what."""
    message, group = context.message, context.actor.group
    if message is None:
        return [], ""
    known = await context.read(lambda stores: naming.directory(stores, group))
    found, reason = names.Reader(message, known).read(place)
    least = LEAST if found else LEAST_ALONE
    wanted = found or names.read(message, known, place)[0]
    letters = plain.key(reason)
    says_why = len(letters) >= least and not spoken.COURTESY.fullmatch(letters)
    return (wanted, reason) if says_why else ([], "")


async def _give_spoken(context: Context, wanted: Sequence[Wanted], reason: str) -> bool:
    """Give thanks that were said without a command; whether that was possible.

    Whoever has none left today reads so in private alone.
    """
    try:
        await _give(context, wanted, reason)
    except AllThanked as spent:
        await context.run(partial(_whisper, context=context, refusal=spent))
    except Refusal:
        return False
    return True


def _whisper(stores: Stores, *, context: Context, refusal: Refusal) -> None:
    private = context.actor.member.private
    if private is not None:
        message = Message(refusal.text, refusal.values, silent=True)
        stores.outbox.send(private, message, key=f"{context.key}:private", urgent=True)


FEATURE = Feature(
    "thanks",
    handlers=(Command("thanks", thank, NEEDS),),
    entries=(Entry("thanks", "thanks", NEEDS, 135, frozenset({Audience.EVERYBODY}), help=Help(55)),),
    hears=hears,
    forms=(FORM,),
)
