"""What becomes a finding by a button (a suggestion that is answered, a decision), and the photo of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import DecisionId, FindingId, SuggestionId
from domain.life.meeting import deciding
from domain.life.rectification import planning, seeing, sources
from domain.life.rectification.card import shown_to
from domain.life.rectification.model import Source
from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.refusal import NoMore
from domain.voice.suggestion import triage
from handlers import access
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.life.rectification_form import REPORT, from_source
from handlers.messaging import asking

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from handlers.form import AllStores as Stores

ANSWER, PLAN, PART = Permission.ANSWER_SUGGESTIONS, Permission.PLAN_WORK, Permission.TAKE_PART


async def press_suggestion(_: Update, context: Context) -> None:
    """Button of a suggestion that is being answered: make a finding of it, with a preview. Raises NoMore."""
    numbers = context.pressed.numbers(2)
    number, version = SuggestionId(numbers[0]), numbers[1]
    group = await context.read(partial(triage.place_of, number=number))
    if group is None:
        raise NoMore
    there = await access.in_group(context, group, ANSWER)

    def unit(stores: Stores) -> None:
        case = sources.suggestion_to_open(stores, there, number=number, version=version)
        came, text = f"suggestion:{number}:{version}", case.suggestion.text
        values = from_source(group.id, came, text, Source.SUGGESTION)
        asking.begin(stores, context=context, form=REPORT, values=values)

    await context.run(unit)
    context.acknowledge()


async def press_decision(_: Update, context: Context) -> None:
    """Button of a decision: the same; one that is a finding already is shown."""
    number = DecisionId(context.pressed.numbers(1)[0])
    place = await context.read(partial(deciding.group_of, number=number))
    group = await context.read(lambda stores: stores.chats.get(place))
    there, private = await access.in_group(context, group, PLAN), context.actor.chat.id

    def unit(stores: Stores) -> None:
        decision, found = sources.decision_to_open(stores, there, number=number)
        if found is not None:
            stores.outbox.send(private, shown_to(stores, there, found), key=context.key, urgent=True)
            return
        text = f"{decision.title}\n{decision.grounds}"
        values = from_source(group.id, f"decision:{number}", text, Source.MEETING)
        asking.begin(stores, context=context, form=REPORT, values=values)

    await context.run(unit)
    context.acknowledge()


async def press_photo(_: Update, context: Context) -> None:
    """Button of the page: the photo of what was found, at the end of the chat. Raises FindingNotFound."""
    number, private = FindingId(context.pressed.numbers(1)[0]), context.actor.chat.id
    group = await context.read(lambda stores: stores.chats.get(seeing.group_of(stores, number)))
    there = await access.in_group(context, group, PLAN)

    def unit(stores: Stores) -> None:
        found = planning.show(stores, there, number=number)
        if found.file is None:
            raise ButtonExpired
        message = Message("rectification.photo", {"finding": found}, silent=True, attached=found.file)
        stores.outbox.send(private, message, key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


HANDLERS = (
    PrivatePress("rectification.photo", press_photo, Permission.SEE_OWN),
    PrivatePress("rectification.suggestion", press_suggestion, PART),
    PrivatePress("rectification.decision", press_decision, PART),
)
