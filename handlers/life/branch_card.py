"""The card of a branch in chat: /card, plain words, and the buttons of whoever keeps it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from telegram import PhotoSize

from domain.ids import BranchId, ChatId
from domain.life.branch_card import changing, showing
from domain.life.branch_card.model import NoBranch, checked
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import Permission
from handlers import access, documents, pages, picking
from handlers.access import TAKE_PART
from handlers.arguments import BadArguments, after_command, visible
from handlers.command import Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, Told
from handlers.life.fields import asks
from handlers.messaging import form
from handlers.messaging.asking import PLACE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Update

    from domain.life.branch_card.model import Shown
    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.people.branch import Level
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN


async def show(_: Update, context: Context) -> None:
    """/card [NAME]: the card of the group's branch, of one's own, or of another one by its name."""
    words = after_command(context.text)
    if words:
        await _show(context, partial(showing.named, actor=context.actor, words=words))
    elif context.actor.chat.is_group:
        await context.run(partial(showing.post, actor=context.actor, key=context.key))
    else:
        await _show_own(context)


async def _show_own(context: Context) -> None:
    """One's own; who belongs to no branch chooses one. Raises NoBranch where there is none to choose."""
    try:
        await context.read(partial(showing.own, actor=context.actor))
    except NoBranch:
        first = partial(showing.level, actor=context.actor, level=None, offset=0)
        if not (await context.read(first)).choices:
            raise
        await pages.show(context, first, say_others)
    else:
        await _show(context, partial(showing.own, actor=context.actor))


async def _show(context: Context, use_case: Callable[[Stores], Shown]) -> None:
    led = [] if context.actor.chat.is_group else await access.where_allowed(context, PLAN)
    await pages.show(context, use_case, partial(say_card, led=led, private=not context.actor.chat.is_group))


def say_card(shown: Shown, *, led: Sequence[Actor], private: bool = True) -> Message:
    """A card; in private with buttons to other branches, and to change it for whoever plans its group's work."""
    group = next((one.group for one in led if one.group.branch == shown.branch.id), None)
    rows: list[list[Button]] = []
    if private and group is not None:
        has = bool(shown.card.photo)
        drop = [Button("branch_card.drop_photo_button", Action("branch_card.drop_photo", group.id))] if has else []
        photo = Button("branch_card.photo_button", Action("branch_card.photo", group.id), {"has": has})
        rows = [[Button("branch_card.motto_button", Action("branch_card.motto", group.id))], [photo, *drop]]
    if private:
        rows.append([Button("branch_card.others_button", Action("branch_card.others"))])
    return showing.message(shown, rows)


async def press_others(_: Update, context: Context) -> None:
    """Button: which other branch."""
    context.pressed.having(0)
    await pages.show(context, partial(showing.level, actor=context.actor, level=None, offset=0), say_others)
    context.acknowledge()


async def press_level(_: Update, context: Context) -> None:
    """Button: another level or page of the branches."""
    level, offset = picking.pressed(context.pressed)
    await pages.turn(context, partial(showing.level, actor=context.actor, level=level, offset=offset), say_others)


def say_others(level: Level) -> Message:
    """The branches whose cards can be read."""
    return Message("branch_card.others", buttons=picking.buttons("branch_card.open", level))


async def press_open(_: Update, context: Context) -> None:
    """Button: the card of this branch, in place of the list."""
    number = BranchId(context.pressed.having(1).number())
    led = await access.where_allowed(context, PLAN)
    use_case = partial(showing.of_branch, actor=context.actor, branch=number)
    await _in_place(context, use_case, lambda shown: say_card(shown, led=led).buttons)


