"""Buttons below the answers to suggestions: it counts, it is none, 附议, 撤回; and 撤回 in plain words."""

from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

import plain
from domain.ids import SuggestionId
from domain.messaging.message import Message, Subject, Text
from domain.voice import suggestion
from domain.voice.naming import Naming
from domain.voice.suggestion import Received, Suggestion, channel, supporting, taking_back
from domain.voice.suggestion.supporting import Supported
from handlers.command import Press
from handlers.context import Context
from handlers.feature import Feature
from handlers.voice import receiving
from language.remark import TAKE_BACK

if TYPE_CHECKING:
    from domain.voice.features import Stores


async def press_confirm(_: Update, context: Context) -> None:
    """Button: it counts."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    await _end_doubt(context, number, partial(suggestion.confirm, actor=context.actor, number=number))


async def press_join(_: Update, context: Context) -> None:
    """Button: 附议 instead."""
    number, into = map(SuggestionId, context.pressed.numbers(2))
    actor = context.actor

    def use_case(stores: "Stores") -> Received:
        backed = supporting.join(stores, actor, number=number, into=into)
        return Received(backed.suggestion, suggestion.Became.SUPPORTED, alike=[backed])

    await _end_doubt(context, number, use_case)


async def press_reject(_: Update, context: Context) -> None:
    """Button: it is no suggestion."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    actor = context.actor

    def unit(stores: "Stores") -> None:
        unseen = is_unseen(stores, number)
        suggestion.reject(stores, actor, number=number)
        _close(stores, context, number, unseen=unseen)

    await context.run(unit)
    context.show_notice(Text("suggestion.dropped"))


async def _end_doubt(context: Context, number: SuggestionId, use_case: "receiving.Making") -> None:
    """Settle what was asked: the question goes, and in private the answer comes with its button."""
    private = not context.actor.chat.is_group

    def unit(stores: "Stores") -> Received:
        unseen = is_unseen(stores, number)
        received = use_case(stores)
        _close(stores, context, number, unseen=unseen)
        if unseen:
            channel.answer(stores, context.actor.chat.id, receiving.say_received(received))
        elif private:
            stores.outbox.send(context.actor.chat.id, receiving.say_received(received), key=context.key, urgent=True)
        return received

    received = await context.run(unit)
    if received is not None and not private:
        context.show_notice(receiving.notice_of(received))
    else:
        context.acknowledge()


def is_unseen(stores: "Stores", number: SuggestionId) -> bool:
    """Whether the author of a suggestion is a secret."""
    found = stores.suggestions.find(number)
    return found is not None and found.naming is Naming.ANONYMOUS


def _close(stores: "Stores", context: Context, number: SuggestionId, *, unseen: bool) -> None:
    subject = Subject(receiving.DOUBT, number)
    stores.outbox.delete(subject, key=f"{subject}:over")
    if unseen:
        channel.conceal(stores, context.actor)


async def press_support(_: Update, context: Context) -> None:
    """Button: be for a suggestion."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    use_case = partial(supporting.support, actor=context.actor, number=number)
    await context.notify(use_case, say_supported)


def say_supported(supported: Supported) -> Text:
    """That somebody is for a suggestion, now or since before."""
    values = {"suggestion": supported.backed.suggestion, "count": supported.backed.supporters, "new": supported.new}
    return Text("suggestion_merging.supported", values)


async def press_take_back(_: Update, context: Context) -> None:
    """Button: take one's suggestion back."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    await context.run(partial(_take_back, context=context, number=number, says=False))
    context.show_notice(Text("suggestion_channel.taken_back", {"number": number}))


async def hears(context: Context) -> bool:
    """Handle 撤回建议12 in private; whether it was that."""
    said = context.incoming.message
    meant = TAKE_BACK.fullmatch(plain.line(context.text, 64)) if said and not context.actor.chat.is_group else None
    if meant is None or (said is not None and said.forward_origin is not None):
        return False
    number = meant[1] or meant[2]
    chosen = SuggestionId(int(number)) if number else None
    await context.run(partial(_take_back, context=context, number=chosen, says=True))
    return True


def _take_back(stores: "Stores", *, context: Context, number: SuggestionId | None, says: bool) -> Suggestion:
    taken = taking_back.take_back(stores, context.actor, number=number)
    message = Message("suggestion_channel.taken_back", {"number": taken.id})
    chat, unseen = context.actor.chat.id, taken.naming is Naming.ANONYMOUS
    if unseen:
        channel.conceal(stores, context.actor)
    if says and unseen:
        channel.answer(stores, chat, message)
    elif says:
        stores.outbox.send(chat, message, key=context.key, urgent=True)
    return taken


FEATURE = Feature(
    "answering",
    handlers=(
        Press("suggestion.counts", press_confirm),
        Press("suggestion.join", press_join),
        Press("suggestion.reject", press_reject),
        Press("suggestion.support", press_support),
        Press("suggestion.take_back", press_take_back),
    ),
    hears=hears,
)
