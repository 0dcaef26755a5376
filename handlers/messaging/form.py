"""The generic handlers of forms: one for typed answers, one for each kind of button."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import plain
from domain.ids import DraftId
from domain.messaging import draft as drafts
from domain.messaging.draft import Draft, DraftOver
from domain.messaging.message import Action, Button, Message, Text, Thread
from domain.people import permission as permissions
from domain.people.permission import Permission
from handlers import access, pages
from handlers.access import SEE_OWN
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.command import Command, Press
from handlers.context import Context, always, nothing
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import PREVIEW, AskAgain, Field, Fill, Filled, Form, KeepOpen, Told
from handlers.messaging import asking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Update

    from domain.people.actor import Actor
    from handlers.form import AllStores as Stores


BACK = re.compile(r"[‹<]? ?(?:上一步|back)", re.IGNORECASE)  # typed where a message cannot have the button


def form_named(context: Context, name: str) -> Form:
    """A form by its name. Raises DraftOver if no feature declares it any more."""
    for feature in context.services.features:
        for form in feature.forms:
            if form.name == name:
                return form
    raise DraftOver


async def begin(context: Context, form: Form, values: Mapping[str, str] | None = None) -> None:
    """Begin a form; `values` are answers known already. Raises the refusals of `access.check`."""
    await access.check(context, form.needs)
    await context.run(partial(asking.begin, context=context, form=form, values=values or {}))


async def begin_in_place(context: Context, form: Form, values: Mapping[str, str]) -> None:
    """Begin a form in place of a page whose button was pressed. Raises ButtonExpired, and what `access.check` does."""
    await access.check(context, form.needs)

    def unit(stores: Stores) -> None:
        _delete_page(stores, context)
        asking.begin(stores, context=context, form=form, values=values)

    await context.run(unit)


def _delete_page(stores: Stores, context: Context) -> None:
    subject = pages.pressed_page(stores, context)
    stores.outbox.delete(subject, key=f"{subject}:{context.update_id}")


async def begin_for_group(context: Context, form: Form, *, pressed: bool = False) -> None:
    """Begin a form in private for one of the sender's groups; asks which one if there are several.

    Where the button of a page was `pressed`, this goes on in its place.
    """
    there = await access.where_allowed(context, form.needs)
    if len(there) == 1:
        await begin_at(context, form, there[0], pressed=pressed)
        return
    rows = [
        [Button("draft.group_button", Action("form.at", form.name, one.group.id), {"group": one.group})]
        for one in there
    ]
    message = Message("draft.choose_group" if there else "draft.no_group", buttons=rows)
    await (pages.turn if pressed else pages.show)(context, nothing, always(message))


async def press_at(_: Update, context: Context) -> None:
    """Button: a group was chosen, for which a form begins. Raises ButtonExpired for a group of others."""
    form, number = form_named(context, context.pressed.having(2).word()), context.pressed.number(1)
    if context.actor.chat.is_group or not form.for_groups:
        raise ButtonExpired
    await begin_at(context, form, await access.where_pressed(context, form.needs, number), pressed=True)
    context.acknowledge()


async def begin_at(
    context: Context, form: Form, there: Actor, *, pressed: bool = False, known: Mapping[str, str] | None = None
) -> None:
    """Begin a form in private for a group, in place of a page whose button was `pressed`; some answers are `known`."""
    values = {**(known or {}), asking.PLACE: str(there.group.id)}

    def unit(stores: Stores) -> None:
        if pressed:
            _delete_page(stores, context)
        asking.begin(stores, context=context, form=form, values=values)

    await context.run(unit)


def takes_file(context: Context, draft: Draft) -> bool:
    """Whether a draft asks for a file just now."""
    try:
        field = form_named(context, draft.form).asked(draft)
    except DraftOver:
        return False
    return field is not None and field.takes_files


async def there(context: Context, form: Form, draft: Draft) -> Actor:
    """The person who fills in a draft, as an actor in the chat that it is for. Raises what `access.check` does."""
    if asking.PLACE not in draft.values:
        await access.check(context, form.needs)
        return context.actor
    group = (await context.read(partial(asking.acting, actor=context.actor, draft=draft))).chat
    found = await access.in_group(context, group, form.needs)
    await context.read(partial(permissions.require, actor=found, permission=form.needs))
    return found


async def hear(context: Context, draft: Draft) -> None:
    """Handle a typed answer to a draft.

    Raises AlreadyAnswered, BadArguments, and the refusals of the feature.
    """
    form = form_named(context, draft.form)
    if form.hear is not None:
        await form.hear(context, draft)
        return
    actor = await there(context, form, draft)
    heard, field = draft.heard(context.source), form.asked(draft)
    if field is None:
        raise BadArguments(form.awaits_press)
    if BACK.fullmatch(plain.line(context.text)) and form.before(field, Filled(heard)) is not None:
        await context.run(partial(asking.step_back, context=context, form=form, draft=heard, field=field))
        return
    with context.acting(actor):
        answer = await field.hear(context)
    await fill(context, form, heard, answer)


async def fill(context: Context, form: Form, draft: Draft, answer: Fill) -> None:
    """Fill in an answer and ask the next question; the last answer ends a form without a preview.

    `answer` changes nothing in the store, so it can first run in a read-only query.
    """
    if form.preview is None:
        filled = await context.read(lambda stores: answer(stores, Filled(draft)))
        if form.next(filled) is None:
            await end(context, form, filled.draft)
            return

    def unit(stores: Stores) -> None:
        drafts.unchanged(stores, draft)  # another press may have come first
        asking.go_on(stores, context, form, answer(stores, Filled(draft)).draft)

    await context.run(unit)


async def end(context: Context, form: Form, draft: Draft) -> None:
    """Run the form's final use case, and answer with its outcome."""
    actor = await there(context, form, draft)
    try:
        with context.acting(actor):
            use_case = await form.done(context, Filled(draft))
            actor = context.actor  # completed, if the platform had to be asked
    except AskAgain as wish:
        await _ask_again(context, form, draft, wish)
        return

    def unit(stores: Stores) -> None:
        drafts.unchanged(stores, draft)
        with context.acting(actor):
            outcome = use_case(stores)
        if not isinstance(outcome, KeepOpen):
            drafts.finish(stores, draft)
        message = outcome.message if isinstance(outcome, KeepOpen) else outcome
        if isinstance(message, Message):
            replied = draft.values.get(asking.REPLY_TO)
            thread = Thread(int(replied) if replied else context.thread.reply_to, context.thread.topic)
            where = context.actor.chat if isinstance(outcome, KeepOpen) else actor.chat
            stores.outbox.send(where.id, message, key=context.key, thread=thread, urgent=True)
        if actor.chat != context.actor.chat and not isinstance(outcome, KeepOpen | Told):
            told = Message("draft.placed", {"group": actor.chat})
            stores.outbox.send(context.actor.chat.id, told, key=f"{context.key}:placed", urgent=True)

    await context.run(unit)


