"""The short forms about a finding: it is taken back, it came back, its deadline is moved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.rectification import looking_back, planning
from domain.life.rectification.model import (
    MAX_REASON_CHARS,
    Finding,
    check_words,
)
from domain.messaging.message import Message
from domain.people.permission import Permission
from handlers.arguments import BadArguments, working
from handlers.arguments import due as read_due
from handlers.form import WORDS, AskAgain, Ending, Field, Fill, Filled, Form, Told
from handlers.life.rectification_form import MAYBE, about, finding_of

if TYPE_CHECKING:
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PART = Permission.TAKE_PART


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why it was no finding."""
    return Message("rectification.ask_reason", {"finding": finding_of(stores, filled)})


async def hear_reason(context: Context) -> Fill:
    """Read it. Raises NoWords."""
    words = check_words(context.text, MAX_REASON_CHARS)
    return lambda _, filled: filled.with_(REASON, words)


async def drop(context: Context, filled: Filled) -> Ending:
    """Take the finding back."""
    use_case = partial(planning.drop, actor=context.actor, number=about(filled), reason=filled[REASON])
    return _told(context, filled, use_case, "rectification.dropped")


def _told(context: Context, filled: Filled, use_case: partial[Finding], text: str) -> Ending:
    """A use case whose outcome is said in private, where the form was filled in."""
    private, key = filled.draft.chat, context.key

    def unit(stores: Stores) -> Told:
        stores.outbox.send(private, Message(text, {"finding": use_case(stores)}), key=key, urgent=True)
        return Told()

    return unit


def ask_note(stores: Stores, filled: Filled) -> Message:
    """Ask in what it came back."""
    return Message("rectification.ask_note", {"finding": finding_of(stores, filled)})


async def hear_note(context: Context) -> Fill:
    """Read it. Raises NoWords."""
    words = check_words(context.text, MAX_REASON_CHARS)
    return lambda _, filled: filled.with_(NOTE, words)


async def came_back(context: Context, filled: Filled) -> Ending:
    """Open the finding again."""
    use_case = partial(looking_back.came_back, actor=context.actor, number=about(filled), note=filled[NOTE])
    return _told(context, filled, use_case, "rectification.opened_again")


REASON = Field("reason", WORDS, "rectification.field_reason", ask_reason, hear_reason)
DROP = Form("finding_drop", (REASON,), PART, drop)
NOTE = Field("note", WORDS, "rectification.field_note", ask_note, hear_note)
BACK = Form("finding_back", (NOTE,), PART, came_back)


def ask_new_last(stores: Stores, filled: Filled) -> Message:
    """Ask for another deadline."""
    return Message("rectification.ask_new_last", {"finding": finding_of(stores, filled)})


async def extend(context: Context, filled: Filled) -> Ending:
    """Set another deadline. Raises AskAgain where it has passed."""
    last_at = filled[NEW_LAST]
    if last_at is None or last_at <= context.now:
        raise AskAgain(NEW_LAST, BadArguments("task.past_deadline"))
    use_case = partial(planning.extend, actor=context.actor, number=about(filled), last_at=last_at)
    return _told(context, filled, use_case, "rectification.extended_by_you")


async def hear_new_last(context: Context) -> Fill:
    """Read a deadline. Raises BadArguments."""
    due_at, _ = read_due(context.text, context.actor.group, context.now, await working(context))
    return lambda _, filled: filled.with_(NEW_LAST, due_at)


NEW_LAST = Field("last", MAYBE, "rectification.field_last", ask_new_last, hear_new_last)
EXTEND = Form("finding_extend", (NEW_LAST,), PART, extend)
