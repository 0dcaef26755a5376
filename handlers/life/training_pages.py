"""Pages of trainings: needs, who is due, coverage with names, what came of a session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ChatId, SessionId
from domain.life.training import coverage, sessions
from domain.life.training.coverage import By
from domain.messaging.message import Action, Button, Message, in_rows
from domain.people.permission import Permission
from handlers import pages
from handlers.command import PrivatePress
from handlers.life.groups import in_group

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.training.coverage import Coverage, Names
    from domain.life.training.needs import Needs
    from domain.life.training.sessions import Held
    from domain.messaging.message import Buttons
    from handlers.context import Context

OWN = Permission.SEE_OWN
LINES, MARKED, PAGE = 8, 12, 30


def _back(group: int) -> Button:
    return Button("training.plan_button", Action("training.plan", group, 0, 0))


def say_needs(found: Needs) -> Message:
    """What people need, with a button for each that plans it."""
    group = found.group.id
    every = [*found.weak, *found.wanted]
    rows = [
        [
            Button(
                "training.need_button",
                Action("training.need", group, need.source, need.number, need.place),
                {"need": need},
            )
        ]
        for need in every
    ]
    return Message("training.needs", {"found": found}, [*rows, [_back(group)]])


async def press_due(_: Update, context: Context) -> None:
    """Button: who is due in a group."""
    actor = await in_group(context, ChatId(context.pressed.numbers(1)[0]))
    await pages.turn(context, partial(coverage.due, actor=actor), say_names)


async def press_coverage(_: Update, context: Context) -> None:
    """Button: how much of the required trainings is done."""
    actor = await in_group(context, ChatId(context.pressed.numbers(1)[0]))
    await pages.turn(context, partial(coverage.coverage, actor=actor), say_coverage)


def say_coverage(found: Coverage) -> Message:
    """Coverage by training, branch and role; a button for each line that is not full opens its names."""
    group = found.group.id
    buttons = [
        Button("training.names_button", Action("training.names", group, by.value, line.number), {"line": line})
        for by in By
        for line in found.lines[by][:LINES]
        if line.holds < line.of
    ]
    past = Button("training.past_button", Action("training.past", group))
    rows = [*in_rows(buttons, 2), [past, _back(group)]]
    return Message("training.coverage", {"found": found, "most": LINES}, rows)


async def press_names(_: Update, context: Context) -> None:
    """Button: who is due by one line of the coverage."""
    pressed = context.pressed.having(3)
    actor = await in_group(context, ChatId(pressed.number()))
    by, number = pressed.member(By, 1), pressed.number(2)
    await pages.turn(context, partial(coverage.names, actor=actor, by=by, number=number), say_names)


def say_names(found: Names) -> Message:
    """Who is due, with the ways back."""
    group = found.group.id
    back = [Button("training.coverage_button", Action("training.coverage", group)), _back(group)]
    return Message("training.names", {"found": found, "most": PAGE}, [back])


async def press_held(_: Update, context: Context) -> None:
    """Button: what came of a session."""
    number, group = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))
    await pages.turn(context, partial(sessions.held, actor=actor, number=SessionId(number)), say_held)


def say_held(found: Held) -> Message:
    """Who was at a session and who has passed; those who have not can be tested again, or marked by hand."""
    number, group = found.lesson.session.id, found.lesson.meeting.group
    marks = [
        Button("training.passed_button", Action("training.passed", number, group, one.who.id), {"who": one.who})
        for one in found.left[:MARKED]
    ]
    again: Buttons = []
    if found.lesson.training.test is not None and any(one.who.member is not None for one in found.left):
        again = [[Button("training.again_button", Action("training.again", number, group))]]
    back = [Button("training.back_button", Action("training.detail", found.lesson.training.id, group))]
    return Message("training.held", {"found": found, "most": PAGE}, [*in_rows(marks, 2), *again, back])


async def press_again(_: Update, context: Context) -> None:
    """Button: another test for those who have not passed."""
    number, group = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))
    await pages.turn(context, partial(sessions.test_again, actor=actor, number=SessionId(number)), say_held)


async def press_passed(_: Update, context: Context) -> None:
    """Button: somebody has passed on paper."""
    number, group, who = context.pressed.numbers(3)
    actor = await in_group(context, ChatId(group))
    use_case = partial(sessions.mark_passed, actor=actor, number=SessionId(number), who=who)
    await pages.turn(context, use_case, say_held)


PRESSES = (
    PrivatePress("training.due", press_due, OWN),
    PrivatePress("training.coverage", press_coverage, OWN),
    PrivatePress("training.names", press_names, OWN),
    PrivatePress("training.held", press_held, OWN),
    PrivatePress("training.again", press_again, OWN),
    PrivatePress("training.passed", press_passed, OWN),
)
