"""Acute danger in a suggestion: its alarm, 已知悉 under it, and /oncall."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.voice.suggestion import hazard
from domain.voice.suggestion import on_call as duty
from domain.voice.suggestion.hazard import AlarmId, Shown
from domain.voice.suggestion.model import Became
from domain.voice.suggestion.on_call import OnCall
from handlers import access
from handlers.access import Needs
from handlers.arguments import after_command, leading_mentions
from handlers.command import Command, Press
from handlers.feature import Entry, Feature, Help, Section
from language import hazard as language

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Received
    from handlers.context import Context

ANSWER = Needs(Permission.ANSWER_SUGGESTIONS, Permission.ANSWER_SUGGESTIONS)
USUAL = frozenset({"默认", "恢复默认", "default"})


def watched(words: str, actor: Actor, make: Callable[[Stores], Received]) -> Callable[[Stores], Received]:
    """Making a suggestion that raises an alarm where it tells of acute danger."""
    word = language.read(words)
    if word is None:
        return make

    def unit(stores: Stores) -> Received:
        received = make(stores)
        one = received.suggestion
        if received.became is not Became.CORRECTED or stores.hazards.of(one.id) is None:
            hazard.sound(stores, one, word=word, at=actor.heard_at)
        return received

    return unit


async def press_known(_: Update, context: Context) -> None:
    """Button: somebody sees to it. In a group those may whom the platform alone calls its administrators."""
    number = AlarmId(context.pressed.having(1).number())
    if context.actor.chat.is_group:
        await access.may(context, Permission.ANSWER_SUGGESTIONS)
    await context.notify(partial(hazard.acknowledge, actor=context.actor, number=number), notice_known)


def notice_known(shown: Shown) -> Text:
    """The notice to whoever sees to it."""
    return Text("hazard.known", {"shown": shown})


async def on_call(_: Update, context: Context) -> None:
    """/oncall: who is on call; with names, who is from now on, in that order."""
    words = plain.line(after_command(context.text))
    mentions = leading_mentions(context.message)[0] if context.message else []
    if mentions or words in USUAL:
        await context.answer(partial(duty.choose, actor=context.actor, mentions=mentions), say_on_call)
    else:
        await context.answer(partial(duty.show, actor=context.actor), say_on_call)


def say_on_call(found: OnCall) -> Message:
    """Who is on call, and how it works."""
    return Message("hazard.on_call", {"on_call": found})


FEATURE = Feature(
    "hazard",
    handlers=(Command("oncall", on_call, ANSWER), Press("hazard.known", press_known)),
    entries=(Entry("oncall", "hazard", ANSWER, 95, frozenset(), help=Help(60, Section.IN_CHARGE)),),
)
