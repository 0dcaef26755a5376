"""Buttons under a card for those in charge: 改期, 换人, 撤回, of all owners at once or of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import plain
from domain.ids import TaskId
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.permission import Permission
from domain.work.task import TaskNotFound, amending
from handlers.action import MAX_DIGITS, ButtonExpired
from handlers.arguments import BadArguments
from handlers.arguments import number as number_of
from handlers.command import Press
from handlers.feature import Feature
from handlers.form import MOMENT, Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.people import drafted
from handlers.people.drafted import CHOSEN
from handlers.work import arguments, unclear
from handlers.work.deadlines import BATCH, acting, batch_of, later, read_due
from handlers.work.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.people.naming import Chosen
    from domain.work.features import Stores
    from domain.work.task import Task
    from domain.work.task.amending import Amended, Handed, TakenBack
    from handlers.context import Context

PART = Permission.TAKE_PART
REASON = "reason"  # a key of the draft
ALL = "all"
MAX_OFFERED = 12
WHICH: Codec[TaskId | None] = Codec(
    lambda number: ALL if number is None else str(number), lambda kept: None if kept == ALL else TaskId(int(kept))
)


async def _begin(context: Context, wanted: Form) -> None:
    """Begin a form about the tasks of a card. One task needs no choice, except to be withdrawn."""
    words = context.pressed
    batch = TaskId(words.number())
    number = TaskId(words.number(1)) if len(words.words) > 1 else None
    actor = await acting(context, batch)
    tasks = await context.read(partial(amending.amendable, actor=actor, batch=batch, number=number))
    values = {BATCH: str(batch)}
    if wanted is TAKE_BACK:
        values |= {} if number is None else {ONLY: str(number)}
    elif len(tasks) == 1 or tasks[0].together:
        values |= {WHOM.name: WHICH.keep(number or (tasks[0].id if len(tasks) == 1 else None))}
    await form.begin(context, wanted, values)
    context.acknowledge()


async def press_postpone(_: Update, context: Context) -> None:
    """Button: another deadline."""
    await _begin(context, POSTPONE)


async def press_hand(_: Update, context: Context) -> None:
    """Button: other owners."""
    await _begin(context, HAND)


async def press_take_back(_: Update, context: Context) -> None:
    """Button: withdraw."""
    await _begin(context, TAKE_BACK)


def _open(stores: Stores, filled: Filled) -> list[Task]:
    """The open tasks that a form is about. Raises TaskNotFound once there is none any more."""
    only = filled.draft.values.get(ONLY)
    tasks = [one for one in stores.tasks.batch(batch_of(filled)) if one.done_at is None and only in (None, str(one.id))]
    if not tasks:
        raise TaskNotFound(number=batch_of(filled))
    return tasks


def _chosen(stores: Stores, filled: Filled) -> list[Task]:
    """Those that were chosen."""
    number = filled[WHOM]
    return [one for one in _open(stores, filled) if number in (None, one.id)] or _open(stores, filled)


def ask_whom(stores: Stores, filled: Filled) -> Message:
    """Ask whose task is changed."""
    return Message("amending.ask_whose", {"tasks": _open(stores, filled)})


def offer_whom(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """All of them, or one."""
    tasks = _open(stores, filled)
    ones = [Choice(Text("amending.one_button", {"task": one}), str(one.id)) for one in tasks[:MAX_OFFERED]]
    if len(tasks) == 1:
        return ones
    return [Choice(Text("amending.all_button", {"count": len(tasks)}), ALL), *ones]


async def hear_whom(context: Context) -> Fill:
    """Read an owner's name or a task's number. Raises BadArguments."""
    words, wanted = plain.line(context.text), _number_in(context.text)

    def choose(stores: Stores, filled: Filled) -> Filled:
        tasks = _open(stores, filled)
        found = [one for one in tasks if one.id == wanted or words in (one.owner.name, f"@{one.owner.username}")]
        if len(found) != 1:
            raise BadArguments("amending.ask_number")
        return filled.with_(WHOM, found[0].id)

    return choose


def _number_in(text: str) -> TaskId | None:
    try:
        return number_of(text, usage="amending.ask_number")
    except BadArguments:
        return None


def pick_whom(_: Actor, value: str) -> Fill:
    """All, or one of them, was tapped. Raises ButtonExpired for others."""
    if value != ALL and not (value.isdecimal() and len(value) <= MAX_DIGITS):
        raise ButtonExpired

    def choose(stores: Stores, filled: Filled) -> Filled:
        number = WHICH.load(value)
        if number is not None and number not in {one.id for one in _open(stores, filled)}:
            raise ButtonExpired
        return filled.with_(WHOM, number)

    return choose


def ask_when(stores: Stores, filled: Filled) -> Message:
    """Ask for the new deadline."""
    return Message("amending.ask_when", {"tasks": _chosen(stores, filled)})


def offer_when(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """Some days later, at the same time of day, on workdays."""
    return later(stores, actor, _chosen(stores, filled)[0])


async def hear_when(context: Context) -> Fill:
    """Read a deadline, and the reason that may follow it. Raises BadArguments."""
    text, now = context.text, context.now

    def choose(stores: Stores, filled: Filled) -> Filled:
        due_at, reason = read_due(stores, filled, text, now)
        amending.check_reason(reason)
        return Filled(filled.draft.filled(**{REASON: reason})).with_(WHEN, due_at)

    return choose


def pick_when(actor: Actor, value: str) -> Fill:
    """A deadline was tapped. Raises ButtonExpired, PastDeadline."""
    due_at = read_moment(value)
    amending.check_deadline(actor, due_at)
    return lambda _, filled: filled.with_(WHEN, due_at)


async def postpone(context: Context, filled: Filled) -> Ending:
    """Move the deadline."""
    batch = batch_of(filled)
    use_case = partial(
        amending.postpone,
        actor=await acting(context, batch),
        batch=batch,
        number=filled[WHOM],
        due_at=filled[WHEN],
        reason=filled.draft.values.get(REASON, ""),
    )
    here = context.actor.chat.is_group

    def present(amended: Amended) -> Message | None:
        return None if here and amended.untold else amending.said(amended)

    return ending(use_case, present)


def ask_to(stores: Stores, filled: Filled) -> Message:
    """Ask for the new owners, or whom an unclear name means."""
    which = drafted.unclear(filled)
    return unclear.ask_which(which) if which else Message("amending.ask_to", {"tasks": _chosen(stores, filled)})


def offer_to(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """People of the group who have none of these tasks, or those whom an unclear name may mean."""
    tasks, which = _chosen(stores, filled), drafted.unclear(filled)
    group = stores.chats.get(tasks[0].group)
    if which:
        return unclear.offer_which(stores, which, group, actor.now)
    had = {one.owner.id for one in _open(stores, filled)}
    people = naming.directory(stores, group).people
    there = [one for one in people if not one.gone and (one.member is None or one.member.id not in had)]
    return [Choice(Text("task.owner_button", {"member": one}), str(one.chosen)) for one in there[:MAX_OFFERED]]


async def hear_to(context: Context) -> Fill:
    """Read names of the group's people. Raises BadArguments, Nobody."""
    message = context.message
    if message is None:
        raise BadArguments("task.no_owner")

    def choose(stores: Stores, filled: Filled) -> Filled:
        group = stores.chats.get(_open(stores, filled)[0].group)
        wanted = arguments.named(message, group, context.now, naming.directory(stores, group))
        settled = naming.settled(stores, wanted, group, context.now)
        return drafted.with_people(filled, TO, drafted.answered(filled, settled))

    return choose


