"""申请延期 under a card, and 同意 and 不同意 of who answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ExtensionId, TaskId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.work.task import TaskNotFound, extending
from domain.work.task.extension import card_of
from domain.work.task.extension import shown as of_task
from handlers import access
from handlers.command import Press
from handlers.feature import Feature
from handlers.form import MOMENT, WORDS, Choice, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.work.deadlines import BATCH, later, read_due
from handlers.work.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.task import Task
    from domain.work.task.extending import Asked
    from domain.work.task.extension import Shown
    from handlers.context import Context

GIVE, PART = Permission.GIVE_TASKS, Permission.TAKE_PART
OWN = "own"  # the draft's key for the task
NUMBER = "extension"


async def press_ask(_: Update, context: Context) -> None:
    """Button: ask for more time. Raises what `extending.mine` does."""
    batch = TaskId(context.pressed.having(1).number())
    task = await context.read(partial(extending.mine, actor=context.actor, batch=batch))
    await form.begin(context, ASK, {BATCH: str(task.batch), OWN: str(task.id)})
    context.acknowledge()


def _task(stores: Stores, filled: Filled) -> Task:
    number = TaskId(int(filled.draft.values[OWN]))
    found = stores.tasks.get(number)
    if found is None:
        raise TaskNotFound(number=number)
    return found


def ask_until(stores: Stores, filled: Filled) -> Message:
    """Ask for the new deadline."""
    return Message("extending.ask_until", {"task": _task(stores, filled)})


def offer_until(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """Some days later."""
    return later(stores, actor, _task(stores, filled))


async def hear_until(context: Context) -> Fill:
    """Read a deadline, and the reason that may follow it. Raises BadArguments, PastDeadline, NotLater, NoReason."""
    text, actor = context.text, context.actor

    def choose(stores: Stores, filled: Filled) -> Filled:
        due_at, reason = read_due(stores, filled, text, actor.now)
        extending.check_wish(actor, _task(stores, filled), due_at)
        dated = filled.with_(UNTIL, due_at)
        return dated.with_(REASON, extending.check_reason(reason)) if reason else dated

    return choose


def pick_until(actor: Actor, value: str) -> Fill:
    """A deadline was tapped. Raises ButtonExpired, PastDeadline, NotLater."""
    due_at = read_moment(value)

    def choose(stores: Stores, filled: Filled) -> Filled:
        extending.check_wish(actor, _task(stores, filled), due_at)
        return filled.with_(UNTIL, due_at)

    return choose


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask for the reason."""
    return Message("extending.ask_reason", {"task": _task(stores, filled), "due_at": filled[UNTIL]})


async def hear_reason(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    reason = extending.check_reason(context.text)
    return lambda _, filled: filled.with_(REASON, reason)


async def ask(context: Context, filled: Filled) -> Ending:
    """Ask, and say who answers."""
    use_case = partial(
        extending.ask,
        actor=context.actor,
        batch=TaskId(int(filled.draft.values[BATCH])),
        due_at=filled[UNTIL],
        reason=filled[REASON],
    )
    return ending(use_case, say_asked)


def say_asked(asked: Asked) -> Message:
    """The confirmation to who asked."""
    return Message("extending.asked", {"shown": asked.shown, "told": asked.told})


async def _answering(context: Context) -> tuple[ExtensionId, Actor]:
    """A request whose button was pressed, and the presser as an actor in its group. Raises TaskNotFound."""
    number = ExtensionId(context.pressed.having(1).number())
    return number, await _there(context, number)


async def _there(context: Context, number: ExtensionId) -> Actor:
    group = await context.read(partial(extending.place, actor=context.actor, number=number))
    return await access.in_group(context, group, GIVE)


async def press_grant(_: Update, context: Context) -> None:
    """Button: grant."""
    number, actor = await _answering(context)
    await context.notify(partial(extending.grant, actor=actor, number=number), notice_granted)


def notice_granted(shown: Shown) -> Text:
    """The notice after a request was granted."""
    return Text("extending.granted_toast", {"shown": shown})


async def press_refuse(_: Update, context: Context) -> None:
    """Button: refuse; asks why."""
    number, actor = await _answering(context)
    await context.read(partial(extending.answerable, actor=actor, number=number))
    await form.begin(context, REFUSE, {NUMBER: str(number)})
    context.acknowledge()


async def press_show(_: Update, context: Context) -> None:
    """Button of today's card: the message with the buttons to answer, again."""
    number, actor = await _answering(context)
    await context.answer(partial(extending.answerable, actor=actor, number=number), say_again)
    context.acknowledge()


def say_again(shown: Shown) -> Message:
    """The request with its buttons."""
    return card_of(shown)


def ask_why(stores: Stores, filled: Filled) -> Message:
    """Ask why it is refused."""
    found = stores.extensions.get(ExtensionId(int(filled.draft.values[NUMBER])))
    if found is None:
        raise TaskNotFound(number=0)
    return Message("extending.ask_refusal", {"shown": of_task(stores, found)})


async def refuse(context: Context, filled: Filled) -> Ending:
    """Refuse, with the reason."""
    number = ExtensionId(int(filled.draft.values[NUMBER]))
    actor = await _there(context, number)
    return ending(partial(extending.refuse, actor=actor, number=number, reason=filled[WHY]), say_refused)


def say_refused(shown: Shown) -> Message:
    """The confirmation to who refused."""
    return Message("extending.refused", {"shown": shown}, silent=True)


async def hear_why(context: Context) -> Fill:
    """Read why it is refused. Raises NoReason."""
    reason = extending.check_reason(context.text)
    return lambda _, filled: filled.with_(WHY, reason)


UNTIL = Field("until", MOMENT, "extending.field_until", ask_until, hear_until, offer_until, pick_until, a_row=2)
REASON = Field("reason", WORDS, "extending.field_reason", ask_reason, hear_reason)
WHY = Field("why", WORDS, "extending.field_reason", ask_why, hear_why)
ASK = Form("task_extend", (UNTIL, REASON), PART, ask)
REFUSE = Form("task_extend_refuse", (WHY,), PART, refuse)
FEATURE = Feature(
    "extending",
    handlers=(
        Press("task.extend", press_ask),
        Press("extension.grant", press_grant),
        Press("extension.refuse", press_refuse),
        Press("extension.show", press_show),
    ),
    forms=(ASK, REFUSE),
)
