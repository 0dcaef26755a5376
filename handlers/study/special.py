"""/special: a secretary gives a group a set of questions; a topic, how many, until when, a preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import ChatId, QuestionId, QuestionSetId
from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.people.permission import Permission
from domain.study.question import MAX_TOPIC_CHARS
from domain.study.sets import service, sharing
from domain.study.sets.model import MAX_SPECIAL_QUESTIONS
from domain.study.sets.picking import askable
from domain.study.sets.sharing import Shared
from handlers import access, pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import DAY, NUMBER, WORDS, Choice, Ending, Field, Fill, Filled, Form, Told
from handlers.messaging import form
from handlers.messaging.asking import PLACE
from language import deadline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.people.actor import Actor
    from domain.study.sets.service import Plan
    from handlers.context import Context
    from handlers.form import AllStores as Stores

NEEDS, SHOWN = Needs(in_private=Permission.TAKE_PART), Needs(in_private=Permission.ASK_SURVEYS)
TOPICS, COUNTS, LISTED = 8, (5, 10, 15, 20), 10
OFFERED, ALL = 12, 0  # groups that may get the same set; the number that stands for all of them
EVERY = "0"  # no topic in particular


async def begin(_: Update, context: Context) -> None:
    """/special: begin the form, for one of the sender's groups."""
    await form.begin_for_group(context, FORM)


def ask_topic(_: Stores, __: Filled) -> Message:
    """Ask for the topic."""
    return Message("asking.ask_topic")


def offer_topics(stores: Stores, actor: Actor, __: Filled) -> Sequence[Choice]:
    """What there are most questions about. A button carries the number of one of them: a topic may be too long."""
    found = askable(stores, actor.group, actor.today, ())
    first = {one.question.topic: one.id for one in reversed(found)}
    counted = list(service.topics(found).items())[:TOPICS]
    named = [
        Choice(Text("asking.topic_button", {"topic": topic, "count": count}), str(first[topic]))
        for topic, count in counted
    ]
    return [*named, Choice(Text("asking.every_topic_button", {"count": len(found)}), EVERY)]


async def hear_topic(context: Context) -> Fill:
    """Read a topic."""
    topic, today = plain.tidy(context.text, MAX_TOPIC_CHARS), context.actor.today

    def fill(stores: Stores, filled: Filled) -> Filled:
        if not askable(stores, stores.chats.get(_group(filled)), today, (topic,)):
            raise BadArguments("asking.unknown_topic", topic=topic)
        return filled.with_(TOPIC, topic)

    return fill


def pick_topic(_: Actor, value: str) -> Fill:
    """A topic was tapped. Raises ButtonExpired."""
    if not value.isdecimal():
        raise ButtonExpired

    def fill(stores: Stores, filled: Filled) -> Filled:
        found = None if value == EVERY else stores.questions.get(QuestionId(int(value)))
        if value != EVERY and found is None:
            raise ButtonExpired
        return filled.with_(TOPIC, "" if found is None else found.question.topic)

    return fill


def ask_count(_: Stores, __: Filled) -> Message:
    """Ask how many questions."""
    return Message("asking.ask_count")


