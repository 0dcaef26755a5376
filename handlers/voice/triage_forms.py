"""The forms of triage: why one is not adopted, to whom it is passed on, and the task that it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.admin import setting
from domain.ids import ChatId, SuggestionId
from domain.messaging.message import Message, Text
from domain.people.naming import Chosen, Kind
from domain.people.permission import Permission, allows
from domain.refusal import Refusal
from domain.voice.suggestion import course, triage
from domain.voice.suggestion.life import Case, check_reason
from domain.work.task import Plan
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import MOMENT, WORDS, AskAgain, Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import asking
from handlers.voice.triage_card import about, at, desks, pressed, say_outcome
from handlers.work import task_form
from handlers.work.arguments import MAX_TITLE_CHARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PART = Permission.TAKE_PART
NUMBER, VERSION = "number", "version"  # in a draft: the suggestion, and the step that its button was made for
UP = "up"  # in place of a group: the level above
PLACE: Codec[ChatId | None] = Codec(
    lambda group: UP if group is None else str(group), lambda kept: None if kept == UP else ChatId(int(kept))
)


def begin_task(stores: Stores, context: Context, there: Actor, case: Case) -> None:
    """Begin the form of the task: its title, its deadline, and whoever adopted it as its owner. Not without a group."""
    if not there.chat.is_group or not allows(stores, there, Permission.GIVE_TASKS):
        return
    group, due_on = there.chat, case.life.due_on or there.today
    due_at = datetime.combine(due_on, setting.day_end_of(stores, group), ZoneInfo(group.zone))
    title = " ".join(case.suggestion.text.split())[:MAX_TITLE_CHARS]
    values = {
        asking.PLACE: str(group.id),
        NUMBER: str(case.suggestion.id),
        task_form.DUE.name: MOMENT.keep(due_at),
        task_form.WHAT.name: task_form.PLAN.keep(Plan(title)),
    }
    if stores.members.is_in(group.id, there.member.id):
        values[task_form.OWNERS.name] = task_form.OWNERS.codec.keep((Chosen(Kind.MEMBER, there.member.id),))
    asking.begin(stores, context=context, form=TASK, values=values)


async def give_task(context: Context, filled: Filled) -> Ending:
    """Give the task, and let the card say so. Raises AskAgain if the deadline has passed meanwhile."""
    if filled[task_form.DUE] <= context.now:
        raise AskAgain(task_form.DUE, BadArguments("task.past_deadline"))
    number, owners = SuggestionId(int(filled.draft.values[NUMBER])), _owners(filled)
    use_case = partial(
        triage.give_task,
        actor=context.actor,
        number=number,
        mentions=owners,
        plan=filled[task_form.WHAT],
        due_at=filled[task_form.DUE],
        source=f"draft:{filled.draft.id}",
    )
    return ending(use_case, task_form.call_owners)


def _owners(filled: Filled) -> tuple[Chosen, ...]:
    chosen: tuple[Chosen, ...] = filled[task_form.OWNERS]
    return chosen


async def begin(context: Context, form: Form) -> None:
    """Begin a form about the suggestion of a pressed button, if it is still to be answered."""
    number, version = pressed(context)
    there, values = await at(context, number), {NUMBER: str(number), VERSION: str(version)}

    def unit(stores: Stores) -> None:
        course.to_answer(stores, there, number=number, version=version)
        asking.begin(stores, context=context, form=form, values=values)

    await context.run(unit)
    context.acknowledge()


def _of(filled: Filled) -> tuple[SuggestionId, int]:
    values = filled.draft.values
    return SuggestionId(int(values[NUMBER])), int(values[VERSION])


def _case(stores: Stores, filled: Filled) -> Case:
    found = stores.suggestion_lives.get(_of(filled)[0])
    if found is None:
        raise ButtonExpired
    return found


def ask_reason(_: Stores, __: Filled) -> Message:
    """Ask why it is not adopted."""
    return Message("triage.ask_reason")


async def hear_reason(context: Context) -> Fill:
    """Read the reason. Raises NoReason."""
    words = check_reason(context.text)
    return lambda _, filled: filled.with_(REASON, words)


def preview_reason(stores: Stores, filled: Filled) -> Message:
    """What its author will read."""
    return Message("triage.preview_reason", {"case": _case(stores, filled), "words": filled[REASON]})


async def refuse(context: Context, filled: Filled) -> Ending:
    """Refuse it; a new card says so, below the words that were typed."""
    number, version = _of(filled)
    there, own = await at(context, number), await desks(context)
    use_case = partial(course.refuse, actor=there, number=number, version=version, reason=filled[REASON])
    return lambda stores: _renewed(stores, context, use_case(stores), own)


def _renewed(stores: Stores, context: Context, case: Case, own: Sequence[Actor]) -> Message:
    """What became of it, as a new card in place of the one before."""
    subject = about(context.actor.member.id)
    stores.outbox.delete(subject, key=f"{context.key}:before")
    message = say_outcome(triage.outcome(stores, context.actor, case=case, there=own))
    return replace(message, subject=subject)


def ask_place(_: Stores, __: Filled) -> Message:
    """Ask who is to answer it."""
    return Message("triage.ask_place")


def offer_places(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The level above, and some groups."""
    there = _acting(stores, actor, filled)
    found = triage.places(stores, there, number=_of(filled)[0])
    groups = [Choice(Text("triage.place_button", {"group": one}), str(one.id)) for one in found]
    goes_up = triage.may_go_up(stores, there, number=_of(filled)[0])
    return [*([Choice(Text("triage.up_button"), UP)] if goes_up else []), *groups]


