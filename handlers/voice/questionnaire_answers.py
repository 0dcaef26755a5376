"""A round is answered in private: one message, edited from question to question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import RoundId
from domain.messaging import draft as drafts
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.voice.questionnaire import answering
from domain.voice.questionnaire.answering import NotInvited, Submitted
from domain.voice.questionnaire.model import CHOICES, QuestionKind, WrongAnswer
from domain.voice.questionnaire.service import LINK, RoundOver, invitation
from domain.voice.questionnaire.sheet import Sheet, options_named
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.command import PrivatePress
from handlers.context import always
from handlers.form import Form, ends_elsewhere
from handlers.links import number_in
from handlers.voice.questionnaire_sheet import say_overview, say_paused, say_sheet, say_submitted
from language import deadline

if TYPE_CHECKING:
    from telegram import Update

    from domain.messaging.draft import Draft
    from domain.voice.questionnaire.model import Question, Value
    from handlers.context import Context
    from handlers.form import AllStores as Stores

DRAFT, ROUND = "answering", "round"  # the form of what is typed, and the key of its round
MAX_READ_CHARS = 500  # of what is no text: options, a day, a number
NUMBER = re.compile(r"([-+]?\d{1,15}(?:\.\d{1,6})?)[^\d.]{0,4}")
DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})[日号]?")
BETWEEN = re.compile(r"[,，、;；>\s]+")
ON = "on"
Step = Callable[["Stores"], Sheet]
Say = Callable[[Sheet], Message]


async def start(context: Context, payload: str) -> bool:
    """A deep link to a round (`round_12`), in private. Whether it was one."""
    number = number_in(payload, LINK)
    if number is None or context.actor.chat.is_group:
        return False
    await _open(context, RoundId(number))
    return True


async def press_open(_: Update, context: Context) -> None:
    """Button: answer a round, or change what was submitted."""
    await _open(context, RoundId(context.pressed.numbers(1)[0]))
    context.acknowledge()


async def _open(context: Context, number: RoundId) -> None:
    """Show where the dialogue stands, in a new message at the end of the chat."""

    def unit(stores: Stores) -> None:
        sheet = answering.open_(stores, context.actor, number=number)
        about = invitation(sheet.round, sheet.member)
        stores.outbox.delete(about, key=f"{about}:{context.update_id}")
        _put(stores, context, sheet, say_sheet(sheet))

    await context.run(unit)


def _put(stores: Stores, context: Context, sheet: Sheet, message: Message) -> None:
    """Say it at the end of the chat; the dialogue has one message."""
    _listen(stores, context, sheet)
    stores.outbox.delete(sheet.subject, key=f"{sheet.subject}:{context.update_id}")
    stores.outbox.send(context.actor.chat.id, message, key=context.key, urgent=True)


def _listen(stores: Stores, context: Context, sheet: Sheet) -> None:
    """What is typed from now on answers this round."""
    known = stores.drafts.open_of(context.actor.member.id, context.actor.chat.id)
    if known is None or known.form != DRAFT or known.values.get(ROUND) != str(sheet.round.id):
        drafts.begin(stores, context.actor, DRAFT, {ROUND: str(sheet.round.id)})


def _stop_listening(stores: Stores, context: Context) -> None:
    known = stores.drafts.open_of(context.actor.member.id, context.actor.chat.id)
    if known is not None and known.form == DRAFT:
        drafts.finish(stores, known)


async def _step(context: Context, step: Step, say: Say = say_sheet) -> None:
    """Do what a button says, and show where the dialogue stands then, in the same message.

    A button of an earlier message says that it is over.
    """

    def unit(stores: Stores) -> None:
        sheet = step(stores)
        _require_newest(stores, context, sheet)
        if say is say_paused:
            _stop_listening(stores, context)
        else:
            _listen(stores, context, sheet)
        stores.outbox.edit(sheet.subject, say(sheet), key=f"{sheet.subject}:{context.update_id}")

    await context.run(unit)
    context.acknowledge()


def _require_newest(stores: Stores, context: Context, sheet: Sheet) -> None:
    """Raises ButtonExpired for a button of another message than the dialogue's."""
    place = context.place
    if place is None or stores.outbox.subject(context.actor.chat.id, place.message_id) != sheet.subject:
        raise ButtonExpired
    if stores.outbox.message_about(sheet.subject) != place.message_id:
        raise ButtonExpired


async def press_start(_: Update, context: Context) -> None:
    """Button: show the first question."""
    await _step(context, partial(answering.start, actor=context.actor, number=_number(context, 1)))


def _number(context: Context, count: int) -> RoundId:
    return RoundId(context.pressed.having(count).number())


async def press_pick(_: Update, context: Context) -> None:
    """Button: the only option, or a rating."""
    number, question, option = context.pressed.numbers(3)
    step = partial(answering.choose, actor=context.actor, number=RoundId(number), question=question, option=option)
    await _step(context, step)


async def press_tick(_: Update, context: Context) -> None:
    """Button: one of several options, on or off."""
    number, question, option = _number(context, 4), context.pressed.number(1), context.pressed.number(2)
    on = context.pressed.word(3) == ON
    step = partial(answering.tick, actor=context.actor, number=number, question=question, option=option, on=on)
    await _step(context, step)


