"""Reflections in chat: replies to an item, /reflect, and the page of who looks after a group."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import PromptId, ReflectionId
from domain.messaging.message import Action, Button, Message, Reaction, Subject, Text
from domain.people.permission import Permission
from domain.study.reflection import featuring, service
from domain.study.reflection.model import Became, NothingToReflect, Stage
from handlers import access, pages
from handlers.access import TAKE_PART, NotSureWho
from handlers.arguments import BadArguments, after_command
from handlers.command import Command, PrivatePress
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, Told
from handlers.messaging import form
from handlers.origin import is_secondhand
from language import copied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.study.reflection.model import Item, Reflection, Shelf, Written

OF_ITEMS = frozenset({"study", "study_private", "quiz"})  # kinds of subjects whose messages show an item
NOTE = "reflection_note"  # the kind of the subject of the answer to a reflection
MAX_ITEMS = 5


async def reflect(_: Update, context: Context) -> None:
    """/reflect TEXT: write about the newest item, or the one that is replied to. Alone in private: one's own page."""
    words = after_command(context.text)
    if words:
        await _write(context, words, await _answered(context))
    elif context.actor.chat.is_group:
        raise BadArguments("reflection.usage")
    else:
        leads = bool(await _groups_led(context))
        await pages.show(context, partial(_own, actor=context.actor, leads=leads), say_page)


async def _groups_led(context: Context) -> Sequence[Actor]:
    """The sender as an actor in each group whose reflections they may feature; none where nobody can tell."""
    try:
        return await access.where_allowed(context, featuring.NEEDS)
    except NotSureWho:
        return ()


async def _answered(context: Context) -> PromptId | None:
    """The prompt of the item whose message is replied to."""
    answered = context.message.reply_to_message if context.message else None
    if answered is None:
        return None
    chat, number = context.actor.chat.id, answered.message_id
    subject = await context.read(lambda stores: stores.outbox.subject(chat, number))
    return PromptId(subject.ids[0]) if subject is not None and subject.kind in OF_ITEMS else None


async def hears(context: Context) -> bool:
    """Handle a reply to an item that says enough, and an edit of a reflection; whether it was one."""
    message, actor, source = context.message, context.actor, context.source
    if message is None or is_secondhand(message) or _means_else(context):
        return False
    if context.incoming.message is None and await context.read(partial(service.is_kept, actor=actor, source=source)):
        await _write(context, context.text, None)
        return True
    prompt = await _answered(context)
    if prompt is None:
        return False
    asks = partial(service.is_reflection, actor=actor, prompt=prompt, words=context.text, copies=copied)
    if not await context.read(asks):
        return False
    await _write(context, context.text, prompt)
    return True


def _means_else(context: Context) -> bool:
    """Whether another feature knows these words by how they begin (建议：…)."""
    asking = (one.asks_about for one in context.services.features if one.asks_about is not None)
    return any(asks(context.text) for asks in asking)


async def _write(context: Context, words: str, prompt: PromptId | None) -> None:
    actor, source = context.actor, context.source

    def unit(stores: Stores) -> None:
        _answer(stores, context, service.write(stores, actor, words=words, source=source, copies=copied, prompt=prompt))

    await context.run(unit)


def _answer(stores: Stores, context: Context, written: Written) -> None:
    """In a group a new one gets a sign, its author reads the rest in private; a near-copy is told of there alone."""
    chat, private = context.actor.chat, context.actor.member.private
    message = say_written(written)
    if not chat.is_group:
        stores.outbox.send(chat.id, message, key=context.key, urgent=True)
        return
    if written.became is Became.SAME:
        return
    is_copy = written.reflection.copy_of is not None
    if private is not None and (is_copy or written.became is not Became.CHANGED):
        silent = Message(message.text, message.values, message.buttons, message.subject, silent=True)
        stores.outbox.send(private, silent, key=f"{context.key}:private", urgent=True)
    if written.became is Became.NEW and not is_copy:
        stores.outbox.react(chat.id, Reaction(message), key=context.key, thread=context.thread)


def say_written(written: Written) -> Message:
    """What came of a reflection, with the way back."""
    one = written.reflection
    back = [] if written.became is Became.REMOVED else [[_take_back_button(one)]]
    return Message("reflection.written", {"written": written}, back, Subject(NOTE, one.id))


def _take_back_button(one: Reflection) -> Button:
    return Button("reflection.take_back_button", Action("reflection.take_back", one.id))


async def press_take_back(_: Update, context: Context) -> None:
    """Button: take back what one has written."""
    number = ReflectionId(context.pressed.having(1).number())
    actor = context.actor

    def unit(stores: Stores) -> None:
        one = service.take_back(stores, actor, number=number)
        about = Subject(NOTE, one.id)
        message = Message("reflection.taken_back", {"reflection": one}, subject=about)
        stores.outbox.edit(about, message, key=f"{about}:over")

    await context.notify(unit, lambda _: Text("reflection.dropped"))


