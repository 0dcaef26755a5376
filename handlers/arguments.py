"""Parsing of what people type: typed values, or a refusal that says what is wrong and shows a correct example.

This module has what several areas use; each area has an `arguments.py` for its own commands.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from telegram import Message, MessageEntity, User

import plain
from domain.ids import TaskId
from domain.messaging.chat import Chat
from domain.people.member import Mention
from domain.refusal import Refusal
from handlers.origin import person_profile, text_of
from language import deadline

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
}
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
    text = after_command(text_of(message))
    entities = message.parse_entities([MessageEntity.TEXT_MENTION]) or message.parse_caption_entities(
        [MessageEntity.TEXT_MENTION]
    )
    found: list[Mention] = []
    place = _after_blanks(text, 0)
    while len(found) < MAX_NAMES and (named := _mention_at(text, place, entities)) is not None:
        mention, length = named
        found.append(mention)
        place = _after_blanks(text, place + length)
    return found, text[place:]


def _after_blanks(text: str, place: int) -> int:
    """The place behind what may stand between two names."""
    match = BETWEEN_NAMES.match(text, place)
    return match.end() if match else place


def _mention_at(text: str, place: int, entities: Mapping[MessageEntity, str]) -> tuple[Mention, int] | None:
    """The person named at a place of a text, and the length of the name."""
    for entity, words in entities.items():
        if words and entity.user and text.startswith(words, place):
            return Mention(words, person_profile(entity.user)), len(words)
    name = NAME.match(text, place)
    return (Mention(name[1]), len(name[0])) if name else None


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
