"""The generic handlers of forms: one for words, one for each kind of button."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from domain.ids import DraftId
from domain.messaging import draft as drafts
from domain.messaging.draft import Draft, DraftOver
from domain.messaging.message import Action, Button, Buttons, Message, Thread, in_rows
from domain.people.permission import Permission
from domain.refusal import Refusal
from handlers import access
from handlers.access import SEE_OWN
from handlers.action import ButtonExpired
from handlers.command import Command, Press
from handlers.context import Context, always
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import AskAgain, Field, Fill, Filled, Form, Stay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Update

    from domain.report.stores import Stores

PREVIEW = "preview"  # the step at which somebody agrees
REPLY_TO = "reply_to"  # the entry that holds the message by which the form was begun


class PressAButton(Refusal):
    """Words, where the preview waits for a button."""

    text = "draft.press_a_button"


def form_named(context: Context, name: str) -> Form:
    """The form that a feature has declared. Raises DraftOver where none has it any more."""
    for feature in context.services.features:
        for form in feature.forms:
            if form.name == name:
                return form
    raise DraftOver


async def begin(context: Context, form: Form, values: Mapping[str, str] | None = None) -> None:
    """Begin a form, of which `values` are known already. Raises what `access.check` does."""
    await access.check(context, form.needs)
    await context.run(partial(_begin, context=context, form=form, values=values or {}))


def _begin(stores: Stores, *, context: Context, form: Form, values: Mapping[str, str]) -> None:
    replied = context.thread.reply_to
    kept = dict(values) if replied is None else {**values, REPLY_TO: str(replied)}
    _go_on(stores, context, form, drafts.begin(stores, context.actor, form.name, kept))


def _go_on(stores: Stores, context: Context, form: Form, draft: Draft) -> None:
    """Ask for what is not known yet, else show the preview. Forms without one are done by `_end`."""
    field = form.next(Filled(draft))
    if field is not None:
        ask(stores, context, form, draft, field)
    elif form.preview is not None:
        message = form.preview(stores, Filled(draft))
        _put(stores, context, draft.asking(PREVIEW), message, preview_buttons(draft))


def ask(stores: Stores, context: Context, form: Form, draft: Draft, field: Field[Any]) -> None:
    """Put a field's question in place of the one before."""
    asking = draft.asking(field.name)
    choices = field.choices(stores, context.actor, Filled(draft))
    buttons = in_rows(
        [
            Button(one.label.text, Action("form.choose", draft.id, field.name, one.value), one.label.values)
            for one in choices
        ],
        field.a_row,
    )
    back = [[Button("draft.back_button", Action("form.back", draft.id, field.name))]] if form.before(field) else []
    message = field.ask(stores, Filled(draft))
    _put(stores, context, asking, replace(message, asks=not choices), [*buttons, *back])


def _put(stores: Stores, context: Context, draft: Draft, message: Message, buttons: Buttons) -> None:
    """Say the next thing of a form; there is one live question at a time."""
    earlier = stores.drafts.get(draft.id)
    if earlier is not None and earlier.step:
        stores.outbox.delete(earlier.subject, key=f"{earlier.subject}:over")
    stores.drafts.save(draft)
    replied = draft.values.get(REPLY_TO)
    thread = Thread(int(replied) if replied else None, context.thread.topic)
    shown = replace(message, buttons=buttons, subject=draft.subject)
    stores.outbox.send(context.actor.chat.id, shown, key=str(draft.subject), thread=thread, urgent=True)


def preview_buttons(draft: Draft) -> Buttons:
    """发出, 修改, 放弃."""
    return [
        [
            Button("draft.send_button", Action("form.send", draft.id)),
            Button("draft.change_button", Action("form.fields", draft.id)),
            Button("draft.drop_button", Action("form.drop", draft.id)),
        ]
    ]


async def hear(context: Context, draft: Draft) -> None:
    """A draft's writer has answered in words.

    Raises AlreadyAnswered, PressAButton, BadArguments, and the refusals of the feature.
    """
    form = form_named(context, draft.form)
    await access.check(context, form.needs)
    heard = draft.heard(context.source)
    if draft.step == PREVIEW and form.next(Filled(draft)) is None:
        raise PressAButton
    field = form.next(Filled(draft)) if draft.step == PREVIEW else form.field(draft.step)
    if field is None:
        raise PressAButton
    await fill(context, form, heard, await field.hear(context))


async def fill(context: Context, form: Form, draft: Draft, answer: Fill) -> None:
    """Fill an answer in, and go on; the last one of a form without a preview ends it.

    Answers to such a form change nothing, so that they can be looked at beforehand.
    """
    if form.preview is None:
        filled = await context.read(lambda stores: answer(stores, Filled(draft)))
        if form.next(filled) is None:
            await end(context, form, filled.draft)
            return

    def unit(stores: Stores) -> None:
        _own(stores, context, draft.id)  # another press may have ended it
        _go_on(stores, context, form, answer(stores, Filled(draft)).draft)

    await context.run(unit)


