"""Messages with pages: a command is answered with a page, and its buttons replace it with another one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from domain.messaging.message import Action, Button, Buttons, Message, Subject
from domain.messaging.outbox import AT_ONCE
from handlers.action import ButtonExpired
from handlers.context import Context

if TYPE_CHECKING:
    from domain.report.features import Stores

T = TypeVar("T")
PAGE = "page"  # the kind of the subject of such a message


async def show(context: Context, use_case: Callable[["Stores"], T], present: Callable[[T], Message]) -> None:
    """Run a use case and answer with a page, in one transaction that also closes the update."""
    subject = Subject(PAGE, context.update_id)
    await context.answer(use_case, lambda outcome: replace(present(outcome), subject=subject))


async def turn(
    context: Context, use_case: Callable[["Stores"], T], present: Callable[[T], Message], *, every: timedelta = AT_ONCE
) -> None:
    """Run a use case and replace the page whose button was pressed, at most so often.

    Raises ButtonExpired if that message is no longer in the store.
    """

    def unit(stores: "Stores") -> None:
        subject = pressed_page(stores, context)
        message = present(use_case(stores))
        stores.outbox.edit(subject, message, key=f"{subject}:{context.update_id}", every=every)

    await context.run(unit)
    context.acknowledge()


async def close(context: Context, use_case: Callable[["Stores"], object]) -> None:
    """Run a use case and delete the page whose button was pressed. If it is pressed twice, the use case runs once.

    Raises ButtonExpired if that message is no longer in the store.
    """

    def unit(stores: "Stores") -> None:
        subject = pressed_page(stores, context)
        if stores.outbox.message_about(subject) is None:
            raise ButtonExpired
        stores.outbox.delete(subject, key=f"{subject}:{context.update_id}")
        use_case(stores)

    await context.run(unit)
    context.acknowledge()


def pressed_page(stores: "Stores", context: Context) -> Subject:
    """The page whose button was pressed. Raises ButtonExpired for any other message."""
    message = context.place
    subject = stores.outbox.subject(context.actor.chat.id, message.message_id) if message else None
    if subject is None or subject.kind != PAGE:
        raise ButtonExpired
    return subject


def page_buttons(*, first: Action | None, further: Action | None) -> Buttons:
    """The row of buttons to the first and to the next page; without those that are `None`."""
    row = []
    if first is not None:
        row.append(Button("general.first_button", first))
    if further is not None:
        row.append(Button("general.further_button", further))
    return [row] if row else []
