"""Review in private: /review asks the first question that is due; what follows an answer is the sheet's affair."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from telegram import Update

from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.people.permission import Permission
from domain.study.review import service
from domain.study.review.service import Standing
from handlers.access import Needs
from handlers.command import Command, PrivatePress
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.study.features import Stores

NEEDS = Needs(in_private=Permission.TAKE_PART)
PAGE = "review"  # the kind of the subject of the message that tells how it stands


async def begin(_: Update, context: Context) -> None:
    """/review: ask the first question that is due; where none is, say when one will be."""
    await context.run(lambda stores: _begin(stores, context))


async def press_begin(_: Update, context: Context) -> None:
    """Button on today's card: the same."""
    await context.run(lambda stores: _begin(stores, context))
    context.acknowledge()


def _begin(stores: "Stores", context: Context) -> None:
    now = service.begin(stores, context.actor, key=context.key)
    if now.is_paused or not now.left:
        _tell(stores, context, now)


def _tell(stores: "Stores", context: Context, now: Standing) -> None:
    """How it stands: one such message, however often it is asked for."""
    about = Subject(PAGE, context.actor.member.id)
    stores.outbox.delete(about, key=f"{context.key}:before")
    stores.outbox.send(context.actor.chat.id, say_standing(now, about), key=context.key, urgent=True)


async def press_pause(_: Update, context: Context) -> None:
    """Button: be asked no more."""
    await _change(context, service.pause)


async def press_resume(_: Update, context: Context) -> None:
    """Button: be asked again."""
    await _change(context, service.resume)


async def _change(context: Context, use_case: "Callable[[Stores, Actor], Standing]") -> None:
    def unit(stores: "Stores") -> Standing:
        now, about = use_case(stores, context.actor), Subject(PAGE, context.actor.member.id)
        stores.outbox.edit(about, say_standing(now, about), key=f"{about}:{context.update_id}")
        return now

    await context.notify(unit, say_changed)


def say_standing(now: Standing, about: Subject) -> Message:
    """How a review stands, with the way to pause or resume it."""
    if now.is_paused:
        row = [Button("review.resume_button", Action("review.resume"))]
    elif now.left:
        row = [Button("review.begin_button", Action("review.begin"))]
    else:
        row = [Button("review.pause_button", Action("review.pause"))] if now.next_on else []
    return Message("review.standing", {"standing": now}, [row] if row else [], about)


def say_changed(now: Standing) -> Text:
    """That it was paused, or goes on."""
    return Text("review.changed", {"is_paused": now.is_paused})


FEATURE = Feature(
    "review",
    handlers=(
        Command("review", begin, NEEDS),
        PrivatePress("review.begin", press_begin),
        PrivatePress("review.pause", press_pause),
        PrivatePress("review.resume", press_resume),
    ),
    entries=(Entry("review", "review", NEEDS, 102, frozenset({Audience.PRIVATE}), help=Help(12)),),
)
