"""Suggestions in chat: /suggest, 建议：… (Suggestion: …), #建议 (#suggestion), and replies to the bot's call."""

import re
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.messaging import draft
from domain.messaging.draft import Draft, DraftKind
from domain.messaging.message import Message, Subject
from domain.people.actor import Actor
from domain.voice import suggestion
from domain.voice.suggestion import Received
from handlers import arguments
from handlers.access import TAKE_PART
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature

if TYPE_CHECKING:
    from domain.voice.stores import Stores

CALL = "suggestion.call"  # the kind of subject of the call for suggestions in a group
OPENING = re.compile(r"\s*(?:建议|suggestion)\s*[:：]\s*", re.IGNORECASE)
HASHTAG = re.compile(r"[#＃](?:建议[#＃]?|suggestion\b)", re.IGNORECASE)


async def make(_: Update, context: Context) -> None:
    """/suggest TEXT: make a suggestion; without text, be asked for it."""
    words = arguments.after_command(context.text)
    if words:
        await take(context, words)
    elif context.actor.chat.is_group:
        await context.say(Message("suggestion.call", subject=Subject(CALL, context.actor.chat.id)))
    else:
        await context.run(partial(ask, actor=context.actor))


def ask(stores: "Stores", *, actor: Actor) -> None:
    """In private the next message is the suggestion."""
    begun = draft.begin(stores, actor, DraftKind.SUGGESTION, "text", actor.now)
    message = Message("suggestion.call", subject=begun.subject)
    stores.outbox.send(actor.chat.id, message, key=str(begun.subject), urgent=True)


async def take(context: Context, words: str, *, finished: Draft | None = None) -> None:
    """Store a suggestion (and finish the draft that it was) and answer with its number and tags."""
    tagging = await context.services.tag(words)

    def store(stores: "Stores") -> Received:
        if finished is not None:
            draft.finish(stores, finished)
        return suggestion.make(stores, context.actor, text=words, tagging=tagging, source=context.source)

    await context.answer(store, say_received)


def say_received(received: Received) -> Message:
    """A suggestion that was stored, counted or corrected."""
    values = {"suggestion": received.suggestion, "became": received.became, "credit": received.credit}
    return Message("suggestion.received", values)


async def take_reply(context: Context) -> None:
    """A reply to the call for suggestions."""
    await take(context, context.text)


async def hears(context: Context) -> bool:
    """建议：… in any message, and an edit of a message that was a suggestion."""
    words = words_of(context.text)
    if words is None and context.incoming.edited_message:
        made = await context.read(partial(suggestion.made_by, source=context.source))
        words = context.text if made else None
    if words is None:
        return False
    await take(context, words)
    return True


def words_of(text: str) -> str | None:
    """The suggestion in a message that opens with 建议： or Suggestion: or has the hashtag; `None` in any other."""
    opening = OPENING.match(text)
    if opening:
        return text[opening.end() :].strip()
    if HASHTAG.search(text):
        return HASHTAG.sub("", text).strip(" \n\t:：\u3000")
    return None


FEATURE = Feature(
    "suggestion",
    handlers=(Command("suggest", make, TAKE_PART),),
    entries=(Entry("suggest", "suggestion", TAKE_PART, 130, frozenset({Audience.EVERYBODY})),),
    replies={CALL: take_reply},
    hears=hears,
)
