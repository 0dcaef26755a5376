"""How a form asks: its questions, one after another, and its preview.

Each question is a new message and the one before is deleted. In a group, a question without buttons uses ForceReply:
with privacy mode on, the bot only gets replies there. A message with ForceReply cannot have buttons, so the step back
is typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.ids import ChatId
from domain.messaging import draft as drafts
from domain.messaging.draft import Draft
from domain.messaging.message import Action, Button, Buttons, Message, Text, Thread, in_rows
from handlers.action import ButtonExpired
from handlers.form import PREVIEW, Field, Filled, Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

REPLY_TO = "reply_to"  # the key of the id of the message that began the form
PLACE = "place"  # the draft's key for the group that a private form is for


def begin(stores: Stores, *, context: Context, form: Form, values: Mapping[str, str]) -> None:
    """Begin a form, which replaces an open one, and ask its first question."""
    replied = context.thread.reply_to
    known = {**form.usual, **values}
    kept = known if replied is None else {**known, REPLY_TO: str(replied)}
    go_on(stores, context, form, drafts.begin(stores, context.actor, form.name, kept))


def go_on(stores: Stores, context: Context, form: Form, draft: Draft) -> None:
    """Ask the next question, or show the preview. Forms without a preview are ended by the caller."""
    field = form.next(Filled(draft))
    if field is not None:
        ask(stores, context, form, draft, field)
    elif form.preview is not None:
        message = form.preview(stores, Filled(draft))
        _put(stores, context, draft.asking(PREVIEW), message, preview_buttons(draft, message))


def ask(stores: Stores, context: Context, form: Form, draft: Draft, field: Field[Any]) -> None:
    """Ask a field's question; the question before is deleted."""
    asked, filled = draft.asking(field.name), Filled(draft)
    choices = field.choices(stores, acting(stores, context.actor, draft), filled)
    buttons = in_rows(
        [
            Button(one.label.text, Action("form.choose", draft.id, field.name, one.value), one.label.values)
            for one in choices
        ],
        field.a_row,
    )
    goes_back = form.before(field, filled) is not None
    message = field.ask(stores, filled)
    if REPLY_TO in draft.values and not choices:  # in a group, where the bot may get replies only
        hint = Text("draft.hint_or_back" if goes_back else "draft.hint")
        _put(stores, context, asked, replace(message, prompt=hint), ())
        return
    back = [[Button("draft.back_button", Action("form.back", draft.id, field.name))]] if goes_back else []
    _put(stores, context, asked, message, [*buttons, *back])


def acting(stores: Stores, actor: Actor, draft: Draft) -> Actor:
    """The person who fills in a form, as an actor in the group that it is for."""
    place = draft.values.get(PLACE)
    return actor if place is None else replace(actor, chat=stores.chats.get(ChatId(int(place))))


def _put(stores: Stores, context: Context, draft: Draft, message: Message, buttons: Buttons) -> None:
    """Send the next message of a form and delete the one before: there is never more than one open question.

    Only the first message makes a sound.
    """
    earlier = stores.drafts.get(draft.id)
    if earlier is not None and earlier.step:
        stores.outbox.delete(earlier.subject, key=f"{earlier.subject}:over")
    stores.drafts.save(draft)
    replied = draft.values.get(REPLY_TO)
    thread = Thread(int(replied) if replied else None, context.thread.topic)
    follows = earlier is not None and bool(earlier.step)
    shown = replace(message, buttons=buttons, subject=draft.subject, silent=follows)
    stores.outbox.send(draft.chat, shown, key=draft.key, thread=thread, urgent=True)


def preview_buttons(draft: Draft, preview: Message) -> Buttons:
    """Those of the preview itself; below them 发出, 修改, 放弃."""
    return [
        *preview.buttons,
        [
            Button("draft.send_button", Action("form.send", draft.id)),
            Button("draft.change_button", Action("form.fields", draft.id)),
            Button("draft.drop_button", Action("form.drop", draft.id)),
        ],
    ]


def step_back(stores: Stores, *, context: Context, form: Form, draft: Draft, field: Field[Any]) -> None:
    """Ask the previous question again; its answer is kept until then. Raises ButtonExpired at the first."""
    drafts.unchanged(stores, draft)
    step = form.before(field, Filled(draft))
    if step is None:
        raise ButtonExpired
    if step == PREVIEW:
        go_on(stores, context, form, draft)
    else:
        ask(stores, context, form, draft, form.field(step))
