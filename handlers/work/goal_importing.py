"""Tables of goals in private: a file comes in after it was agreed to, and goes out; an empty form to fill in."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from domain.ids import DraftId
from domain.messaging.message import Document, Message, Text
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.work.goal import importing
from domain.work.goal.lines import WrongGoals
from handlers import access, documents
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.form import Form, ends_elsewhere
from handlers.work import goal_files, goal_place
from handlers.work.goal_files import XLSX, FaultyGoals, NoGoalFile
from sheets import Reason, WrongFile, goals

if TYPE_CHECKING:
    from telegram import Document as Sent
    from telegram import Update

    from domain.people.actor import Actor
    from domain.people.permission import Area
    from domain.work.goal.lines import Goals
    from handlers.context import Context
    from sheets.goals import FoundGoals

PLAN = Permission.PLAN_WORK


async def _as_planner(context: Context) -> tuple[Actor, Area | None] | None:
    """As whom the sender of a file plans, and the home that is meant where a row says none; `None` without a role."""
    if not await access.may(context, PLAN):
        return None
    places = await goal_place.planned(context)
    home = places[0].home if len(places) == 1 else None
    return (context.actor if home is None else await goal_place.acting(context, home)), home


async def take(context: Context, document: Sent, content: bytes) -> bool:
    """A file in private that looks like goals, of somebody who plans. Raises FaultyGoals, NoGoalFile."""
    if not goals.looks_like(content):
        return False
    planner = await _as_planner(context)
    if planner is None:
        return False
    try:
        found = await _read(context, content)
    except NoGoalFile as refusal:
        if documents.is_nobodys(content, refusal.values["wrong"]):
            return False
        raise
    actor, home = planner
    name = documents.plain_name(document.file_name or "")
    propose = partial(importing.propose, actor=actor, home=home, chat=context.actor, file=document.file_id, name=name)
    try:
        await context.answer(partial(propose, goals=goal_files.as_goals(found)), lambda proposed: proposed)
    except WrongGoals as wrong:
        raise FaultyGoals(wrong) from wrong
    return True


async def _read(context: Context, content: bytes) -> FoundGoals:
    """Raises NoGoalFile."""
    return await documents.read(context, goals.GOALS, content, unreadable=_unreadable)


def _unreadable(error: WrongFile) -> NoGoalFile:
    return NoGoalFile(wrong=error.reason, detail=error.detail)


async def press_import(_: Update, context: Context) -> None:
    """Button: import what was shown."""
    number = DraftId(context.pressed.numbers(1)[0])
    file = await context.read(partial(importing.proposed, actor=context.actor, number=number))
    planner = await _as_planner(context)
    if planner is None:
        raise ButtonExpired
    actor, home = planner
    context.show_notice(Text("goal.importing"))
    agree = partial(importing.agree, actor=actor, home=home, chat=context.actor, number=number)
    try:
        await context.run(partial(agree, goals=await _fetch(context, file)))
    except WrongGoals as wrong:  # the store has changed since; a press takes one notice, and has it
        refusal = FaultyGoals(wrong)
        await context.say(Message(refusal.text, refusal.values))
    except NoGoalFile as refused:
        await context.say(Message(refused.text, refused.values))


async def _fetch(context: Context, file: str) -> Goals:
    """Raises NoGoalFile, WrongGoals."""
    try:
        content = await documents.download(context, file, None)
    except BadRequest as error:
        raise NoGoalFile(wrong=Reason.TOO_COSTLY, detail="") from error
    except WrongFile as error:
        raise NoGoalFile(wrong=error.reason, detail=error.detail) from error
    return goal_files.as_goals(await _read(context, content))


async def press_cancel(_: Update, context: Context) -> None:
    """Button: import nothing."""
    number = DraftId(context.pressed.numbers(1)[0])
    await context.run(partial(importing.decline, actor=context.actor, number=number))
    context.show_notice(Text("goal.not_imported"))


async def press_template(_: Update, context: Context) -> None:
    """Button: an empty form."""
    check = partial(permissions.require, actor=context.actor, permission=PLAN)
    content = await _written(context, [])
    document = Document("goal.template_name", XLSX, content)
    await documents.send(context, document, Message("goal.template_caption"), use_case=check)
    context.acknowledge()


async def press_export(_: Update, context: Context) -> None:
    """Button: all goals that one sees, as a file."""
    written = await context.read(partial(importing.export, actor=context.actor))
    document = Document("goal.file_name", XLSX, await _written(context, written), {"day": context.actor.today})
    caption = Message("goal.file_caption", {"count": len(written)})
    noted = partial(importing.note_export, actor=context.actor, count=len(written))
    await documents.send(context, document, caption, use_case=noted)
    context.acknowledge()


async def _written(context: Context, written: list[importing.Written]) -> bytes:
    language = context.actor.reader.language
    return await asyncio.to_thread(goal_files.write, written, XLSX, context.label, language)


# Open while a file waits for its buttons; whoever types instead is told so.
FORM = Form(importing.FORM, (), Permission.TAKE_PART, ends_elsewhere, awaits_press="goal.awaits_button_press")
PRESSES = (
    PrivatePress("goal.import", press_import),
    PrivatePress("goal.cancel", press_cancel),
    PrivatePress("goal.template", press_template, PLAN),
    PrivatePress("goal.export", press_export, PLAN),
)
