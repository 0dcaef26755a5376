"""/hidden_words: the list of words that hide a suggestion in public, shown and changed in chat or by a file."""

import re
from functools import partial

from telegram import Update

from domain.ids import SuggestionId
from domain.messaging.message import Document, Message, Text
from domain.people.permission import Permission
from domain.voice.suggestion import Suggestion, hiding
from handlers import documents
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command
from handlers.command import Command, PrivatePress
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help, Section

NEEDS = Needs(in_private=Permission.CHANGE_SETTINGS)
BETWEEN = re.compile(r"[\s,，、;；]+")
MAX_WORDS_SHOWN = 60  # in a message; more come as a file


async def words(_: Update, context: Context) -> None:
    """/hidden_words [+WORD … -WORD …]: show or change the list; a text file with this caption is the whole list."""
    given = [one for one in BETWEEN.split(after_command(context.text)) if one]
    file = context.message.document if context.message else None
    if file is not None:
        content = await documents.download(context, file.file_id, file.file_size)
        whole = [one for one in BETWEEN.split(_decoded(content)) if one]
        use_case = partial(hiding.change_words, actor=context.actor, add=whole, whole=True)
        await context.answer(use_case, say_changed)
    elif given:
        add = [one.lstrip("+＋") for one in given if one[0] not in "-－−"]
        remove = [one[1:] for one in given if one[0] in "-－−"]
        change = partial(hiding.change_words, actor=context.actor, add=add, remove=remove)
        await context.answer(change, say_changed)
    else:
        await _show(context)


def _decoded(content: bytes) -> str:
    """The words of a file. Raises BadArguments."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadArguments("suggestion_words.not_text")


async def _show(context: Context) -> None:
    listed = await context.read(partial(hiding.show_words, actor=context.actor))
    message = Message("suggestion_words.listed", {"words": listed[:MAX_WORDS_SHOWN], "count": len(listed)})
    if len(listed) <= MAX_WORDS_SHOWN:
        await context.say(message)
        return
    content = "\n".join(listed).encode()
    await documents.send(context, Document("suggestion_words.file_name", "txt", content), message)


def say_changed(changed: hiding.Changed) -> Message:
    """How the list has changed."""
    values = {"added": changed.added, "removed": changed.removed, "count": len(changed.words)}
    return Message("suggestion_words.changed", values)


async def press_let_show(_: Update, context: Context) -> None:
    """Button: show a hidden suggestion in public. Raises Gone."""
    number = SuggestionId(context.pressed.having(1).number())
    await context.notify(partial(hiding.let_show, actor=context.actor, number=number), notice_shown)


def notice_shown(one: Suggestion) -> Text:
    """The notice that it is public."""
    return Text("suggestion_words.shown", {"suggestion": one})


FEATURE = Feature(
    "hiding",
    handlers=(Command("hidden_words", words, NEEDS), PrivatePress("suggestion.let_show", press_let_show)),
    entries=(
        Entry(
            "hidden_words",
            "suggestion_words",
            NEEDS,
            95,
            frozenset({Audience.NOBODY}),
            help=Help(45, Section.ADMINISTRATORS),
        ),
    ),
)
