"""Decisions in chat: a proposal of an open meeting, its vote, its count, and what was decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import DecisionId, MeetingId
from domain.life.meeting import ballots, deciding, looking
from domain.life.meeting.deciding import Found
from domain.life.meeting.decision_card import BALLOT_LINK
from domain.life.meeting.quorum import Choice
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from domain.refusal import Refusal
from handlers import pages
from handlers.command import Press, PrivatePress
from handlers.feature import Feature
from handlers.life.decision_form import COUNT_FORM, FORM, begin
from handlers.life.groups import in_group_of
from handlers.links import number_in

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.meeting.decision import Decision
    from domain.people.actor import Actor
    from handlers.context import Context

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN


async def press_new(_: Update, context: Context) -> None:
    """Button of a meeting's private card: put something to the vote."""
    number = MeetingId(context.pressed.numbers(1)[0])
    there = await in_group_of(context, partial(looking.group_of, number=number))
    await context.read(partial(deciding.ready, actor=there, meeting=number))
    await begin(context, FORM, there, number)
    context.acknowledge()


async def _manager(context: Context, number: DecisionId) -> Actor:
    """The presser as an actor in the group of a decision. Raises DecisionNotFound, NotSureWho."""
    return await in_group_of(context, partial(deciding.group_of, number=number))


async def press_vote(_: Update, context: Context) -> None:
    """Button of the group's card: vote."""
    pressed = context.pressed.having(2)
    number, choice = DecisionId(pressed.number()), pressed.member(Choice, 1)
    use_case = partial(deciding.vote, actor=context.actor, number=number, choice=choice)
    await context.notify(use_case, lambda chosen: Text("decision.voted", {"choice": chosen}))


async def start(context: Context, payload: str) -> bool:
    """A deep link from the group's card: get a secret ballot (`ballot_7`). Whether it was one."""
    number = number_in(payload, BALLOT_LINK)
    if number is None or context.actor.chat.is_group:
        return False
    use_case = partial(ballots.open_, actor=context.actor, number=DecisionId(number), source=str(context.update_id))
    await context.run(use_case)
    return True


async def press_cast(_: Update, context: Context) -> None:
    """Button of a secret ballot."""
    pressed = context.pressed.having(2)
    number, choice = DecisionId(pressed.number()), pressed.member(Choice, 1)
    try:
        await context.run(partial(ballots.cast, actor=context.actor, number=number, choice=choice))
    except Refusal:  # such as a tap when the vote is over: the chat is under no key any more
        await context.run(partial(ballots.forget_presses, actor=context.actor))
        raise
    context.show_notice(Text("decision.cast"))


def _number(context: Context) -> DecisionId:
    return DecisionId(context.pressed.numbers(1)[0])


async def press_end(_: Update, context: Context) -> None:
    """Button: end an open vote."""
    number = _number(context)
    actor = await _manager(context, number)
    await context.notify(partial(deciding.end, actor=actor, number=number), notice_decided)


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: take a proposal back."""
    number = _number(context)
    actor = await _manager(context, number)
    await context.notify(partial(deciding.withdraw, actor=actor, number=number), lambda _: Text("decision.withdrawn"))


def notice_decided(decision: Decision) -> Text:
    """What came of it."""
    return Text("decision.decided", {"decision": decision})


async def press_count(_: Update, context: Context) -> None:
    """Button: enter the ballots that were counted."""
    number = _number(context)
    actor = await _manager(context, number)
    await context.read(partial(deciding.asked_count, actor=actor, number=number))
    await begin(context, COUNT_FORM, actor, number)
    context.acknowledge()


async def press_list(_: Update, context: Context) -> None:
    """Button: what was decided."""
    context.pressed.having(0)
    await pages.show(context, partial(deciding.search, actor=context.actor), say_found)
    context.acknowledge()


async def press_page(_: Update, context: Context) -> None:
    """Button: what was decided before that."""
    before = context.pressed.numbers(1)[0]
    await pages.turn(context, partial(deciding.search, actor=context.actor, before=before), say_found)


async def search(context: Context, words: str) -> None:
    """/meeting WORDS: what was decided about something."""
    await context.answer(partial(deciding.search, actor=context.actor, words=words), say_found)


def say_found(found: Found) -> Message:
    """What was decided, and the way further back."""
    further = Action("decision.page", found.decisions[-1].id) if found.more and not found.words else None
    return Message("decision.found", {"found": found}, pages.page_buttons(first=None, further=further))


def list_button() -> Button:
    """The way to what was decided."""
    return Button("decision.list_button", Action("decision.list"))


FEATURE = Feature(
    "decision",
    handlers=(
        PrivatePress("decision.new", press_new, OWN),
        Press("decision.vote", press_vote),
        PrivatePress("decision.cast", press_cast),
        PrivatePress("decision.end", press_end, OWN),
        PrivatePress("decision.count", press_count, OWN),
        PrivatePress("decision.withdraw", press_withdraw, OWN),
        Press("decision.list", press_list),
        Press("decision.page", press_page),
    ),
    start=start,
    forms=(FORM, COUNT_FORM),
)
