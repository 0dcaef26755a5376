"""Suggestions that wait for those in charge, in private: one card that goes from one to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.admin import setting
from domain.ids import ChatId, SuggestionId
from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.people.naming import Chosen, Kind
from domain.people.permission import Permission, allows
from domain.refusal import Refusal
from domain.voice.suggestion import course, figures, triage
from domain.voice.suggestion.life import OPEN, Case, Stage, check_reason
from domain.work.task import Plan
from handlers import access
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.command import PrivatePress
from handlers.feature import Feature
from handlers.form import WORDS, AskAgain, Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import asking
from handlers.work import task_form
from handlers.work.arguments import MAX_TITLE_CHARS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.voice.suggestion.figures import Month
    from domain.voice.suggestion.triage import Card, Outcome
    from handlers.context import Context
    from handlers.form import AllStores as Stores

ANSWER, PART = Permission.ANSWER_SUGGESTIONS, Permission.TAKE_PART
NUMBER, VERSION = "number", "version"  # in a draft: the suggestion, and the step that its button was made for
UP = "up"  # in place of a group: the level above
LABELS = {
    "adopt": "triage.adopt_button",
    "transfer": "triage.transfer_button",
    "refuse": "triage.refuse_button",
    "later": "triage.later_button",
    "task": "triage.task_button",
    "finish": "triage.finish_button",
    "reconsider": "triage.reconsider_button",
}
PLACE: Codec[ChatId | None] = Codec(
    lambda group: UP if group is None else str(group), lambda kept: None if kept == UP else ChatId(int(kept))
)


def about(member: MemberId) -> Subject:
    """What somebody's triage card is about: there is one."""
    return Subject("triage", member)


async def desks(context: Context) -> list[Actor]:
    """The sender as an actor in each group whose suggestions they answer."""
    return await access.where_allowed(context, ANSWER)


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


async def _at(context: Context, number: SuggestionId) -> Actor:
    """The sender as an actor in the group that a suggestion is in. Raises NoMore."""
    group = await context.read(partial(triage.place_of, number=number))
    return context.actor if group is None else await access.in_group(context, group, ANSWER)


def _pressed(context: Context) -> tuple[SuggestionId, int]:
    number, version = context.pressed.numbers(2)
    return SuggestionId(number), version


async def _answer(context: Context, step: Callable[..., Case]) -> None:
    """Answer the suggestion of a pressed button, and show what became of it."""
    number, version = _pressed(context)
    there, own = await _at(context, number), await desks(context)

    def use_case(stores: Stores) -> Message:
        case = step(stores, there, number=number, version=version)
        return say_outcome(triage.outcome(stores, context.actor, case=case, there=own))

    await _turn(context, use_case)


async def press_adopt(_: Update, context: Context) -> None:
    """Button: adopt it; the form of its task is filled in already, and waits for 发出."""
    number, version = _pressed(context)
    there, own = await _at(context, number), await desks(context)

    def use_case(stores: Stores) -> Message:
        case = course.adopt(stores, there, number=number, version=version)
        message = say_outcome(triage.outcome(stores, context.actor, case=case, there=own))
        _begin_task(stores, context, there, case)
        return message

    await _turn(context, use_case)


async def press_task(_: Update, context: Context) -> None:
    """Button: make a task of what was adopted. Raises ButtonExpired where that makes no sense any more."""
    number, version = _pressed(context)
    there = await _at(context, number)

    def use_case(stores: Stores) -> None:
        case = course.adopted(stores, there, number=number, version=version)
        _begin_task(stores, context, there, case)

    await context.run(use_case)
    context.acknowledge()


def _begin_task(stores: Stores, context: Context, there: Actor, case: Case) -> None:
    """Begin the form of the task: its title, its deadline, and whoever adopted it as its owner. Not without a group."""
    if not there.chat.is_group or not allows(stores, there, Permission.GIVE_TASKS):
        return
    group, due_on = there.chat, case.life.due_on or there.today
    due_at = datetime.combine(due_on, setting.day_end_of(stores, group), ZoneInfo(group.zone))
    title = " ".join(case.suggestion.text.split())[:MAX_TITLE_CHARS]
    values = {
        asking.PLACE: str(group.id),
        NUMBER: str(case.suggestion.id),
        task_form.DUE.name: task_form.MOMENT.keep(due_at),
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


async def press_later(_: Update, context: Context) -> None:
    """Button: put it off, and show the next one."""
    number, version = _pressed(context)
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


async def press_figures(_: Update, context: Context) -> None:
    """Button: this month's figures."""
    context.pressed.having(0)
    there = await desks(context)
    await _turn(context, lambda stores: say_figures(figures.show(stores, context.actor, there=there)))


async def press_refuse(_: Update, context: Context) -> None:
    """Button: say why it is not adopted."""
    await _begin(context, REASON_FORM)


async def press_transfer(_: Update, context: Context) -> None:
    """Button: let others answer it."""
    await _begin(context, PLACE_FORM)


async def _begin(context: Context, form: Form) -> None:
    """Begin a form about the suggestion of a pressed button, if it is still to be answered."""
    number, version = _pressed(context)
    there, values = await _at(context, number), {NUMBER: str(number), VERSION: str(version)}

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
    there, own = await _at(context, number), await desks(context)
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
    there, own = await _at(context, number), await desks(context)
    use_case = partial(course.transfer, actor=there, number=number, version=version, group=filled[WHERE])
    return lambda stores: _renewed(stores, context, use_case(stores), own)


def say_card(card: Card) -> Message:
    """The suggestion that comes next, with what can be done with it."""
    month = Button("triage.figures_button", Action("triage.figures"))
    if card.case is None:
        return Message("triage.card", {"card": card}, [[month]])
    number, version = card.case.suggestion.id, card.case.life.version
    later = _button("later", number, version)
    rows: list[list[Button]]
    if card.case.life.stage in OPEN:
        merge = Button("triage.alike_button", Action("suggestion.alike", number))
        rows = [[_button(name, number, version) for name in ("adopt", "transfer", "refuse")], [merge, later]]
    else:
        rows = [
            [_button("task", number, version), _button("finish", number, version)],
            [_button("reconsider", number, version), later],
        ]
    retag = Button("tagging.open_button", Action("tagging.open", number))
    rows.append([Button("triage.write_button", Action("suggestion.write", number)), retag])
    if card.case.suggestion.hidden:
        rows.append([Button("triage.let_show_button", Action("suggestion.let_show", number))])
    return Message("triage.card", {"card": card}, rows)


def _button(name: str, number: int, version: int) -> Button:
    return Button(LABELS[name], Action(f"triage.{name}", number, version))


def say_outcome(outcome: Outcome) -> Message:
    """What became of one, with what can still be done about it, and the way to the next."""
    life = outcome.case.life
    names: tuple[str, ...] = ()
    if life.stage is Stage.ADOPTED:
        names = ("finish", "reconsider") if life.task else ("task", "finish", "reconsider")
    elif life.stage is Stage.REFUSED:
        names = ("reconsider",)
    row = [_button(name, life.suggestion, life.version) for name in names]
    further = [Button("triage.next_button", Action("triage.next", life.suggestion))]
    rows = [some for some in (row, further if outcome.waiting else []) if some]
    return Message("triage.outcome", {"outcome": outcome}, rows)


def say_figures(month: Month) -> Message:
    """This month's figures."""
    return Message("triage.figures", {"month": month}, [[Button("triage.open_button", Action("triage.next", 0))]])


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
    ),
    forms=(REASON_FORM, PLACE_FORM, TASK),
)
