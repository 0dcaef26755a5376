"""Suggestions in chat: /suggest, 建议：… (Suggestion: …), #建议 (#suggestion), and replies to the bot's call."""

import re
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.messaging.message import Message, Reaction, Subject
from domain.people.permission import Permission
from domain.voice import suggestion
from domain.voice.suggestion import Received
from handlers.access import TAKE_PART
from handlers.arguments import after_command
from handlers.command import Command, Key
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.voice import hazard, naming

if TYPE_CHECKING:
    from domain.voice.features import Stores

CALL = "suggestion.call"  # the kind of the subject of a call for suggestions in a group
OPENING = re.compile(r"\s*+(?:建议|suggestion)\s*+[:：]\s*+", re.IGNORECASE)
HASHTAG = re.compile(r"[#＃](?:建议[#＃]?|suggestion\b)", re.IGNORECASE)


async def make(_: Update, context: Context) -> None:
    """/suggest TEXT: make a suggestion; without text, ask for it."""
    words = after_command(context.text)
    if words:
        await take(context, words)
    elif context.actor.chat.is_group:
        await context.say(Message("suggestion.call", subject=Subject(CALL, context.actor.chat.id)))
    else:
        await form.begin(context, FORM)


async def open_form(_: Update, context: Context) -> None:
    """The key of the fixed keyboard: ask for a suggestion."""
    await form.begin(context, FORM)


async def take(context: Context, words: str) -> None:
    """Store a suggestion, and answer with its number and tags; a new one in private is asked about first."""
    source = context.source
    is_new = partial(suggestion.is_new, actor=context.actor, text=words, source=source)
    if not context.actor.chat.is_group and await context.read(is_new):
        await form.begin(context, FORM, {TEXT.name: words, SOURCE: source})
        return
    tagging = await context.services.tag(words)
    use_case = partial(suggestion.make, actor=context.actor, text=words, tagging=tagging, source=source)
    await context.answer(hazard.watched(words, context.actor, use_case), sign_received)


def say_received(received: Received) -> Message:
    """What came of a suggestion: it is new, a repetition or a correction."""
    values = {"suggestion": received.suggestion, "became": received.became, "credit": received.credit}
    return Message("suggestion.received", values)


def sign_received(received: Received) -> Reaction:
    """The answer to a suggestion: in a group the others need not read it."""
    return Reaction(say_received(received))


async def take_reply(context: Context) -> None:
    """Handle a reply to a call for suggestions."""
    await take(context, context.text)


async def hears(context: Context) -> bool:
    """Handle 建议：… in any message, and an edit of a message that was a suggestion; whether it was one."""
    words = words_of(context.text)
    if words is None and context.incoming.edited_message:
        made = await context.read(partial(suggestion.made_by, source=context.source))
        words = context.text if made else None
    if words is None:
        return False
    await take(context, words)
    return True


def words_of(text: str) -> str | None:
    """The suggestion in a message that starts with 建议： or Suggestion: or has the hashtag; `None` for others."""
    opening = OPENING.match(text)
    if opening:
        return text[opening.end() :].strip()
    if HASHTAG.search(text):
        return HASHTAG.sub("", text).strip(" \n\t:：\u3000")
    return None


def ask_text(_: "Stores", __: Filled) -> Message:
    """The question for the suggestion."""
    return Message("suggestion.call")


async def hear_text(context: Context) -> Fill:
    """Read the suggestion. Raises Empty, TooLong, TooManySuggestions when it is filled in."""
    words, source, actor = context.text, context.source, context.actor

    def fill(stores: "Stores", filled: Filled) -> Filled:
        suggestion.is_new(stores, actor, text=words, source=source)
        return Filled(filled.draft.filled(**{TEXT.name: words, SOURCE: source}))

    return fill


def ask_naming(stores: "Stores", filled: Filled) -> Message:
    """Say who will see the suggestion, and ask whether with the author's name."""
    seen_by = suggestion.readers(stores, member=filled.draft.member)
    return Message("suggestion.ask_naming", {"readers": seen_by, "title": suggestion.title_of(filled[TEXT])})


async def make_of_form(context: Context, filled: Filled) -> Ending:
    """Store it."""
    words = filled[TEXT]
    tagging = await context.services.tag(words)
    use_case = partial(
        suggestion.make,
        actor=context.actor,
        text=words,
        tagging=tagging,
        source=filled.draft.values.get(SOURCE, context.source),
        naming=filled[NAMING],
    )
    return ending(hazard.watched(words, context.actor, use_case), say_received)


SOURCE = "source"  # the key of the message that the suggestion came with
TEXT = Field("text", WORDS, "suggestion.field_text", ask_text, hear_text)
NAMING = naming.field("suggestion.field_naming", ask_naming, "suggestion.press_a_button")
FORM = Form("suggestion", (TEXT, NAMING), Permission.TAKE_PART, make_of_form)
FEATURE = Feature(
    "suggestion",
    handlers=(Command("suggest", make, TAKE_PART), Key("suggestion.key", open_form, Permission.TAKE_PART, 30)),
    entries=(Entry("suggest", "suggestion", TAKE_PART, 130, frozenset({Audience.EVERYBODY}), help=Help(50)),),
    replies={CALL: take_reply},
    hears=hears,
    forms=(FORM,),
)
