"""What people type about tasks, as typed values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import Message

from domain.messaging.chat import Chat
from domain.people.member import Mention
from domain.people.naming import Directory, Nobody, Wanted
from domain.work.task import Plan
from handlers.arguments import BAR, USUAL, BadArguments, arguments_begin, due, replied_author, visible
from handlers.origin import person_profile, text_of
from handlers.work import owners
from language.deadline import Working

LABEL = re.compile(r"(标准|成果|standard|outcome)\s*+[:：]\s*+(.*)", re.IGNORECASE | re.DOTALL)
MAX_TITLE_CHARS, MAX_PART_CHARS = 200, 500


@dataclass(frozen=True, slots=True)
class TaskArguments:
    """What `/task` asks for."""

    owners: Sequence[Wanted]
    due_at: datetime
    plan: Plan


def task(
    message: Message,
    group: Chat,
    now: datetime,
    names: Directory,
    *,
    working: Working = USUAL,
    start: int | None = None,
) -> TaskArguments:
    """`NAME … DEADLINE TITLE [| 标准：…] [| 成果：…]`; if nobody is named, the replied message's author.

    A name is a mention, one of the group's people (`names`), a party group, or everybody. The arguments begin behind
    the command, or at `start`. Raises BadArguments, Nobody.
    """
    begin = arguments_begin(text_of(message)) if start is None else start
    found, rest = owners.read(message, names, group.local(now), begin)
    answered = replied_author(message)
    if not found and answered:
        found = [Mention(answered.full_name, person_profile(answered))]
    if not found:
        raise BadArguments("task.no_owner")
    due_at, rest = due(rest, group, now, working)
    return TaskArguments(found, due_at, plan(rest))


def named(message: Message, group: Chat, now: datetime, names: Directory) -> Sequence[Wanted]:
    """The names in an answer that has nothing else. Raises BadArguments, Nobody."""
    found, rest = owners.read(message, names, group.local(now), arguments_begin(text_of(message)))
    if rest and not found:
        raise Nobody(name=rest, nearest=names.nearest(rest))
    if not found:
        raise BadArguments("task.no_owner")
    return found


def plan(text: str) -> Plan:
    """`TITLE [| 标准：…] [| 成果：…]`. Raises BadArguments."""
    title, *parts = (visible(part) for part in BAR.split(text))
    title = visible(title.lstrip("，,：: \u3000"))
    if not title:
        raise BadArguments("task.no_title")
    _check_length(title, MAX_TITLE_CHARS)
    said = {"standard": "", "outcome": ""}
    for part in filter(None, parts):
        match = LABEL.fullmatch(part)
        if match is None:
            raise BadArguments("task.unknown_part", part=part)
        _check_length(match[2], MAX_PART_CHARS)
        said["standard" if match[1].lower() in ("标准", "standard") else "outcome"] = match[2].strip()
    return Plan(title, **said)


def _check_length(words: str, most: int) -> None:
    if len(words) > most:
        raise BadArguments("task.too_long", length=len(words), most=most)