def offer_counts(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The usual numbers."""
    return [Choice(Text("asking.count_button", {"count": count}), str(count)) for count in COUNTS]


async def hear_count(context: Context) -> Fill:
    """Read a number. Raises BadArguments."""
    return _count(plain.line(context.text).strip("题道 "))


def pick_count(_: Actor, value: str) -> Fill:
    """A number was tapped. Raises BadArguments."""
    return _count(value)


def _count(words: str) -> Fill:
    if (
        not words.isdecimal()
        or len(words) > len(str(MAX_SPECIAL_QUESTIONS))
        or not 0 < int(words) <= MAX_SPECIAL_QUESTIONS
    ):
        raise BadArguments("asking.ask_count")

    def fill(stores: Stores, filled: Filled) -> Filled:
        counted = filled.with_(COUNT, int(words))
        _plan(stores, counted)
        return counted

    return fill


def ask_last_day(_: Stores, __: Filled) -> Message:
    """Ask for the last day."""
    return Message("asking.ask_last_day")


def offer_days(_: Stores, actor: Actor, __: Filled) -> Sequence[Choice]:
    """Sunday of this week and of the next."""
    monday = actor.chat.week(actor.heard_at)
    days = (monday + timedelta(days=6), monday + timedelta(days=13))
    return [Choice(Text("asking.days_button", {"last_day": day}), day.isoformat()) for day in days]


async def hear_last_day(context: Context) -> Fill:
    """Read a day. Raises BadArguments."""
    chat = context.actor.chat
    try:
        reading = deadline.read(plain.line(context.text), chat.local(context.now))
    except deadline.DeadlineError as error:
        raise BadArguments("asking.no_day") from error
    if reading is None:
        raise BadArguments("asking.no_day")
    return _until(chat.day(reading.due))


def pick_last_day(_: Actor, value: str) -> Fill:
    """A day was tapped. Raises ButtonExpired."""
    try:
        return _until(date.fromisoformat(value))
    except ValueError as error:
        raise ButtonExpired from error


def _until(day: date) -> Fill:
    return lambda _, filled: filled.with_(LAST_DAY, day)


def _group(filled: Filled) -> ChatId:
    return ChatId(int(filled.draft.values.get(PLACE, filled.draft.chat)))


def _plan(stores: Stores, filled: Filled) -> Plan:
    """Raises TooFewQuestions."""
    group = stores.chats.get(_group(filled))
    return service.planned(stores, group, topic=filled[TOPIC], count=filled[COUNT], last_day=filled[LAST_DAY])


def preview(stores: Stores, filled: Filled) -> Message:
    """The questions as they will be asked."""
    plan = _plan(stores, filled)
    asked = [one.question for one in plan.questions]
    more = max(len(asked) - LISTED, 0)
    values = {"topic": plan.topic, "questions": asked[:LISTED], "last_day": plan.last_day, "more": more}
    return Message("asking.preview", values)


async def give_out(context: Context, filled: Filled) -> Ending:
    """Give the set out; whoever does is told so in private, and asked whether other groups are to have it."""
    private, source = filled.draft.chat, f"draft:{filled.draft.id}"
    places = await access.where_allowed(context, Permission.ASK_SURVEYS)
    others = [one.group for one in places if one.group.id != context.actor.group.id]

    def end(stores: Stores) -> Told:
        made = service.give_out(
            stores,
            context.actor,
            topic=filled[TOPIC],
            count=filled[COUNT],
            last_day=filled[LAST_DAY],
            source=source,
        )
        said = say_given_out(Shared(made, context.actor.group, (), others))
        about = Subject(pages.PAGE, context.update_id)
        stores.outbox.send(private, replace(said, subject=about), key=f"{made.subject}:given_out", urgent=True)
        return Told()

    return end


def say_given_out(found: Shared) -> Message:
    """What was given out, and buttons for the groups that may get it, too."""
    one, left = found.of, found.left[:OFFERED]
    values = {"count": len(one.questions), "last_day": found.last_day, "done": found.done, "short": found.short}
    rows = [[Button("asking.share_button", Action("sets.share", one.id, group.id), {"group": group})] for group in left]
    every = [[Button("asking.share_all_button", Action("sets.share", one.id, ALL), {"count": len(left)})]]
    return Message("asking.given_out", {**values, "offered": len(left)}, [*rows, *(every if len(left) > 1 else ())])


async def press_share(_: Update, context: Context) -> None:
    """Button: give a special set to another group, or to all that are offered."""
    number, wanted = context.pressed.numbers(2)
    places = await access.where_allowed(context, Permission.ASK_SURVEYS)
    offered = partial(sharing.shared, actor=context.actor, number=QuestionSetId(number), places=places)
    left = [one.id for one in (await context.read(offered)).left[:OFFERED]]
    groups = left if wanted == ALL else [ChatId(wanted)]
    use_case = partial(sharing.share, actor=context.actor, number=QuestionSetId(number), places=places, groups=groups)
    await pages.turn(context, use_case, say_given_out)


TOPIC = Field("topic", WORDS, "asking.field_topic", ask_topic, hear_topic, offer_topics, pick_topic)
COUNT = Field("count", NUMBER, "asking.field_count", ask_count, hear_count, offer_counts, pick_count, a_row=2)
LAST_DAY = Field(
    "last_day", DAY, "asking.field_last_day", ask_last_day, hear_last_day, offer_days, pick_last_day, a_row=2
)
FORM = Form("special", (TOPIC, LAST_DAY, COUNT), Permission.ASK_SURVEYS, give_out, preview, for_groups=True)
