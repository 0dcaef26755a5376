"""Suggestions that wait for those in charge, in private: one card that goes from one to the next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from domain.ids import SuggestionId
from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.voice.suggestion import course, figures, triage
from domain.voice.suggestion.life import Case
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.feature import Feature
from handlers.voice.triage_card import about, at, desks, pressed, say_card, say_figures, say_outcome, say_shown
from handlers.voice.triage_forms import PLACE_FORM, REASON_FORM, TASK, begin, begin_task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.ids import SuggestionId
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PART = Permission.TAKE_PART


async def open_(context: Context, there: Sequence[Actor]) -> None:
    """Send the card, in place of the one before."""

    def unit(stores: Stores) -> None:
        subject = about(context.actor.member.id)
        stores.outbox.delete(subject, key=f"{context.key}:before")
        card = say_card(triage.next_one(stores, context.actor, there=there))
        message = replace(card, subject=subject)
        stores.outbox.send(context.actor.chat.id, message, key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_open(_: Update, context: Context) -> None:
    """Button: show what waits."""
    context.pressed.having(0)
    await open_(context, await desks(context))


async def _turn(context: Context, use_case: Callable[[Stores], Message]) -> None:
    """Run a use case and let the card show what came of it. Raises ButtonExpired where there is no card."""

    def unit(stores: Stores) -> None:
        _put(stores, context, use_case(stores))

    await context.run(unit)
    context.acknowledge()


def _put(stores: Stores, context: Context, message: Message) -> None:
    subject = about(context.actor.member.id)
    if not stores.outbox.stands(subject):
        raise ButtonExpired
    stores.outbox.edit(subject, replace(message, subject=subject), key=f"{subject}:{context.update_id}")


class Step(Protocol):
    """A use case of whoever holds a suggestion."""

    def __call__(self, stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
        """The suggestion as it is then."""


async def _answer(context: Context, step: Step) -> None:
    """Answer the suggestion of a pressed button, and show what became of it."""
    number, version = pressed(context)
    there, own = await at(context, number), await desks(context)

    def use_case(stores: Stores) -> Message:
        case = step(stores, there, number=number, version=version)
        return say_outcome(triage.outcome(stores, context.actor, case=case, there=own))

    await _turn(context, use_case)


async def press_adopt(_: Update, context: Context) -> None:
    """Button: adopt it; the form of its task is filled in already, and waits for 发出."""
    number, version = pressed(context)
    there, own = await at(context, number), await desks(context)

    def use_case(stores: Stores) -> Message:
        case = course.adopt(stores, there, number=number, version=version)
        message = say_outcome(triage.outcome(stores, context.actor, case=case, there=own))
        begin_task(stores, context, there, case)
        return message

    await _turn(context, use_case)


async def press_task(_: Update, context: Context) -> None:
    """Button: make a task of what was adopted. Raises ButtonExpired where that makes no sense any more."""
    number, version = pressed(context)
    there = await at(context, number)

    def use_case(stores: Stores) -> None:
        case = course.adopted(stores, there, number=number, version=version)
        begin_task(stores, context, there, case)

    await context.run(use_case)
    context.acknowledge()


async def press_later(_: Update, context: Context) -> None:
    """Button: put it off, and show the next one."""
    number, version = pressed(context)
    there = await desks(context)
    later = partial(triage.later, actor=context.actor, number=number, version=version, there=there)
    await _turn(context, lambda stores: say_card(later(stores)))


async def press_next(_: Update, context: Context) -> None:
    """Button: show the next one."""
    after, there = context.pressed.having(1).number(), await desks(context)
    show = partial(triage.next_one, actor=context.actor, there=there, after=after)
    await _turn(context, lambda stores: say_card(show(stores)))


async def press_finish(_: Update, context: Context) -> None:
    """Button: it is done."""
    await _answer(context, course.finish)


async def press_reconsider(_: Update, context: Context) -> None:
    """Button: take the decision back."""
    await _answer(context, course.reconsider)


async def press_show(_: Update, context: Context) -> None:
    """Button of what became of it: the suggestion, at the end of the chat."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    there, private = await at(context, number), context.actor.chat.id

    def unit(stores: Stores) -> None:
        card = triage.shown(stores, there, number=number)
        stores.outbox.send(private, say_shown(card), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_figures(_: Update, context: Context) -> None:
    """Button: this month's figures."""
    context.pressed.having(0)
    there = await desks(context)
    await _turn(context, lambda stores: say_figures(figures.show(stores, context.actor, there=there)))


async def press_refuse(_: Update, context: Context) -> None:
    """Button: say why it is not adopted."""
    await begin(context, REASON_FORM)


async def press_transfer(_: Update, context: Context) -> None:
    """Button: let others answer it."""
    await begin(context, PLACE_FORM)


FEATURE = Feature(
    "triage",
    handlers=(
        PrivatePress("triage.open", press_open, PART),
        PrivatePress("triage.adopt", press_adopt, PART),
        PrivatePress("triage.refuse", press_refuse, PART),
        PrivatePress("triage.transfer", press_transfer, PART),
        PrivatePress("triage.later", press_later, PART),
        PrivatePress("triage.next", press_next, PART),
        PrivatePress("triage.task", press_task, PART),
        PrivatePress("triage.finish", press_finish, PART),
        PrivatePress("triage.reconsider", press_reconsider, PART),
        PrivatePress("triage.figures", press_figures, PART),
        PrivatePress("triage.show", press_show, PART),
    ),
    forms=(REASON_FORM, PLACE_FORM, TASK),
)