def pick_to(actor: Actor, value: str) -> Fill:
    """A person was tapped. Raises ButtonExpired if they are not offered any more."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        chosen = naming.Chosen.read(value)
        if chosen is None or value not in {one.value for one in offer_to(stores, actor, filled)}:
            raise ButtonExpired
        return drafted.with_people(filled, TO, drafted.answered(filled, [chosen]))

    return choose


async def hand(context: Context, filled: Filled) -> Ending:
    """Give the tasks to the chosen people."""
    batch = batch_of(filled)
    to: tuple[Chosen, ...] = filled[TO]
    actor = await acting(context, batch)
    use_case = partial(amending.hand, actor=actor, batch=batch, number=filled[WHOM], to=to)
    return ending(use_case, _silent_in_group(context, say_handed))


def say_handed(handed: Handed) -> Message:
    """The answer after tasks were given to others."""
    return Message("amending.handed_on", {"tasks": handed.tasks, "owners": handed.owners})


def _silent_in_group(context: Context, present: Callable[[Any], Message]) -> Callable[[Any], Message | None]:
    """In the group the card shows it."""
    return (lambda _: None) if context.actor.chat.is_group else present


def ask_sure(stores: Stores, filled: Filled) -> Message:
    """Ask whose task is withdrawn, or whether the only one is."""
    return Message("amending.ask_take_back", {"tasks": _open(stores, filled)})


def offer_sure(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """All of them, or one; of a single one only that it is meant."""
    tasks = _open(stores, filled)
    if len(tasks) > 1:
        return offer_whom(stores, actor, filled)
    return [Choice(Text("amending.sure_button"), str(tasks[0].id))]


async def take_back(context: Context, filled: Filled) -> Ending:
    """Withdraw what was chosen."""
    batch = batch_of(filled)
    actor = await acting(context, batch)
    use_case = partial(amending.take_back, actor=actor, batch=batch, number=filled[WHOM])
    return ending(use_case, _silent_in_group(context, say_taken_back))


def say_taken_back(taken: TakenBack) -> Message:
    """The answer after tasks were withdrawn."""
    return Message("amending.taken_back", {"tasks": taken.tasks})


ONLY = "only"  # the draft's key for the only task of a command that is meant
WHOM = Field("whom", WHICH, "amending.field_whom", ask_whom, hear_whom, offer_whom, pick_whom, a_row=2)
SURE = Field("whom", WHICH, "amending.field_whom", ask_sure, hear_whom, offer_sure, pick_whom, a_row=2)
WHEN = Field("when", MOMENT, "amending.field_when", ask_when, hear_when, offer_when, pick_when, a_row=2)
TO = Field("to", CHOSEN, "amending.field_to", ask_to, hear_to, offer_to, pick_to, a_row=3)
POSTPONE = Form("task_postpone", (WHOM, WHEN), PART, postpone)
HAND = Form("task_hand", (WHOM, TO), PART, hand)
TAKE_BACK = Form("task_take_back", (SURE,), PART, take_back)
FEATURE = Feature(
    "amending",
    handlers=(
        Press("task.postpone", press_postpone),
        Press("task.hand", press_hand),
        Press("task.take_back", press_take_back),
    ),
    forms=(POSTPONE, HAND, TAKE_BACK),
)
