"""A procedure's file in private: shown, and kept for a group or for everybody after a word."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import DraftId
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import EVERYWHERE, Permission, allows_over
from domain.refusal import Refusal
from domain.work.procedure import data, keeping
from handlers import access, documents
from handlers.command import PrivatePress
from handlers.context import ButtonExpired
from handlers.form import Form, ends_elsewhere
from handlers.work import procedure_files
from handlers.work.procedure_files import NoProcedureFile
from sheets import Reason, WrongFile
from sheets.procedure import PROCEDURE, looks_like
from sheets.process import Busy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Document as Sent
    from telegram import Update

    from domain.messaging.draft import Draft
    from domain.people.actor import Actor
    from domain.work.procedure.keeping import Brought
    from domain.work.procedure.template import Procedure
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
NAME = "procedure_file"  # the form of such a draft: nothing is asked, but for whom it is kept
KEPT = "procedure"  # the draft's key for what was read
FOR_ALL = 0  # on a button, in place of a group
PATIENCE = 40  # seconds for a file to be read: less than a handler is given
OFFERED = 8  # groups


class ProceduresWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "procedure.files_wait"


async def take(context: Context, _: Sent, content: bytes) -> bool:
    """A file in private: whether it is a procedure's, from somebody who plans work somewhere."""
    if not looks_like(content):
        return False
    groups = await access.where_allowed(context, PLAN)
    everywhere = await context.read(partial(_plans_everywhere, actor=context.actor))
    if not groups and not everywhere:
        return False
    try:
        async with asyncio.timeout(PATIENCE):
            found = await context.services.files.read(PROCEDURE, content, owner=context.actor.member.id)
    except Busy as error:
        raise ProceduresWait from error
    except (TimeoutError, WrongFile) as error:
        if isinstance(error, WrongFile) and documents.is_nobodys(content, error.reason):
            return False
        raise _unreadable(error) from error
    made = procedure_files.as_procedure(found)
    propose = partial(_propose, actor=context.actor, made=made)
    await context.answer(propose, partial(say_proposed, made=made, groups=groups, everywhere=everywhere))
    return True


def _unreadable(error: TimeoutError | WrongFile) -> NoProcedureFile:
    if isinstance(error, WrongFile):
        return NoProcedureFile(wrong=error.reason, detail=error.detail)
    return NoProcedureFile(wrong=Reason.TOO_COSTLY, detail="")


def _plans_everywhere(stores: Stores, *, actor: Actor) -> bool:
    return allows_over(stores, actor, PLAN, EVERYWHERE)


def _propose(stores: Stores, *, actor: Actor, made: Procedure) -> Draft:
    """Wait for a word for whom a procedure is kept."""
    told = json.dumps(data.of_procedure(made), ensure_ascii=False)
    return drafts.begin(stores, actor, NAME, {KEPT: told})


def say_proposed(draft: Draft, made: Procedure, groups: Sequence[Actor], *, everywhere: bool) -> Message:
    """What was read, and a button for each group that may have it."""
    rows = [
        [Button("procedure.keep_button", Action("procedure.keep", draft.id, one.group.id), {"group": one.group})]
        for one in groups[:OFFERED]
    ]
    if everywhere:
        rows.append([Button("procedure.keep_for_all", Action("procedure.keep", draft.id, FOR_ALL))])
    rows.append([Button("procedure.drop_button", Action("procedure.drop", draft.id))])
    return Message("procedure.read", {"procedure": made}, rows, draft.subject)


async def press_keep(_: Update, context: Context) -> None:
    """Button: keep it for a group, or for everybody."""
    number, chosen = context.pressed.numbers(2)
    if chosen == FOR_ALL:
        actor, use_case = context.actor, keeping.bring_in_for_all
    else:
        groups = await access.where_allowed(context, PLAN)
        found = next((one for one in groups if one.group.id == chosen), None)
        if found is None:
            raise ButtonExpired
        actor, use_case = found, keeping.bring_in

    def unit(stores: Stores) -> Brought:
        draft = _own(stores, context, number)
        made = data.to_procedure(json.loads(draft.values[KEPT]))
        brought = use_case(stores, actor, procedure=made)
        stores.drafts.remove(draft.id)
        shown = Message("procedure.brought", {"brought": brought})
        stores.outbox.edit(draft.subject, shown, key=f"{draft.subject}:done")
        return brought

    await context.run(unit)
    context.acknowledge()


def _own(stores: Stores, context: Context, number: int) -> Draft:
    """The draft of a file. Raises DraftOver, NotYourDraft."""
    return drafts.own_of(stores, context.actor, NAME, DraftId(number))


async def press_drop(_: Update, context: Context) -> None:
    """Button: do not keep it."""
    (number,) = context.pressed.numbers(1)
    await context.run(lambda stores: drafts.finish(stores, _own(stores, context, number)))
    context.show_notice(Text("procedure.dropped"))


# Open while a file waits for its buttons; whoever types instead is told so.
FORM = Form(NAME, (), PLAN, ends_elsewhere, awaits_press="procedure.awaits_press")
PRESSES = (PrivatePress("procedure.keep", press_keep), PrivatePress("procedure.drop", press_drop))
