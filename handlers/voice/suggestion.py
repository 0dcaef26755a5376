"""Suggestions in chat: /suggest, 建议：… (Suggestion: …), #建议 (#suggestion), and replies to the bot's call."""

import re

from telegram import Update
from telegram.ext import BaseHandler

from domain.messaging import draft
from domain.messaging.draft import Draft, DraftKind
from domain.stores import Stores
from domain.voice import suggestion
from domain.voice.suggestion import Received, Tagging
from handlers import arguments
from handlers.access import TAKE_PART
from handlers.command import Command
from handlers.context import Context

OPENING = re.compile(r"\s*(?:建议|suggestion)\s*[:：]\s*", re.IGNORECASE)
HASHTAG = re.compile(r"[#＃](?:建议[#＃]?|suggestion\b)", re.IGNORECASE)


async def make(_: Update, context: Context) -> None:
    """/suggest TEXT: make a suggestion; without text, be asked for it."""
    words = arguments.after_command(context.text)
    if words:
        await take(context, words)
    elif context.actor.chat.is_group:
        about = f"suggestion.call:{context.actor.chat.id}"
        await context.answer("suggestion.call", about=lambda _: about)
    else:
        await context.run(ask, context=context)


def ask(stores: Stores, *, context: Context) -> None:
    """In private the next message is the suggestion."""
    begun = draft.begin(stores, context.actor, DraftKind.SUGGESTION, "text", context.now)
    about = begun.about
    stores.outbox.send(context.actor.chat.id, "suggestion.call", {}, key=about, about=about, urgent=True)


async def take(context: Context, words: str, *, finished: Draft | None = None) -> None:
    """Store a suggestion (and finish the draft that it was) and answer with its number and tags."""
    found = await context.services.tag(words)
    tagging = Tagging(found.keywords, found.tags)

    def database(stores: Stores) -> Received:
        if finished is not None:
            draft.finish(stores, finished)
        return suggestion.make(
            stores, actor=context.actor, text=words, tagging=tagging, source=context.source, at=context.now
        )

    await context.answer("suggestion.received", database)


def words_of(text: str) -> str | None:
    """The suggestion in a message that opens with 建议： or Suggestion: or has the hashtag; `None` in any other."""
    opening = OPENING.match(text)
    if opening:
        return text[opening.end() :].strip()
    if HASHTAG.search(text):
        return HASHTAG.sub("", text).strip(" \n\t:：\u3000")
    return None


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to; messages without a command come through `handlers.messaging.speech`."""
    return [Command("suggest", make, TAKE_PART)]
