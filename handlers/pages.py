"""Messages that are leafed through: a page answers a command, and a button under it puts another in its place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from domain.messaging.message import Button, Buttons
from domain.stores import Stores
from handlers.context import ButtonExpired, Context


@dataclass(frozen=True, slots=True)
class Page:
    """What a message says, and the buttons under it."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: Buttons = ()


async def show(context: Context, use_case: Callable[[Stores], Page]) -> None:
    """Run a use case and answer with its page, in one transaction that also closes the update."""

    def unit(stores: Stores) -> None:
        page, number = use_case(stores), context.incoming.update_id
        stores.outbox.send(
            context.actor.chat.id,
            page.text,
            page.values,
            key=f"answer:{number}",
            about=f"page:{number}",
            buttons=page.buttons,
            thread=context.thread,
            urgent=True,
        )

    await context.run(unit)


async def turn(context: Context, use_case: Callable[[Stores], Page]) -> None:
    """Run a use case and put its page in the place of the one whose button was pressed.

    Raises ButtonExpired where nothing is known of that message any more.
    """
    message = context.place

    def unit(stores: Stores) -> None:
        about = stores.outbox.subject(context.actor.chat.id, message.message_id) if message else None
        if about is None or not about.startswith("page:"):
            raise ButtonExpired
        page = use_case(stores)
        key = f"{about}:{context.incoming.update_id}"
        stores.outbox.edit(about, page.text, page.values, key=key, buttons=page.buttons)

    await context.run(unit)
    context.acknowledge()


def leaf(action: str, *, first: str | None, further: str | None) -> list[list[Button]]:
    """The row of buttons that turns pages: to the first one, and to the next one, where there is any."""
    row = []
    if first is not None:
        row.append(Button("general.first_button", f"{action}:{first}"))
    if further is not None:
        row.append(Button("general.further_button", f"{action}:{further}"))
    return [row] if row else []
