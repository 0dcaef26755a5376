"""Suggestions in chat: /suggest, 建议：… (Suggestion: …), #建议 (#suggestion), and replies to the bot's call.

In private the first question is how: with the author's name or without, to those in charge or to the next level.
"""

import re
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.messaging.message import Message, Subject
from domain.people.permission import Permission
from domain.voice import suggestion
from domain.voice.naming import Naming
from handlers.access import TAKE_PART
from handlers.arguments import after_command
from handlers.command import Command, Key
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form
from handlers.messaging import form
from handlers.voice import exposed, receiving
from handlers.voice.receiving import Came
from handlers.voice.route import ROUTE, Route

if TYPE_CHECKING:
    from domain.voice.features import Stores

CALL = "suggestion.call"  # the kind of the subject of a call for suggestions in a group
OPENING = re.compile(
    r"\s*+(?P<before>匿名|anonymous )?\s*+(?:建议|suggestion)\s*+"
    r"(?P<after>[(（]?(?:匿名|anonymous)[)）]?)?\s*+[:：]\s*+",
    re.IGNORECASE,
)
HASHTAG = re.compile(r"[#＃](?P<before>匿名)?(?:建议[#＃]?|suggestion\b)", re.IGNORECASE)
NAMELESS = re.compile(r"\s*+(?:匿名|anonymous)\s*+(?:[:：]\s*+|$)", re.IGNORECASE)


async def make(_: Update, context: Context) -> None:
    """/suggest TEXT: make a suggestion; without text, ask for it."""
    words = after_command(context.text)
    nameless = NAMELESS.match(words)
    if nameless:
        await _take_nameless(context, words[nameless.end() :])
    elif words:
        await take(context, words)
    elif context.actor.chat.is_group:
        await context.say(Message("suggestion.call", subject=Subject(CALL, context.actor.chat.id)))
    else:
        await form.begin(context, FORM)


async def open_form(_: Update, context: Context) -> None:
    """The key of the fixed keyboard: ask for a suggestion."""
    await form.begin(context, FORM)


async def take(context: Context, words: str, *, called: bool = False) -> None:
    """Store a suggestion, and answer with its number and tags; a new one in private is asked about first."""
    source, came = context.source, receiving.came(context, words, called=called)
    is_new = partial(suggestion.is_new, actor=context.actor, text=words, source=source)
    if not context.actor.chat.is_group and await context.read(is_new):
        await form.begin(context, FORM, {TEXT.name: words, SOURCE: source, CAME: came.kept})
        return
    await receiving.take(context, words, source, await receiving.way(context, words, came, Route.NAMED))


async def _take_nameless(context: Context, words: str) -> None:
    """An anonymous one goes on in private; in a group its message shows who wrote it."""
    if context.actor.chat.is_group:
        await exposed.warn(context)
        return
    known = {ROUTE.name: Route.ANONYMOUS.value}
    if words.strip():
        came = receiving.came(context, words, called=False)
        await context.read(partial(suggestion.is_new, actor=context.actor, text=words, source=context.source))
        known |= {TEXT.name: words, SOURCE: context.source, CAME: came.kept}
    await form.begin(context, FORM, known)


async def take_reply(context: Context) -> None:
    """Handle a reply to a call for suggestions."""
    nameless = NAMELESS.match(context.text)
    if nameless:
        await _take_nameless(context, context.text[nameless.end() :])
    else:
        await take(context, context.text, called=True)


async def hears(context: Context) -> bool:
    """Handle 建议：… in any message, and an edit of a message that was a suggestion; whether it was one."""
    words = words_of(context.text)
    if words is None and context.incoming.edited_message:
        made = await context.read(partial(suggestion.made_by, source=context.source))
        words = context.text if made else None
    if words is None:
        return False
    if is_nameless(context.text) and not context.incoming.edited_message:
        await _take_nameless(context, words)
    else:
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


def is_nameless(text: str) -> bool:
    """Whether a suggestion in a message is meant to be anonymous: 匿名建议：…, #匿名建议."""
    opening, hashtag = OPENING.match(text), HASHTAG.search(text)
    if opening:
        return bool(opening["before"] or opening["after"])
    return bool(hashtag and hashtag["before"])


async def start(context: Context, payload: str) -> bool:
    """Deep link: an anonymous suggestion, in private."""
    if payload != exposed.PAYLOAD or context.actor.chat.is_group:
        return False
    await form.begin(context, FORM, {ROUTE.name: Route.ANONYMOUS.value})
    return True


def ask_text(_: "Stores", __: Filled) -> Message:
    """The question for the suggestion; it does not tell whether with a name."""
    return Message("suggestion.call")


async def hear_text(context: Context) -> Fill:
    """Read the suggestion. Raises Empty, TooLong, TooManySuggestions when it is filled in."""
    words, source, actor = context.text, context.source, context.actor
    came = receiving.came(context, words, called=True).kept

    def fill(stores: "Stores", filled: Filled) -> Filled:
        suggestion.is_new(stores, actor, text=words, source=source)
        return Filled(filled.draft.filled(**{TEXT.name: words, SOURCE: source, CAME: came}))

    return fill


async def make_of_form(context: Context, filled: Filled) -> Ending:
    """Store it."""
    words, values = filled[TEXT], filled.draft.values
    came = Came.read(values.get(CAME, ""))
    way = await receiving.way(context, words, came, filled[ROUTE])
    use_case = await receiving.making(context, words, values.get(SOURCE, context.source), way)
    if way.naming is Naming.NAMED:
        return lambda stores: receiving.say_received(use_case(stores))
    actor = context.actor
    return lambda stores: receiving.answer_unseen(stores, actor, use_case(stores), filled.draft)


SOURCE = "source"  # the key of the message that the suggestion came with
CAME = "came"  # what else is known of that message
TEXT = Field("text", WORDS, "suggestion.field_text", ask_text, hear_text)
FORM = Form("suggestion", (ROUTE, TEXT), Permission.TAKE_PART, make_of_form)
FEATURE = Feature(
    "suggestion",
    handlers=(Command("suggest", make, TAKE_PART), Key("suggestion.key", open_form, Permission.TAKE_PART, 30)),
    entries=(Entry("suggest", "suggestion", TAKE_PART, 130, frozenset({Audience.EVERYBODY}), help=Help(50)),),
    start=start,
    replies={CALL: take_reply},
    hears=hears,
    asks_about=lambda words: words_of(words) is not None,
    forms=(FORM,),
)
