"""Buttons under the card of a command's tasks for whoever changes them: each is a row's part of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button

if TYPE_CHECKING:
    from domain.ids import TaskId


def extend_button(batch: TaskId) -> Button:
    """申请延期 of a command's tasks, for their owners."""
    return Button("extending.ask_button", Action("task.extend", batch))


def charge_row(*about: TaskId) -> list[Button]:
    """改期, 换人, 撤回 of a command's tasks (by their batch), or of one of them (by batch and number)."""
    return [
        Button("amending.postpone_button", Action("task.postpone", *about)),
        Button("amending.hand_button", Action("task.hand", *about)),
        Button("amending.take_back_button", Action("task.take_back", *about)),
    ]