async def _in_place(context: Context, use_case: Callable[[Stores], Shown], buttons: Callable[[Shown], Buttons]) -> None:
    """Send a card in place of the page whose button was pressed: a message never gets or loses a photo."""

    def unit(stores: Stores) -> None:
        before = pages.pressed_page(stores, context)
        shown = use_case(stores)
        about = Subject(pages.PAGE, context.update_id)
        stores.outbox.delete(before, key=f"{before}:{context.update_id}")
        message = showing.message(shown, buttons(shown), about=about)
        stores.outbox.send(context.actor.chat.id, message, key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def _there(context: Context) -> Actor:
    """The presser as an actor in the group of a button. Raises ButtonExpired."""
    return await access.where_pressed(context, PLAN, context.pressed.having(1).number())


async def press_motto(_: Update, context: Context) -> None:
    """Button: write the motto."""
    await form.begin_at(context, MOTTO_FORM, await _there(context))
    context.acknowledge()


async def press_photo(_: Update, context: Context) -> None:
    """Button: choose a photo."""
    await form.begin_at(context, PHOTO_FORM, await _there(context))
    context.acknowledge()


async def press_drop_photo(_: Update, context: Context) -> None:
    """Button: remove the photo."""
    there = await _there(context)
    await _in_place(
        context, partial(changing.drop_photo, actor=there), lambda shown: say_card(shown, led=[there]).buttons
    )


async def hear_motto(context: Context) -> Fill:
    """Read the motto. Raises NoMotto, MottoTooLong."""
    motto = checked(visible(context.text))
    return lambda _, filled: filled.with_(MOTTO, motto)


def preview_motto(stores: Stores, filled: Filled) -> Message:
    """The card as it would be."""
    return showing.message(changing.outline(stores, _group(stores, filled), motto=filled[MOTTO]))


def _group(stores: Stores, filled: Filled) -> Chat:
    return stores.chats.get(ChatId(int(filled.draft.values.get(PLACE, filled.draft.chat))))


async def put_motto(context: Context, filled: Filled) -> Ending:
    """Write the motto."""
    use_case = partial(changing.put_motto, actor=context.actor, motto=filled[MOTTO])
    return _told(context, filled, use_case)


def _told(context: Context, filled: Filled, use_case: Callable[[Stores], Shown]) -> Ending:
    """Change the card, and show it where the form was filled in, with its buttons."""
    there, about = context.actor, Subject(pages.PAGE, context.update_id)

    def unit(stores: Stores) -> Told:
        shown = replace(say_card(use_case(stores), led=[there]), subject=about)
        stores.outbox.send(filled.draft.chat, shown, key=str(about), urgent=True)
        return Told()

    return unit


async def hear_photo(context: Context) -> Fill:
    """Take a photo. Raises BadArguments."""
    found = documents.attached(context.message, too_big="branch_card.photo_wanted")
    if not isinstance(found, PhotoSize):
        raise BadArguments("branch_card.photo_wanted")
    return lambda _, filled: filled.with_(PHOTO, found.file_id)


def preview_photo(stores: Stores, filled: Filled) -> Message:
    """The card with the photo."""
    return showing.message(changing.outline(stores, _group(stores, filled), photo=filled[PHOTO]))


async def put_photo(context: Context, filled: Filled) -> Ending:
    """Give the card the photo."""
    use_case = partial(changing.put_photo, actor=context.actor, photo=filled[PHOTO])
    return _told(context, filled, use_case)


MOTTO = Field("motto", WORDS, "branch_card.field_motto", asks("branch_card.ask_motto"), hear_motto)
PHOTO = Field("photo", WORDS, "branch_card.field_photo", asks("branch_card.ask_photo"), hear_photo, takes_files=True)
MOTTO_FORM = Form("branch_motto", (MOTTO,), PLAN, put_motto, preview_motto, for_groups=True)
PHOTO_FORM = Form("branch_photo", (PHOTO,), PLAN, put_photo, preview_photo, for_groups=True)
FEATURE = Feature(
    "branch_card",
    handlers=(
        Command("card", show, TAKE_PART),
        PrivatePress("branch_card.others", press_others),
        PrivatePress("branch_card.open", press_open),
        PrivatePress("branch_card.open_in", press_level),
        PrivatePress("branch_card.motto", press_motto, OWN),
        PrivatePress("branch_card.photo", press_photo, OWN),
        PrivatePress("branch_card.drop_photo", press_drop_photo, OWN),
    ),
    entries=(Entry("card", "branch_card", TAKE_PART, 37, frozenset({Audience.EVERYBODY}), help=Help(37)),),
    forms=(MOTTO_FORM, PHOTO_FORM),
)