async def _ask_again(context: Context, form: Form, draft: Draft, wish: AskAgain) -> None:
    def unit(stores: Stores) -> None:
        refused = Message(wish.refusal.text, wish.refusal.values)
        stores.outbox.send(context.actor.chat.id, refused, key=context.key, thread=context.thread, urgent=True)
        asking.ask(stores, context, form, draft.without(wish.field.name), wish.field)

    await context.run(unit)


def _own(stores: Stores, context: Context, number: int) -> Draft:
    return drafts.own(stores, context.actor, number=DraftId(number))


async def pressed(context: Context, count: int) -> tuple[Form, Draft]:
    """The form and the draft of a pressed button. Raises DraftOver, NotYourDraft, ButtonExpired, and other refusals."""
    number = context.pressed.having(count).number()
    draft = await context.read(lambda stores: _own(stores, context, number))
    form = form_named(context, draft.form)
    await there(context, form, draft)
    return form, draft


async def press_choose(_: Update, context: Context) -> None:
    """Button: choose an answer. Raises ButtonExpired for a button of another question."""
    form, draft = await pressed(context, 3)
    await _choose(context, form, draft, context.pressed.word(1), context.pressed.word(2))


async def choose_formerly(context: Context, name: str) -> None:
    """Handle a button of an earlier version (`draft.owner:DRAFT:VALUE`) for the field `name`."""
    form, draft = await pressed(context, 2)
    await _choose(context, form, draft, name, context.pressed.word(1))