def _acting(stores: Stores, actor: Actor, filled: Filled) -> Actor:
    group = triage.place_of(stores, number=_of(filled)[0])
    return actor if group is None else replace(actor, chat=group)


async def hear_place(context: Context) -> Fill:
    """Read a part of a group's name; the first one that has it. Raises BadArguments."""
    words = context.text.strip()

    def fill(stores: Stores, filled: Filled) -> Filled:
        there = _acting(stores, context.actor, filled)
        found = triage.places(stores, there, number=_of(filled)[0], words=words)
        if not found or not words:
            raise NoPlace(words=words)
        return filled.with_(WHERE, found[0].id)

    return fill


class NoPlace(Refusal):
    """No group has such a name."""

    text = "triage.no_place"


def pick_place(_: Actor, value: str) -> Fill:
    """A group was tapped. Raises ButtonExpired."""
    if value != UP and not value.isdecimal():
        raise ButtonExpired
    return lambda _, filled: filled.with_(WHERE, PLACE.load(value))


def preview_place(stores: Stores, filled: Filled) -> Message:
    """Who will have it."""
    group = filled[WHERE]
    shown = None if group is None else stores.chats.get(group)
    return Message("triage.preview_place", {"case": _case(stores, filled), "group": shown})


async def transfer(context: Context, filled: Filled) -> Ending:
    """Pass it on; a new card says so."""
    number, version = _of(filled)
    there, own = await at(context, number), await desks(context)
    use_case = partial(course.transfer, actor=there, number=number, version=version, group=filled[WHERE])
    return lambda stores: _renewed(stores, context, use_case(stores), own)


REASON = Field("reason", WORDS, "triage.field_reason", ask_reason, hear_reason)
WHERE = Field("to", PLACE, "triage.field_place", ask_place, hear_place, offer_places, pick_place)
REASON_FORM = Form("suggestion_reason", (REASON,), PART, refuse, preview_reason)
PLACE_FORM = Form("suggestion_place", (WHERE,), PART, transfer, preview_place)
TASK = Form(
    "suggestion_task",
    (task_form.OWNERS, task_form.DUE, task_form.WHAT),
    Permission.GIVE_TASKS,
    give_task,
    task_form.preview,
    for_groups=True,
)
