"""Buttons under the card of a command's tasks for whoever changes them: each is a row's part of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import TaskId
    from domain.work.task.model import Task


def amend_row(tasks: Sequence[Task]) -> list[Button]:
    """申请延期 for owners; 改期, 换人, 撤回 for those in charge. Empty once nothing is open."""
    if all(task.done_at is not None for task in tasks):
        return []
    return [Button("extending.ask_button", Action("task.extend", tasks[0].batch)), *charge_row(tasks[0].batch)]


def charge_row(*about: TaskId) -> list[Button]:
    """改期, 换人, 撤回 of a command's tasks (by their batch), or of one of them (by batch and number)."""
    return [
        Button("amending.postpone_button", Action("task.postpone", *about)),
        Button("amending.hand_button", Action("task.hand", *about)),
        Button("amending.take_back_button", Action("task.take_back", *about)),
    ]
