"""/tasks: open tasks by scope and light, page by page; and the page of one task, with what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import TaskId
from domain.messaging.message import Action, Button, Message, in_rows
from domain.work.task import LISTED, Light, browsing
from domain.work.task.browsing import Scope
from domain.work.task.buttons import charge_row
from handlers import pages
from handlers.action import ButtonExpired
from handlers.command import Press, PrivatePress
from handlers.feature import Feature
from handlers.work.deadlines import acting_on

if TYPE_CHECKING:
    from telegram import Update

    from domain.messaging.message import Buttons
    from domain.work.task.browsing import Page, View
    from handlers.context import Context

ANY = "all"  # in place of a light
A_ROW = 5


async def listing(_: Update, context: Context) -> None:
    """/tasks: in a group its open tasks; in private one's own, and from there the others."""
    await pages.show(context, partial(browsing.view, actor=context.actor), say_view)


async def press_list(_: Update, context: Context) -> None:
    """Button: another scope, light or page. Raises ButtonExpired."""
    scope, light, offset = _where(context, 0)
    use_case = partial(browsing.view, actor=context.actor, scope=scope, light=light, offset=offset)
    await pages.turn(context, use_case, say_view)


def _where(context: Context, place: int) -> tuple[Scope, Light | None, int]:
    """Scope, light and offset among the words of a button. Raises ButtonExpired."""
    pressed = context.pressed.having(place + 3)
    word = pressed.word(place + 1)
    if word != ANY and word not in {one.value for one in Light}:
        raise ButtonExpired
    return pressed.member(Scope, place), None if word == ANY else Light(word), pressed.number(place + 2)


def _at(scope: Scope, light: Light | None, offset: int = 0) -> tuple[str, str, int]:
    return scope.value, ANY if light is None else light.value, offset


def say_view(view: View) -> Message:
    """A page of tasks; with the buttons of scopes, of lights where they differ, of each task, of further pages."""
    return Message("browsing.list", {"view": view}, list_buttons(view))


def list_buttons(view: View) -> Buttons:
    """Below each other: scopes, lights, tasks, pages."""
    scopes = [
        Button("browsing.scope_button", Action("task.list", *_at(one, None)), {"scope": one, "view": view})
        for one in view.scopes
    ]
    numbers = [
        Button(
            "browsing.task_button",
            Action("task.page", one.id, *_at(view.scope, view.light, view.offset)),
            {"task": one},
        )
        for one in (view.tasks if view.scopes else ())
    ]
    first = Action("task.list", *_at(view.scope, view.light)) if view.offset else None
    further = Action("task.list", *_at(view.scope, view.light, view.offset + LISTED)) if view.more else None
    rows = [scopes, _light_row(view), *in_rows(numbers, A_ROW), *pages.page_buttons(first=first, further=further)]
    return [row for row in rows if row]


def _light_row(view: View) -> list[Button]:
    """One button for each light that some task has, and one for all; none where all have the same."""
    some = [one for one in Light if view.lights[one]]
    if len(some) <= 1 and view.light is None:
        return []
    choices: list[Light | None] = [None, *some]
    return [
        Button("browsing.light_button", Action("task.list", *_at(view.scope, one)), {"light": one, "view": view})
        for one in choices
    ]


async def press_page(_: Update, context: Context) -> None:
    """Button: the page of a task. Raises what `browsing.page` does."""
    number, (scope, light, offset) = TaskId(context.pressed.number()), _where(context, 1)
    there = await acting_on(context, number)
    back = Action("task.list", *_at(scope, light, offset))
    use_case = partial(browsing.page, actor=context.actor, number=number, there=there)
    await pages.turn(context, use_case, partial(say_page, back=back))


def say_page(page: Page, back: Action) -> Message:
    """The page of a task: what it is, what has happened to it, what the viewer may do."""
    return Message("browsing.page", {"page": page}, [*page_buttons(page), [Button("browsing.back_button", back)]])


def page_buttons(page: Page) -> Buttons:
    """What the owner, and who is in charge, may do about an open task."""
    task = page.task
    if task.done_at is not None:
        return []
    own = [
        Button("task.done_button", Action("task.done", task.id), {"task": task}),
        Button("extending.ask_button", Action("task.extend", task.batch)),
    ]
    rows = [own if page.is_own else [], charge_row(task.batch, task.id) if page.in_charge else []]
    return [row for row in rows if row]


FEATURE = Feature(
    "browsing",
    handlers=(Press("task.list", press_list), PrivatePress("task.page", press_page)),
)