def _own(stores: Stores, actor: Actor, *, leads: bool) -> tuple[Sequence[Item], Sequence[Reflection], bool]:
    """What one can write about, what one has written, and whether one looks after a group."""
    written = service.written(stores, actor)
    done = {one.prompt for one in written}
    left = [item for item in service.items(stores, actor) if item.prompt not in done]
    return left[:MAX_ITEMS], written, leads


def say_page(own: tuple[Sequence[Item], Sequence[Reflection], bool]) -> Message:
    """One's own page of reflections."""
    items, written, leads = own
    rows = [[Button("reflection.item_button", Action("reflection.item", one.prompt), {"item": one})] for one in items]
    shelf = [[Button("reflection.shelf_button", Action("reflection.shelf", 0))]] if leads else []
    return Message("reflection.page", {"items": items, "written": written}, [*rows, *shelf])


async def press_item(_: Update, context: Context) -> None:
    """Button: write about an item of one's own group. Raises NothingToReflect for any other."""
    prompt = context.pressed.having(1).number()
    items = await context.read(partial(service.items, actor=context.actor))
    if prompt not in {one.prompt for one in items}:
        raise NothingToReflect
    await form.begin_in_place(context, FORM, {PROMPT: str(prompt)})
    context.acknowledge()


async def press_shelf(_: Update, context: Context) -> None:
    """Button: what the people of one's groups have written."""
    await _turn_shelf(context, context.pressed.having(1).number())


async def press_propose(_: Update, context: Context) -> None:
    """Button: ask the author of one whether the group may read it."""
    number, before = context.pressed.numbers(2)
    await _turn_shelf(context, before, ReflectionId(number))


async def _turn_shelf(context: Context, before: int, proposed: ReflectionId | None = None) -> None:
    actor, there = context.actor, await _groups_led(context)

    def unit(stores: Stores) -> Shelf:
        if proposed is not None:
            featuring.propose(stores, actor, number=proposed, there=there)
        return featuring.shelf(stores, actor, there=there, before=ReflectionId(before) if before else None)

    await pages.turn(context, unit, partial(say_shelf, before=before))


def say_shelf(shelf: Shelf, before: int) -> Message:
    """A page of reflections, with a button for each that the group could read."""
    propose = [
        Button(
            "reflection.propose_button",
            Action("reflection.propose", one.reflection.id, before),
            {"number": number, "author": one.author},
        )
        for number, one in enumerate(shelf.listed, 1)
        if one.reflection.stage is None
    ]
    further = Action("reflection.shelf", shelf.listed[-1].reflection.id) if shelf.more else None
    leaves = pages.page_buttons(first=Action("reflection.shelf", 0) if before else None, further=further)
    return Message("reflection.shelf", {"shelf": shelf}, [*([one] for one in propose), *leaves])


async def press_agree(_: Update, context: Context) -> None:
    """Button: let the group read it."""
    number = ReflectionId(context.pressed.having(1).number())
    await context.notify(partial(featuring.agree, actor=context.actor, number=number), say_decided)


async def press_decline(_: Update, context: Context) -> None:
    """Button: rather not."""
    number = ReflectionId(context.pressed.having(1).number())
    await context.notify(partial(featuring.decline, actor=context.actor, number=number), say_decided)


def say_decided(one: Reflection) -> Text:
    """That the group reads it now, or does not."""
    return Text("reflection.decided", {"agreed": one.stage is Stage.SHOWN})


def ask_text(_: Stores, __: Filled) -> Message:
    """The question for a reflection."""
    return Message("reflection.ask")


async def hear_text(context: Context) -> Fill:
    """Read the reflection; the message that it came with is its source."""
    words, source = context.text, context.source
    return lambda _, filled: Filled(filled.draft.filled(**{TEXT.name: words, SOURCE: source}))


async def write_of_form(context: Context, filled: Filled) -> Ending:
    """Keep it. Raises what `service.write` does; then it is asked for again."""
    values, actor = filled.draft.values, context.actor
    prompt = PromptId(int(values[PROMPT])) if PROMPT in values else None

    def unit(stores: Stores) -> Message | Told:
        source = values.get(SOURCE, context.source)
        written = service.write(stores, actor, words=filled[TEXT], source=source, copies=copied, prompt=prompt)
        return say_written(written)

    return unit


SOURCE, PROMPT = "source", "prompt"  # keys of what else the form knows
TEXT = Field("text", WORDS, "reflection.field_text", ask_text, hear_text)
FORM = Form("reflection", (TEXT,), Permission.TAKE_PART, write_of_form)
FEATURE = Feature(
    "reflection",
    handlers=(
        Command("reflect", reflect, TAKE_PART),
        PrivatePress("reflection.item", press_item),
        PrivatePress("reflection.take_back", press_take_back),
        PrivatePress("reflection.shelf", press_shelf),
        PrivatePress("reflection.propose", press_propose),
        PrivatePress("reflection.agree", press_agree),
        PrivatePress("reflection.decline", press_decline),
    ),
    entries=(Entry("reflect", "reflection", TAKE_PART, 104, frozenset({Audience.EVERYBODY}), help=Help(14)),),
    hears=hears,
    forms=(FORM,),
)
