"""What the steps of every guided way share: a draft has one message, rewritten from step to step."""

from collections.abc import Callable
from typing import Any

from domain.ids import DraftId
from domain.messaging import draft as drafts
from domain.messaging.draft import Draft, DraftKind
from domain.messaging.message import Buttons, Message
from domain.stores import Stores
from handlers.context import Context


def say(stores: Stores, context: Context, draft: Draft, text: str, buttons: Buttons = ()) -> None:
    """Ask for the first step."""
    chat, about = context.actor.chat.id, draft.about
    stores.outbox.send(
        chat, Message(text, buttons=buttons, subject=about), key=about, thread=context.thread, urgent=True
    )


def step(stores: Stores, context: Context, draft: Draft, text: str, *, buttons: Buttons = (), **values: Any) -> None:
    """Go on to the draft's step, and ask for it in the same message."""
    stores.drafts.save(draft)
    key = f"{draft.about}:{context.incoming.update_id}"  # a step may be answered again
    stores.outbox.edit(draft.about, Message(text, values, buttons=buttons), key=key)


def own(stores: Stores, context: Context, number: int, kind: DraftKind) -> Draft:
    """The draft that a pressed button belongs to. Raises DraftOver, NotYourDraft."""
    return drafts.own(stores, draft_id=DraftId(number), kind=kind, by=context.actor.member.id)


async def press(context: Context, use_case: Callable[[Stores], None]) -> None:
    """Do what a pressed button asks for; the next question is answer enough."""
    await context.run(use_case)
    context.acknowledge()
