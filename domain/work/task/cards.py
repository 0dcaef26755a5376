"""What tasks look like in a chat: their card, and an owner's one reminder for a group."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, Subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.work.features import Stores
    from domain.work.task.model import Task

LISTED = 15
PRESSING = timedelta(days=1, hours=16)  # from the morning before until the end of the day


def card_buttons(tasks: Sequence[Task]) -> Buttons:
    """A button for each task of a card that is still open."""
    text = "task.done_button" if len(tasks) == 1 else "task.done_button_of"
    return [[Button(text, Action("task.done", t.id), {"task": t})] for t in tasks if t.done_at is None]


def card(task: Task) -> Subject:
    """What the message of a command's tasks is about."""
    return Subject("tasks", task.batch)


def reminder(task: Task) -> Subject:
    """What the one reminder that an owner has for a group is about."""
    return Subject("task.reminder", task.group, task.owner.id)


def digest(group: Chat, tasks: Sequence[Task], at: datetime) -> dict[str, object]:
    """What a reminder shows: no more tasks than a message can hold, and how many it leaves out."""
    return {"tasks": tasks[:LISTED], "more": len(tasks[LISTED:]), "owner": tasks[0].owner, "group": group, "at": at}


def refresh_card(stores: Stores, done: Task, at: datetime) -> None:
    """Show a task as done on its card, and on its owner's reminder what is left."""
    tasks = stores.tasks.batch(done.batch)
    stores.outbox.edit(
        card(done), Message("task.given", {"tasks": tasks}, buttons=card_buttons(tasks)), key=f"task.redraw:{done.id}"
    )
    left = stores.tasks.pressing(done.owner.id, done.group, at + PRESSING)
    if left:
        values = digest(stores.chats.get(done.group), left, at)
        key = f"task.unremind:{done.id}"
        buttons = card_buttons(left[:LISTED])
        stores.outbox.edit(reminder(done), Message("task.reminder", values, buttons=buttons), key=key)
    else:
        stores.outbox.delete(reminder(done), key=f"task.unremind:{done.id}")