async def press_rank(_: Update, context: Context) -> None:
    """Button: the next in the order."""
    number, question, option = context.pressed.numbers(3)
    step = partial(answering.rank, actor=context.actor, number=RoundId(number), question=question, option=option)
    await _step(context, step)


async def press_clear(_: Update, context: Context) -> None:
    """Button: take the answer back."""
    number, question = context.pressed.numbers(2)
    await _step(context, partial(answering.clear, actor=context.actor, number=RoundId(number), question=question))


async def press_next(_: Update, context: Context) -> None:
    """Button: the next question."""
    number, question = context.pressed.numbers(2)
    await _step(context, partial(answering.further, actor=context.actor, number=RoundId(number), question=question))


async def press_back(_: Update, context: Context) -> None:
    """Button: the question before."""
    await _step(context, partial(answering.back, actor=context.actor, number=_number(context, 1)))


async def press_change(_: Update, context: Context) -> None:
    """Button: change an answer from the overview."""
    number, question = context.pressed.numbers(2)
    await _step(context, partial(answering.change, actor=context.actor, number=RoundId(number), question=question))


async def press_overview(_: Update, context: Context) -> None:
    """Button: all answers at a look."""
    step = partial(answering.change, actor=context.actor, number=_number(context, 1), question=None)
    await _step(context, step, say_overview)


async def press_pause(_: Update, context: Context) -> None:
    """Button: go on later."""
    await _step(context, partial(answering.pause, actor=context.actor, number=_number(context, 1)), say_paused)


async def press_submit(_: Update, context: Context) -> None:
    """Button: count the answers."""
    number = _number(context, 1)

    def unit(stores: Stores) -> Submitted | Sheet:
        known = answering.look(stores, context.actor, number=number)
        _require_newest(stores, context, known)
        outcome = answering.submit(stores, context.actor, number=number)
        if isinstance(outcome, Submitted):
            _stop_listening(stores, context)
        message = say_submitted(outcome) if isinstance(outcome, Submitted) else say_sheet(outcome)
        stores.outbox.edit(known.subject, message, key=f"{known.subject}:{context.update_id}")
        return outcome

    outcome = await context.run(unit)
    if isinstance(outcome, Sheet):
        context.show_notice(Text("questionnaire.not_answered"))
    else:
        context.acknowledge()


async def hear(context: Context, draft: Draft) -> None:
    """What is typed answers the question that is shown. Raises BadArguments, WrongAnswer."""
    number = RoundId(int(draft.values.get(ROUND, "0")))
    if context.incoming.message is None:  # an edit: the answer is changed by 上一题
        await context.run()
        return
    try:
        sheet = await context.read(partial(answering.look, actor=context.actor, number=number))
    except (RoundOver, NotInvited) as over:  # what is typed next means something else again
        await context.answer(partial(drafts.finish, draft=draft), always(Message(over.text)))
        return
    question = sheet.question
    if question is None:
        raise BadArguments("questionnaire.press_a_button")
    value = await read_answer(context, question)

    def unit(stores: Stores) -> None:
        following = answering.write(stores, context.actor, number=number, question=sheet.index, value=value)
        _put(stores, context, following, say_sheet(following))

    await context.run(unit)


async def read_answer(context: Context, question: Question) -> Value:
    """A typed answer. Raises WrongAnswer."""
    words = visible(context.text)
    read = plain.line(words, MAX_READ_CHARS)
    value: Value | None = None
    if question.kind in CHOICES:
        value = options_named(question, [words]) or options_named(question, _several(read))
    elif question.kind is QuestionKind.TEXT:
        value = words
    elif question.kind is QuestionKind.DATE:
        value = _day(context, read)
    elif found := NUMBER.fullmatch(read.replace(",", "")):
        value = Decimal(found[1]) if question.kind is QuestionKind.NUMBER else _whole(found[1])
    if value is None:
        raise WrongAnswer(question=question, reason=question.kind.value)
    return value


def _several(read: str) -> list[str]:
    """Options in a row: `A、C`, `AC`, `1 3`."""
    words = [one for one in BETWEEN.split(read) if one]
    if len(words) == 1 and words[0].isascii() and words[0].isalpha():
        words = list(words[0])
    return [one.upper() if len(one) == 1 else one for one in words]


def _whole(digits: str) -> int | None:
    return int(digits) if digits.isdecimal() else None


def _day(context: Context, read: str) -> date | None:
    """A day as it is written on a form, or in words."""
    if found := DAY.fullmatch(read):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None
    try:
        reading = deadline.read(read, context.actor.chat.local(context.now))
    except deadline.DeadlineError:
        return None
    return None if reading is None or reading.rest else context.actor.chat.day(reading.due)


TYPED = Form(DRAFT, (), Permission.TAKE_PART, ends_elsewhere, hear=hear)
PRESSES = (
    PrivatePress("round.open", press_open),
    PrivatePress("round.start", press_start),
    PrivatePress("round.pick", press_pick),
    PrivatePress("round.tick", press_tick),
    PrivatePress("round.rank", press_rank),
    PrivatePress("round.clear", press_clear),
    PrivatePress("round.next", press_next),
    PrivatePress("round.back", press_back),
    PrivatePress("round.change", press_change),
    PrivatePress("round.overview", press_overview),
    PrivatePress("round.pause", press_pause),
    PrivatePress("round.submit", press_submit),
)
