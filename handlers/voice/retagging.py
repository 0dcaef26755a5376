"""改标签: a suggestion's tags are chosen by taps, on the card of triage or on a page of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import SuggestionId
from domain.messaging.message import Action, Button, Message, in_rows
from domain.voice import retagging
from handlers import pages
from handlers.action import ButtonExpired
from handlers.arguments import after_command
from handlers.command import Command, PrivatePress
from handlers.feature import Feature
from handlers.origin import text_of
from handlers.voice.tag_files import shipped
from handlers.voice.tags import NEEDS, TAGS_A_ROW, code_of, tag_named
from handlers.voice.triage_card import about

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Message as Incoming
    from telegram import Update

    from domain.messaging.message import Subject
    from domain.voice.features import Stores
    from domain.voice.retagging import Choice
    from handlers.context import Context


NUMBERED = re.compile(r"(?:suggestion ?)?#?(?P<number>[0-9]{1,9})", re.ASCII | re.IGNORECASE)


async def of_one(_: Update, context: Context) -> None:
    """/tags NUMBER: a page on which the tags of a suggestion are chosen. Raises Gone, NotAllowed."""
    found = NUMBERED.fullmatch(after_command(context.text).strip())
    if found:
        await pages.show(context, _look(context, SuggestionId(int(found["number"]))), say_choice)


def is_number(message: Incoming) -> bool:
    """Whether the command names a suggestion."""
    return NUMBERED.fullmatch(after_command(text_of(message)).strip()) is not None


def _look(context: Context, number: SuggestionId) -> Callable[[Stores], Choice]:
    return partial(retagging.look, actor=context.actor, number=number, shipped=shipped())


async def press_open(_: Update, context: Context) -> None:
    """Button: choose the tags of the suggestion on the card."""
    await _turn(context, _look(context, SuggestionId(context.pressed.having(1).number())))


async def press_pick(_: Update, context: Context) -> None:
    """Button: give the suggestion a tag, or take it away."""
    number, code = context.pressed.numbers(2)

    def use_case(stores: Stores) -> Choice:
        choice = _look(context, SuggestionId(number))(stores)
        name = tag_named([*choice.chosen, *(one.name for one in choice.tags)], code)
        return retagging.toggle(stores, context.actor, number=SuggestionId(number), shipped=shipped(), name=name)

    await _turn(context, use_case)


async def _turn(context: Context, use_case: Callable[[Stores], Choice]) -> None:
    """Let the message whose button was pressed show the tags. Raises ButtonExpired for any other message."""

    def unit(stores: Stores) -> None:
        subject = _pressed(stores, context)
        message = replace(say_choice(use_case(stores), card=subject.kind != pages.PAGE), subject=subject)
        stores.outbox.edit(subject, message, key=f"{subject}:{context.update_id}")

    await context.run(unit)
    context.acknowledge()


def _pressed(stores: Stores, context: Context) -> Subject:
    message = context.place
    subject = stores.outbox.subject(context.actor.chat.id, message.message_id) if message else None
    if subject is None or (subject.kind != pages.PAGE and subject != about(context.actor.member.id)):
        raise ButtonExpired
    return subject


def say_choice(choice: Choice, *, card: bool = False) -> Message:
    """The tags, those marked that the suggestion has; from the card of triage one goes back to it."""
    number, names = choice.suggestion.id, [one.name for one in choice.tags]
    gone = [name for name in choice.chosen if name not in names]  # the table has them no more
    buttons = [
        Button(
            "tagging.chosen_button" if name in choice.chosen else "tagging.tag_button",
            Action("tagging.pick", number, code_of(name)),
            {"name": name},
        )
        for name in (*names, *gone)
    ]
    back = [[Button("tagging.back_button", Action("triage.next", number - 1))]] if card else []
    return Message("tagging.choice", {"choice": choice}, [*in_rows(buttons, TAGS_A_ROW), *back])


FEATURE = Feature(
    "tagging",
    handlers=(
        Command("tags", of_one, NEEDS, when=is_number),
        PrivatePress("tagging.open", press_open),
        PrivatePress("tagging.pick", press_pick),
    ),
)
