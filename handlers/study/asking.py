"""Questions in private: buttons and typed answers of the one message that is edited from question to question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import PromptId, QuestionId, QuestionSetId, SheetId
from domain.messaging import draft as drafts
from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.study.asking import flow, opening
from domain.study.asking.daily import ANSWER, WHY
from domain.study.asking.flow import AlreadyAnswered, NotYourSheet, SheetOver, Shown
from domain.study.asking.sheet import DRAFT, SHEET
from domain.study.asking.showing import OFF, ON
from domain.study.question import MAX_WORD_CHARS, QuestionKind
from domain.study.sets.service import LINK, SetOver
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.command import Command, PrivatePress
from handlers.context import always
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import Form, ends_elsewhere
from handlers.links import number_in
from handlers.study import special
from language import answer

if TYPE_CHECKING:
    from telegram import Update

    from domain.messaging.draft import Draft
    from domain.study.asking.flow import Asked
    from domain.study.question import Answer
    from handlers.context import Context
    from handlers.form import AllStores as Stores

TAKE_PART = Needs(in_private=Permission.TAKE_PART)
Step = Callable[["Stores"], Shown]


async def start(context: Context, payload: str) -> bool:
    """A deep link to a day's question, why its answer is right, or a set (`set_12`), in private. Whether it was one."""
    if context.actor.chat.is_group:
        return False
    for lead, open_ in ((ANSWER, _open_day), (WHY, _why), (LINK, _open_set)):
        number = number_in(payload, lead)
        if number is not None:
            await open_(context, number)
            return True
    return False


async def _open_day(context: Context, number: int) -> None:
    await context.run(partial(opening.open_day, actor=context.actor, number=PromptId(number), key=context.key))


async def _why(context: Context, number: int) -> None:
    why = partial(opening.why, actor=context.actor, number=PromptId(number))
    await context.answer(why, lambda message: message)


async def _open_set(context: Context, number: int) -> None:
    await context.run(partial(opening.open_set, actor=context.actor, number=QuestionSetId(number), key=context.key))


async def press_open_set(_: Update, context: Context) -> None:
    """Button: answer a set, or go on with it."""
    await _open_set(context, context.pressed.having(1).number())
    context.acknowledge()


async def challenge(_: Update, context: Context) -> None:
    """/challenge, or its button: questions until the first wrong answer."""
    await context.run(partial(opening.open_challenge, actor=context.actor, key=context.key))
    context.acknowledge()


async def _step(context: Context, step: Step) -> None:
    """Do what a button says, and show what comes of it in its message. Raises ButtonExpired for an earlier message."""

    def unit(stores: Stores) -> None:
        shown = step(stores)
        _require_newest(stores, context, shown)
        _show(stores, context, shown)

    await context.run(unit)
    context.acknowledge()


def _show(stores: Stores, context: Context, shown: Shown) -> None:
    about = shown.sheet.subject
    stores.outbox.edit(about, shown.message, key=f"{about}:{context.update_id}")


def _require_newest(stores: Stores, context: Context, shown: Shown) -> None:
    place, about = context.place, shown.sheet.subject
    if place is None or stores.outbox.message_about(about) != place.message_id:
        raise ButtonExpired


def _sheet(context: Context, count: int) -> tuple[SheetId, QuestionId]:
    """What a button is about. Raises ButtonExpired."""
    pressed = context.pressed.having(count)
    return SheetId(pressed.number()), QuestionId(pressed.number(1))


async def press_pick(_: Update, context: Context) -> None:
    """Button: the only option."""
    (number, question), place = _sheet(context, 3), context.pressed.number(2)
    await _step(context, partial(flow.pick, actor=context.actor, number=number, question=question, place=place))


async def press_tick(_: Update, context: Context) -> None:
    """Button: one of several options, on or off. Raises ButtonExpired."""
    (number, question), place = _sheet(context, 4), context.pressed.number(2)
    word = context.pressed.word(3)
    if word not in (ON, OFF):
        raise ButtonExpired
    tick = partial(flow.tick, actor=context.actor, number=number, question=question, place=place, on=word == ON)
    await _step(context, tick)


