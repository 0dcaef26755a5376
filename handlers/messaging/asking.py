"""How a form asks: its questions, one after another, and its preview.

Each is a new message in place of the one before. In a group a question without buttons opens a reply to it for whoever
began the form: with privacy mode on, the bot hears replies alone there. The platform has no room for a button then, so
that the step back is a word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.messaging import draft as drafts
from domain.messaging.draft import Draft
from domain.messaging.message import Action, Button, Buttons, Message, Text, Thread, in_rows
from handlers.action import ButtonExpired
from handlers.form import PREVIEW, Field, Filled, Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.context import Context
    from handlers.form import AllStores as Stores

REPLY_TO = "reply_to"  # the entry that holds the message by which the form was begun


def begin(stores: Stores, *, context: Context, form: Form, values: Mapping[str, str]) -> None:
    """Begin a form in place of an earlier one, and ask its first question."""
    replied = context.thread.reply_to
    kept = dict(values) if replied is None else {**values, REPLY_TO: str(replied)}
    go_on(stores, context, form, drafts.begin(stores, context.actor, form.name, kept))


def go_on(stores: Stores, context: Context, form: Form, draft: Draft) -> None:
    """Ask for what is not known yet, else show the preview. Forms without one end elsewhere."""
    field = form.next(Filled(draft))
    if field is not None:
        ask(stores, context, form, draft, field)
    elif form.preview is not None:
        message = form.preview(stores, Filled(draft))
        _put(stores, context, draft.asking(PREVIEW), message, preview_buttons(draft))


def ask(stores: Stores, context: Context, form: Form, draft: Draft, field: Field[Any]) -> None:
    """Put a field's question in place of the one before."""
    asked, filled = draft.asking(field.name), Filled(draft)
    choices = field.choices(stores, context.actor, filled)
    buttons = in_rows(
        [
            Button(one.label.text, Action("form.choose", draft.id, field.name, one.value), one.label.values)
            for one in choices
        ],
        field.a_row,
    )
    goes_back = form.before(field, filled) is not None
    message = field.ask(stores, filled)
    if REPLY_TO in draft.values and not choices:  # in a group: there the bot may hear replies alone
        hint = Text("draft.hint_or_back" if goes_back else "draft.hint")
        _put(stores, context, asked, replace(message, prompt=hint), ())
        return
    back = [[Button("draft.back_button", Action("form.back", draft.id, field.name))]] if goes_back else []
    _put(stores, context, asked, message, [*buttons, *back])


def _put(stores: Stores, context: Context, draft: Draft, message: Message, buttons: Buttons) -> None:
    """Say the next thing of a form in place of the one before: there are never two live questions.

    The first makes a sound; those that follow an answer need none.
    """
    earlier = stores.drafts.get(draft.id)
    if earlier is not None and earlier.step:
        stores.outbox.delete(earlier.subject, key=f"{earlier.subject}:over")
    stores.drafts.save(draft)
    replied = draft.values.get(REPLY_TO)
    thread = Thread(int(replied) if replied else None, context.thread.topic)
    follows = earlier is not None and bool(earlier.step)
    shown = replace(message, buttons=buttons, subject=draft.subject, silent=follows)
    stores.outbox.send(context.actor.chat.id, shown, key=draft.key, thread=thread, urgent=True)


def preview_buttons(draft: Draft) -> Buttons:
    """发出, 修改, 放弃."""
    return [
        [
            Button("draft.send_button", Action("form.send", draft.id)),
            Button("draft.change_button", Action("form.fields", draft.id)),
            Button("draft.drop_button", Action("form.drop", draft.id)),
        ]
    ]


def step_back(stores: Stores, *, context: Context, form: Form, draft: Draft, field: Field[Any]) -> None:
    """Ask the question before anew; its answer stays until there is another. Raises ButtonExpired at the first."""
    drafts.unchanged(stores, draft)
    step = form.before(field, Filled(draft))
    if step is None:
        raise ButtonExpired
    if step == PREVIEW:
        go_on(stores, context, form, draft)
    else:
        ask(stores, context, form, draft, form.field(step))