async def _choose(context: Context, form: Form, draft: Draft, name: str, value: str) -> None:
    field = _at(form, draft, name)
    if field.pick is None:
        raise ButtonExpired
    actor = await context.read(partial(asking.acting, actor=context.actor, draft=draft))
    await fill(context, form, draft, field.pick(actor, value))
    context.acknowledge()


def _at(form: Form, draft: Draft, name: str) -> Field[Any]:
    """The field that a button belongs to. Raises ButtonExpired if another field is being asked."""
    field = form.asked(draft)
    if field is None or field.name != name:
        raise ButtonExpired
    return field


async def press_back(_: Update, context: Context) -> None:
    """Button: ask the previous question again."""
    form, draft = await pressed(context, 2)
    field = _at(form, draft, context.pressed.word(1))
    await context.run(partial(asking.step_back, context=context, form=form, draft=draft, field=field))
    context.acknowledge()


async def press_fields(_: Update, context: Context) -> None:
    """Button: choose which answer to change."""
    form, draft = await pressed(context, 1)
    _at_preview(form, draft)
    rows = [[Button(one.label, Action("form.change", draft.id, one.name))] for one in form.fields]
    back = [Button("draft.preview_button", Action("form.preview", draft.id))]

    def unit(stores: Stores) -> None:
        key = f"{draft.subject}:{context.update_id}"
        stores.outbox.edit(draft.subject, Message("draft.choose_field", buttons=[*rows, back]), key=key)

    await context.run(unit)
    context.acknowledge()


async def press_preview(_: Update, context: Context) -> None:
    """Button: back to the preview without a change."""
    form, draft = await pressed(context, 1)
    preview = form.preview
    if preview is None:
        raise ButtonExpired
    _at_preview(form, draft)

    def unit(stores: Stores) -> None:
        made = preview(stores, Filled(draft))
        shown = replace(made, buttons=asking.preview_buttons(draft, made))
        stores.outbox.edit(draft.subject, shown, key=f"{draft.subject}:{context.update_id}")

    await context.run(unit)
    context.acknowledge()


async def press_change(_: Update, context: Context) -> None:
    """Button: ask one field again; the other answers are kept."""
    form, draft = await pressed(context, 2)
    _at_preview(form, draft)
    field = form.field(context.pressed.word(1))
    await context.run(lambda stores: asking.ask(stores, context, form, draft, field))
    context.acknowledge()


async def press_send(_: Update, context: Context) -> None:
    """Button: confirm the preview."""
    form, draft = await pressed(context, 1)
    _at_preview(form, draft)
    await end(context, form, draft)
    context.acknowledge()


async def press_drop(_: Update, context: Context) -> None:
    """Button: discard the form."""
    _form, draft = await pressed(context, 1)
    await context.run(lambda stores: drafts.finish(stores, draft))
    context.show_notice(Text("draft.cancelled"))


def _at_preview(form: Form, draft: Draft) -> None:
    """Raises ButtonExpired if the form is not at its preview."""
    if form.preview is None or draft.step != PREVIEW or form.asked(draft) is not None:
        raise ButtonExpired


async def cancel(_: Update, context: Context) -> None:
    """/cancel: discard the open form."""
    await context.answer(partial(drafts.cancel, actor=context.actor), always(Message("draft.cancelled")))


OWN = Permission.SEE_OWN
FEATURE = Feature(
    "draft",
    handlers=(
        Command("cancel", cancel, SEE_OWN),
        Press("form.at", press_at, OWN),
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
