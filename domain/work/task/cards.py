"""What tasks look like in a chat: their card, and an owner's one reminder for a group."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.message import Button

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.stores import Stores
    from domain.work.task.model import Task

LISTED = 15
PRESSING = timedelta(days=1, hours=16)  # from the morning before until the end of the day


def card_buttons(tasks: Sequence[Task]) -> Buttons:
    """A button for each task of a card that is still open."""
    text = "task.done_button" if len(tasks) == 1 else "task.done_button_of"
    return [[Button(text, f"task.done:{t.id}", {"task": t})] for t in tasks if t.done_at is None]


def reminder_about(task: Task) -> str:
    """The name of the one reminder that an owner has for a group."""
    return f"task.reminder:{task.group}:{task.owner.id}"


def digest(group: Chat, tasks: Sequence[Task], at: datetime) -> dict[str, object]:
    """What a reminder shows: no more tasks than a message can hold, and how many it leaves out."""
    return {"tasks": tasks[:LISTED], "more": len(tasks[LISTED:]), "owner": tasks[0].owner, "group": group, "at": at}


def refresh_card(stores: Stores, done: Task, at: datetime) -> None:
    """Show a task as done on its card, and on its owner's reminder what is left."""
    tasks = stores.tasks.batch(done.batch)
    card = f"tasks:{done.batch}"
    stores.outbox.edit(card, "task.given", {"tasks": tasks}, key=f"task.redraw:{done.id}", buttons=card_buttons(tasks))
    left = stores.tasks.pressing(done.owner.id, done.group, at + PRESSING)
    if left:
        values = digest(stores.chats.get(done.group), left, at)
        key = f"task.unremind:{done.id}"
        buttons = card_buttons(left[:LISTED])
        stores.outbox.edit(reminder_about(done), "task.reminder", values, key=key, buttons=buttons)
    else:
        stores.outbox.delete(reminder_about(done), key=f"task.unremind:{done.id}")