async def press_match(_: Update, context: Context) -> None:
    """Button: the other side of a pair."""
    (number, question), pair, place = _sheet(context, 4), context.pressed.number(2), context.pressed.number(3)
    match = partial(flow.match, actor=context.actor, number=number, question=question, pair=pair, place=place)
    await _step(context, match)


async def press_clear(_: Update, context: Context) -> None:
    """Button: take back what was chosen."""
    number, question = _sheet(context, 2)
    await _step(context, partial(flow.clear, actor=context.actor, number=number, question=question))


async def press_done(_: Update, context: Context) -> None:
    """Button: answer with what was chosen."""
    number, question = _sheet(context, 2)
    await _step(context, partial(flow.done, actor=context.actor, number=number, question=question))


async def press_next(_: Update, context: Context) -> None:
    """Button: the next question."""
    number, question = _sheet(context, 2)
    await _step(context, partial(flow.go_on, actor=context.actor, number=number, question=question))


async def hear(context: Context, draft: Draft) -> None:
    """What is typed answers the question that is shown; it is told in the question's message. Raises BadArguments."""
    if context.incoming.message is None:  # an edit: the first answer counts
        await context.run()
        return
    number = SheetId(int(draft.values.get(SHEET, "0")))
    try:
        asked = await context.read(partial(flow.look, actor=context.actor, number=number))
    except (SheetOver, NotYourSheet, AlreadyAnswered, SetOver):  # what is typed next means something else again
        await context.answer(partial(drafts.finish, draft=draft), always(Message("asking.draft_over")))
        return
    given = read_answer(asked, context.text)

    def unit(stores: Stores) -> None:
        sheet = asked.sheet
        shown = flow.write(
            stores,
            context.actor,
            number=number,
            question=sheet.question,
            version=asked.question.version,
            answer=given,
        )
        _show(stores, context, shown)

    await context.run(unit)


def read_answer(asked: Asked, text: str) -> Answer:
    """A typed answer to a question as somebody sees it. Raises BadArguments."""
    question = asked.question.question
    count = {
        QuestionKind.FILL_IN: len(question.blanks),
        QuestionKind.MATCHING: len(question.pairs),
        QuestionKind.ORDERING: len(question.options),
    }.get(question.kind, 0)
    found = _read(asked, text, count)
    if found is None or not flow.fits(asked.question, found):
        raise BadArguments("asking.not_understood", kind=question.kind, count=count)
    return found


def _read(asked: Asked, text: str, count: int) -> Answer | None:
    question = asked.question.question
    if question.kind is QuestionKind.FILL_IN:
        words = answer.blanks(text, count)
        return None if words is None else tuple(word[:MAX_WORD_CHARS] for word in words)
    if question.kind is QuestionKind.TRUE_FALSE:
        said = answer.truth(text)
        return None if said is None else (0 if said else 1,)
    shown = asked.sheet.places(question)
    places = answer.places(text, len(shown))
    if places is None:
        return None
    several = question.kind is not QuestionKind.MATCHING and len(set(places)) < len(places)
    return None if several else tuple(shown[place] for place in places)


TYPED = Form(DRAFT, (), Permission.TAKE_PART, ends_elsewhere, hear=hear)
FEATURE = Feature(
    "asking",
    handlers=(
        Command("challenge", challenge, TAKE_PART),
        Command("special", special.begin, special.NEEDS),
        PrivatePress("ask.pick", press_pick),
        PrivatePress("ask.tick", press_tick),
        PrivatePress("ask.match", press_match),
        PrivatePress("ask.clear", press_clear),
        PrivatePress("ask.done", press_done),
        PrivatePress("ask.next", press_next),
        PrivatePress("sets.open", press_open_set),
        PrivatePress("sets.share", special.press_share, Permission.TAKE_PART),
        PrivatePress("challenge.open", challenge),
    ),
    entries=(
        Entry("challenge", "asking", TAKE_PART, 105, frozenset({Audience.PRIVATE}), help=Help(12)),
        Entry(
            "special",
            "asking",
            special.SHOWN,
            142,
            frozenset({Audience.SECRETARIES}),
            help=Help(62, Section.IN_CHARGE),
        ),
    ),
    start=start,
    forms=(TYPED, special.FORM),
)