async def end(context: Context, form: Form, draft: Draft) -> None:
    """Do what the form is for, and say what came of it."""
    try:
        use_case = await form.done(context, Filled(draft))
    except AskAgain as wish:
        await _ask_again(context, form, draft, wish)
        return

    def unit(stores: Stores) -> None:
        _own(stores, context, draft.id)
        outcome = use_case(stores)
        if not isinstance(outcome, Stay):
            drafts.finish(stores, draft)
        message = outcome.message if isinstance(outcome, Stay) else outcome
        if message is not None:
            replied = draft.values.get(REPLY_TO)
            thread = Thread(int(replied) if replied else context.thread.reply_to, context.thread.topic)
            stores.outbox.send(context.actor.chat.id, message, key=context.key, thread=thread, urgent=True)

    await context.run(unit)


async def _ask_again(context: Context, form: Form, draft: Draft, wish: AskAgain) -> None:
    def unit(stores: Stores) -> None:
        refused = Message(wish.refusal.text, wish.refusal.values)
        stores.outbox.send(context.actor.chat.id, refused, key=context.key, thread=context.thread, urgent=True)
        ask(stores, context, form, draft.without(wish.field.name), wish.field)

    await context.run(unit)


def _own(stores: Stores, context: Context, number: int) -> Draft:
    return drafts.own(stores, context.actor, number=DraftId(number))


async def pressed(context: Context, count: int) -> tuple[Form, Draft]:
    """The form and the draft of a pressed button. Raises DraftOver, NotYourDraft, ButtonExpired, and refusals."""
    number = context.pressed.having(count).number()
    draft = await context.read(lambda stores: _own(stores, context, number))
    form = form_named(context, draft.form)
    await access.check(context, form.needs)
    return form, draft


async def press_choose(_: Update, context: Context) -> None:
    """An answer was tapped. Raises ButtonExpired for one of another question."""
    form, draft = await pressed(context, 3)
    field = form.field(context.pressed.word(1))
    if field.pick is None or draft.step != field.name:
        raise ButtonExpired
    await fill(context, form, draft, field.pick(context.actor, context.pressed.word(2)))
    context.acknowledge()


async def press_back(_: Update, context: Context) -> None:
    """The question before is asked anew."""
    form, draft = await pressed(context, 2)
    field = form.field(context.pressed.word(1))
    before = form.before(field)
    if before is None or draft.step != field.name:
        raise ButtonExpired
    known = draft.without(before.name).without(field.name)
    await context.run(lambda stores: ask(stores, context, form, known, before))
    context.acknowledge()


async def press_fields(_: Update, context: Context) -> None:
    """Something is to be changed: what?"""
    form, draft = await pressed(context, 1)
    _at_preview(draft)
    rows = [[Button(one.label, Action("form.change", draft.id, one.name))] for one in form.fields]
    back = [Button("draft.preview_button", Action("form.preview", draft.id))]

    def unit(stores: Stores) -> None:
        key = f"{draft.subject}:{context.update_id}"
        stores.outbox.edit(draft.subject, Message("draft.choose_field", buttons=[*rows, back]), key=key)

    await context.run(unit)
    context.acknowledge()


async def press_preview(_: Update, context: Context) -> None:
    """Nothing is to be changed."""
    form, draft = await pressed(context, 1)
    _at_preview(draft)
    await context.run(lambda stores: _go_on(stores, context, form, draft))
    context.acknowledge()


async def press_change(_: Update, context: Context) -> None:
    """One answer is to be another; what comes after it stays."""
    form, draft = await pressed(context, 2)
    _at_preview(draft)
    field = form.field(context.pressed.word(1))
    await context.run(lambda stores: ask(stores, context, form, draft.without(field.name), field))
    context.acknowledge()


async def press_send(_: Update, context: Context) -> None:
    """It is right as shown."""
    form, draft = await pressed(context, 1)
    _at_preview(draft)
    await end(context, form, draft)
    context.acknowledge()


async def press_drop(_: Update, context: Context) -> None:
    """It is given up."""
    _form, draft = await pressed(context, 1)
    await context.run(lambda stores: drafts.finish(stores, draft))
    context.acknowledge()


def _at_preview(draft: Draft) -> None:
    if draft.step != PREVIEW:
        raise ButtonExpired


async def cancel(_: Update, context: Context) -> None:
    """/cancel: give up what one is filling in."""
    await context.answer(partial(drafts.cancel, actor=context.actor), always(Message("draft.cancelled")))


OWN = Permission.SEE_OWN
FEATURE = Feature(
    "draft",
    handlers=(
        Command("cancel", cancel, SEE_OWN),
        Press("form.choose", press_choose, OWN),
        Press("form.back", press_back, OWN),
        Press("form.fields", press_fields, OWN),
        Press("form.preview", press_preview, OWN),
        Press("form.change", press_change, OWN),
        Press("form.send", press_send, OWN),
        Press("form.drop", press_drop, OWN),
    ),
    entries=(Entry("cancel", "draft", SEE_OWN, 200, frozenset({Audience.EVERYBODY}), help=Help(80)),),
)
