"""Parsing of what people type: typed values, or a refusal that says what is wrong and shows a correct example.

This module has what several areas use; each area has an `arguments.py` for its own commands.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from telegram import Message, MessageEntity, User

import plain
from domain.admin import setting
from domain.clock import calendar
from domain.ids import TaskId
from domain.messaging.chat import Chat
from domain.people.member import Mention
from domain.refusal import Refusal
from handlers.origin import person_profile, text_of
from handlers.utf16 import sign_at, units
from language import deadline

if TYPE_CHECKING:
    from domain.stores import Stores
    from handlers.context import Context

COMMAND = re.compile(r"[/／](?P<name>[A-Za-z0-9_]{1,32}+)(?:@(?P<bot>\w++))?(?=\s|$)")
NAME = re.compile(r"[@＠]([A-Za-z0-9_]{1,32}|[^\W\d_]{1,24})")
BAR = re.compile(r"[|｜]")
BETWEEN_NAMES = re.compile(r"[ \t\n\u3000,，、]*+")
MAX_NAMES = 100  # at the start of a command; what follows them is no name any more
ENTERPRISE_NAMES = ("全企业", "enterprise", "all")
WRONG_DEADLINE = {
    deadline.Reason.PAST: "task.past_deadline",
    deadline.Reason.NO_SUCH_DAY: "task.no_such_day",
    deadline.Reason.NO_SUCH_TIME: "task.no_such_time",
    deadline.Reason.UNCLEAR: "task.unclear_deadline",
    deadline.Reason.JUST_GONE: "task.just_gone",
    deadline.Reason.NO_CALENDAR: "task.no_calendar",
}
USUAL = deadline.Working()
MAX_NUMBER = 2**53
MAX_DIGITS = 32


class BadArguments(Refusal):
    """Arguments that cannot be parsed; `name` is the text that explains why."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(**values)
        self.text = name  # type: ignore[misc]  # every other refusal has one text for its class


def after_command(text: str) -> str:
    """The text after the command."""
    return COMMAND.sub("", text, count=1).strip()


def visible(text: str) -> str:
    """The text without surrounding blanks, as it was written; empty if it has no visible character."""
    return text.strip() if plain.clean(text).strip() else ""


def number(text: str, usage: str) -> TaskId:
    """A task's number, in any digits. Raises BadArguments."""
    words = plain.tidy(text).strip("#＃号")
    if not words.isdecimal() or len(words) > MAX_DIGITS or not 0 < int(words) < MAX_NUMBER:
        raise BadArguments(usage)
    return TaskId(int(words))


def leading_mentions(message: Message) -> tuple[list[Mention], str]:
    """The people named at the start of a command's arguments, and the text after them."""
    text = text_of(message)
    linked = linked_mentions(message)
    found: list[Mention] = []
    place = _after_blanks(text, arguments_begin(text))
    while len(found) < MAX_NAMES and (named := mention_at(text, place, linked)) is not None:
        mention, end = named
        found.append(mention)
        place = _after_blanks(text, end)
    return found, text[place:].rstrip()


def arguments_begin(text: str) -> int:
    """The place in a message after its command; the beginning if there is no command."""
    match = COMMAND.match(text)
    return match.end() if match else 0


def linked_mentions(message: Message) -> dict[int, tuple[Mention, int]]:
    """The mentions that the platform links in a message's text or caption, by their beginning, each with its end.

    The platform counts in units of UTF-16.
    """
    text = text_of(message)
    entities = [
        one
        for one in (message.entities if message.text else message.caption_entities)
        if one.type == MessageEntity.TEXT_MENTION and one.user is not None
    ]
    end = units(text) if entities else 0
    found: dict[int, tuple[Mention, int]] = {}
    for one in entities:
        first, last = one.offset, one.offset + one.length
        if one.user is not None and first < last <= end:
            begins, ends = sign_at(text, first), sign_at(text, last)
            found[begins] = Mention(text[begins:ends], person_profile(one.user)), ends
    return found


def _after_blanks(text: str, place: int) -> int:
    """The place behind what may stand between two names."""
    match = BETWEEN_NAMES.match(text, place)
    return match.end() if match else place


def mention_at(text: str, place: int, linked: Mapping[int, tuple[Mention, int]]) -> tuple[Mention, int] | None:
    """The person mentioned at a place of a text, and where the mention ends."""
    if place in linked:
        return linked[place]
    name = NAME.match(text, place)
    return (Mention(name[1]), name.end()) if name else None


def replied_author(message: Message) -> User | None:
    """The author of the message that this one replies to.

    `None` for a bot, for a message in the name of a group or channel, and for the one that opened a topic.
    """
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created or answered.sender_chat is not None:
        return None
    if answered.from_user is None or answered.from_user.is_bot:
        return None
    return answered.from_user


async def working(context: "Context") -> deadline.Working:
    """The working time of the message's chat: the end of the day, and the days off."""
    return await context.read(partial(working_in, chat=context.actor.chat))


def working_in(stores: "Stores", *, chat: Chat) -> deadline.Working:
    """The working time of a chat."""
    ends = setting.day_end_of(stores, chat)
    return deadline.Working(timedelta(hours=ends.hour, minutes=ends.minute), calendar.known_workdays(stores))


def wrong_day(error: deadline.DeadlineError, texts: Mapping[deadline.Reason, str], **values: object) -> BadArguments:
    """The refusal of a deadline or a day that cannot be read, in the words of the feature that asked for it."""
    if isinstance(error, deadline.JustGone):
        return BadArguments(texts[error.reason], written=error.written, day=error.day, later=error.later, **values)
    return BadArguments(texts[error.reason], written=error.written, **values)


def due(text: str, group: Chat, now: datetime, working: deadline.Working = USUAL) -> tuple[datetime, str]:
    """A deadline at the start of a text, and the text after it. Raises BadArguments."""
    try:
        reading = deadline.read(text, group.local(now), working=working)
    except deadline.DeadlineError as error:
        raise wrong_day(error, WRONG_DEADLINE) from error
    if reading is None:
        raise BadArguments("task.no_deadline")
    return reading.due, reading.rest
