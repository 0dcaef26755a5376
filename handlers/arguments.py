"""Parsing of what people type: typed values, or a refusal that says what is wrong and shows a correct example.

This module has what several areas use; each area has an `arguments.py` for its own commands.
"""

import re
import unicodedata
from datetime import datetime

from telegram import Message, MessageEntity, User

from domain.ids import TaskId
from domain.messaging.chat import Chat
from domain.people.member import Mention
from domain.refusal import Refusal
from handlers.origin import person_profile
from language import deadline

COMMAND = re.compile(r"[/／](?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?=\s|$)")
NAME = re.compile(r"[@＠]([A-Za-z0-9_]{1,32}|[^\W\d_]{1,24})")
BAR = re.compile(r"[|｜]")
BETWEEN_NAMES = " \t\n\u3000,，、"
ENTERPRISE_NAMES = ("全企业", "enterprise", "all")
WRONG_DEADLINE = {
    deadline.Reason.PAST: "task.past_deadline",
    deadline.Reason.NO_SUCH_DAY: "task.no_such_day",
    deadline.Reason.NO_SUCH_TIME: "task.no_such_time",
}
MAX_NUMBER = 2**53


class BadArguments(Refusal):
    """Arguments that cannot be parsed; `name` is the text that explains why."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(**values)
        self.text = name  # type: ignore[misc]  # every other refusal has one text for its class


def after_command(text: str) -> str:
    """The text after the command."""
    return COMMAND.sub("", text, count=1).strip()


def visible(text: str) -> str:
    """The text without surrounding blanks; empty if it has no visible character."""
    return text.strip() if any(unicodedata.category(sign)[0] not in "CZ" for sign in text) else ""


def number(text: str, usage: str) -> TaskId:
    """A task's number, in any digits. Raises BadArguments."""
    words = text.strip().strip("#＃号")
    if not words.isdecimal() or not 0 < int(words) < MAX_NUMBER:
        raise BadArguments(usage)
    return TaskId(int(words))


def leading_mentions(message: Message) -> tuple[list[Mention], str]:
    """The people named at the start of a command's arguments, and the text after them."""
    text = message.text or message.caption or ""
    entities = message.parse_entities([MessageEntity.TEXT_MENTION]) or message.parse_caption_entities(
        [MessageEntity.TEXT_MENTION]
    )
    rest = after_command(text)
    found: list[Mention] = []
    while rest:
        rest = rest.lstrip(BETWEEN_NAMES)
        link = next(((e, words) for e, words in entities.items() if words and rest.startswith(words) and e.user), None)
        name = NAME.match(rest)
        if link and link[0].user:
            found.append(Mention(link[1], person_profile(link[0].user)))
            rest = rest[len(link[1]) :]
        elif name:
            found.append(Mention(name[1]))
            rest = rest[name.end() :]
        else:
            break
    return found, rest


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


def due(text: str, group: Chat, now: datetime) -> tuple[datetime, str]:
    """A deadline at the start of a text, and the text after it. Raises BadArguments."""
    try:
        reading = deadline.read(text, group.local(now))
    except deadline.DeadlineError as error:
        raise BadArguments(WRONG_DEADLINE[error.reason]) from error
    if reading is None:
        raise BadArguments("task.no_deadline")
    return reading.due, reading.rest
