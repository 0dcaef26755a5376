"""What people type about tasks, as typed values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import Message

from domain.messaging.chat import Chat
from domain.people.member import Mention
from domain.work.task import Plan
from handlers.arguments import BAR, USUAL, BadArguments, due, leading_mentions, replied_author, visible
from handlers.origin import person_profile
from language.deadline import Working

NOBODY = ("all", "everyone", "here", "所有人", "全体成员")  # these are not owners: each owner of a task is named
LABEL = re.compile(r"(标准|成果|standard|outcome)\s*+[:：]\s*+(.*)", re.IGNORECASE | re.DOTALL)
MAX_TITLE_CHARS, MAX_PART_CHARS = 200, 500


@dataclass(frozen=True, slots=True)
class TaskArguments:
    """What `/task` asks for."""

    mentions: Sequence[Mention]
    due_at: datetime
    plan: Plan


def task(message: Message, group: Chat, now: datetime, working: Working = USUAL) -> TaskArguments:
    """`@name … DEADLINE TITLE [| 标准：…] [| 成果：…]`; if nobody is named, the replied message's author.

    Raises BadArguments.
    """
    named, rest = leading_mentions(message)
    bot = message.get_bot().username.lower()
    mentions = [mention for mention in named if mention.name.lower() not in {bot, *NOBODY}]
    answered = replied_author(message)
    if not mentions and answered:
        mentions = [Mention(answered.full_name, person_profile(answered))]
    if not mentions:
        raise BadArguments("task.no_owner")
    due_at, rest = due(rest, group, now, working)
    return TaskArguments(mentions, due_at, plan(rest))


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
