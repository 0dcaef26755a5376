"""Recurring tasks in chat: `/task NAME … RHYTHM TITLE`, and the buttons under one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from domain.ids import RecurringId
from domain.messaging.message import Action, Button, Buttons, Message, Subject, Text
from domain.people.member import Mention
from domain.people.permission import Permission
from domain.work import recurring
from domain.work.recurring import Begun, RecurringNotFound, Shown, State
from domain.work.rhythm import CatchUp, DayOff
from handlers import access
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, arguments_begin, replied_author, working
from handlers.command import Press
from handlers.feature import Feature
from handlers.form import MOMENT, WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.origin import person_profile, text_of
from handlers.work import arguments, owners, rhythms
from handlers.work.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.people.naming import Directory
    from domain.work.features import Stores
    from domain.work.task import Task
    from handlers.context import Context

T = TypeVar("T")
GIVE = Permission.GIVE_TASKS
NUMBER = "recurring"  # the draft's key for the recurring task
NEXT_OFF = {DayOff.AFTER: DayOff.BEFORE, DayOff.BEFORE: DayOff.KEEP, DayOff.KEEP: DayOff.AFTER}
NEXT_CATCH_UP = {CatchUp.LATEST: CatchUp.EACH, CatchUp.EACH: CatchUp.LATEST}


async def begin_here(context: Context, names: Directory) -> bool:
    """`/task NAME … RHYTHM TITLE`: begin a recurring task. Whether the command has a rhythm."""
    message = context.message
    if message is None:
        return False
    group = context.actor.group
    begins = arguments_begin(text_of(message))
    found, rest = owners.read(message, names, group.local(context.now), begins)
    read = rhythms.read(rest, await working(context))
    if read is None:
        return False
    answered = replied_author(message)
    if not found and answered:
        found = [Mention(answered.full_name, person_profile(answered))]
    if not found:
        raise BadArguments("task.no_owner")
    rhythm, title = read
    plan = arguments.plan(title)
    use_case = partial(
        recurring.begin, actor=context.actor, mentions=found, plan=plan, rhythm=rhythm, source=context.source
    )
    await context.answer(use_case, say_begun)
    return True


def say_begun(begun: Begun) -> Message:
    """The card of a recurring task that has just begun; the tasks of its first turn have a card of their own."""
    return panel(begun.shown)


def panel(shown: Shown) -> Message:
    """The card of a recurring task, with what can be done about it."""
    return Message("recurring.panel", {"shown": shown}, buttons(shown), subject_of(shown.recurring.id))


def subject_of(number: RecurringId) -> Subject:
    """What the cards of a recurring task are about."""
    return Subject("recurring", number)


def buttons(shown: Shown) -> Buttons:
    """What can be done about it: nothing once it is stopped."""
    one = shown.recurring
    if one.state is State.STOPPED:
        return ()
    pausing = Button("recurring.pause_button", Action("recurring.pause", one.id))
    resuming = Button("recurring.resume_button", Action("recurring.resume", one.id))
    first = [
        resuming if one.state is State.PAUSED else pausing,
        Button("recurring.stop_button", Action("recurring.stop", one.id)),
        Button("recurring.change_button", Action("recurring.change", one.id)),
    ]
    off, catch_up = NEXT_OFF[one.rhythm.off], NEXT_CATCH_UP[one.catch_up]
    second = [
        Button("recurring.off_button", Action("recurring.off", one.id, off.value), {"off": off.value}),
        Button(
            "recurring.catch_up_button", Action("recurring.catch_up", one.id, catch_up.value), {"way": catch_up.value}
        ),
    ]
    if one.state is State.PAUSED or shown.due_at is None:
        return [first, second]
    ahead = Action("recurring.now", one.id, MOMENT.keep(shown.due_at))
    return [first, second, [Button("recurring.now_button", ahead)]]


async def found(context: Context, number: RecurringId) -> Actor:
    """The presser as an actor in the group of a recurring task. Raises RecurringNotFound."""
    one = await context.read(lambda stores: stores.recurring.get(number))
    if one is None:
        raise RecurringNotFound(number=number)
    group = await context.read(lambda stores: stores.chats.get(one.group))
    needs = GIVE if one.holder is None else Permission.PLAN_WORK
    return await access.in_group(context, group, needs)


async def _press(context: Context, words: int, do: Callable[[Stores, Actor, RecurringId], Shown]) -> None:
    """Do something about the recurring task of a button, and show it on its cards."""
    number = RecurringId(context.pressed.having(words).number())
    actor = await found(context, number)

    def unit(stores: Stores) -> Shown:
        shown = do(stores, actor, number)
        stores.outbox.edit(subject_of(number), panel(shown), key=f"{subject_of(number)}:{context.update_id}")
        return shown

    await context.notify(unit, notice)


def notice(shown: Shown) -> Text:
    """What a button has changed."""
    return Text("recurring.notice", {"state": shown.recurring.state.value})


async def press_pause(_: Update, context: Context) -> None:
    """Button: pause."""
    await _press(context, 1, lambda stores, actor, number: recurring.pause(stores, actor, number=number))


async def press_resume(_: Update, context: Context) -> None:
    """Button: go on."""
    await _press(context, 1, lambda stores, actor, number: recurring.resume(stores, actor, number=number))


async def press_stop(_: Update, context: Context) -> None:
    """Button: stop."""
    await _press(context, 1, lambda stores, actor, number: recurring.stop(stores, actor, number=number))


async def press_off(_: Update, context: Context) -> None:
    """Button: what becomes of days off."""
    off = _word(context, DayOff)
    await _press(context, 2, lambda stores, actor, number: recurring.set_off(stores, actor, number=number, off=off))


async def press_catch_up(_: Update, context: Context) -> None:
    """Button: what becomes of turns that were missed."""
    way = _word(context, CatchUp)
    await _press(
        context, 2, lambda stores, actor, number: recurring.set_catch_up(stores, actor, number=number, catch_up=way)
    )


def _word(context: Context, kind: Callable[[str], T]) -> T:
    """The value of a button. Raises ButtonExpired."""
    try:
        return kind(context.pressed.having(2).word(1))
    except ValueError as error:
        raise ButtonExpired from error


async def press_now(_: Update, context: Context) -> None:
    """Button: give the next turn ahead of its time; whoever presses it second gives no other."""
    words = context.pressed.having(2)
    number, due_at = RecurringId(words.number()), read_moment(words.word(1))
    actor = await found(context, number)

    def unit(stores: Stores) -> Sequence[Task]:
        tasks = recurring.give_now(stores, actor, number=number, due_at=due_at)
        shown = recurring.show(stores, actor, number=number)
        stores.outbox.edit(subject_of(number), panel(shown), key=f"{subject_of(number)}:{context.update_id}")
        return tasks

    await context.notify(unit, notice_given)


def notice_given(tasks: Sequence[Task]) -> Text:
    """What was given ahead of its time."""
    return Text("recurring.given_ahead", {"task": tasks[0]})


async def press_show(_: Update, context: Context) -> None:
    """Button in a list: the card of one, as a message of its own."""
    number = RecurringId(context.pressed.having(1).number())
    actor = await found(context, number)
    await context.answer(partial(recurring.show, actor=actor, number=number), panel)
    context.acknowledge()


# --- another rhythm, other work --------------------------------------------------------------------------------------


async def press_change(_: Update, context: Context) -> None:
    """Button: ask for the new rhythm or title."""
    number = RecurringId(context.pressed.having(1).number())
    actor = await found(context, number)
    await context.read(partial(recurring.show, actor=actor, number=number))
    await form.begin(context, FORM, {NUMBER: str(number)})
    context.acknowledge()


def _number(filled: Filled) -> RecurringId:
    return RecurringId(int(filled.draft.values[NUMBER]))


def ask_change(stores: Stores, filled: Filled) -> Message:
    """Ask what it is to be from now on. Raises RecurringNotFound."""
    number = _number(filled)
    one = stores.recurring.get(number)
    if one is None:
        raise RecurringNotFound(number=number)
    return Message("recurring.ask_change", {"recurring": one})


async def hear_change(context: Context) -> Fill:
    """Check a rhythm, a title, or both. Raises BadArguments."""
    words = context.text
    read = rhythms.read(words, await working(context))
    title = words if read is None else read[1]
    if title or read is None:
        arguments.plan(title)
    return lambda _, filled: filled.with_(WHAT, words)


async def change(context: Context, filled: Filled) -> Ending:
    """Let it be so from its next turn on."""
    words, number = filled[WHAT], _number(filled)
    read = rhythms.read(words, await working(context))
    rhythm, title = (None, words) if read is None else read
    plan = arguments.plan(title) if title else None
    actor = await found(context, number)
    return ending(partial(recurring.change, actor=actor, number=number, rhythm=rhythm, plan=plan), panel)


WHAT: Field[str] = Field("what", WORDS, "recurring.field_what", ask_change, hear_change)
FORM = Form("recurring_change", (WHAT,), Permission.TAKE_PART, change)
FEATURE = Feature(
    "recurring",
    handlers=(
        Press("recurring.pause", press_pause),
        Press("recurring.resume", press_resume),
        Press("recurring.stop", press_stop),
        Press("recurring.off", press_off),
        Press("recurring.catch_up", press_catch_up),
        Press("recurring.now", press_now),
        Press("recurring.show", press_show),
        Press("recurring.change", press_change),
    ),
    forms=(FORM,),
)
