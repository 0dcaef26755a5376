"""Plain words in chat: the handler of the command that they mean answers them.

They count in private, in replies to the bot, and if the bot is mentioned. Forwarded messages, edited messages and those
of bots never count. If the meaning is not sure, the bot asks. A mistyped command is answered with the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Message as Incoming
from telegram import MessageEntity, Update

from domain.messaging.message import Action, Button, Message, Subject, Text, in_rows
from domain.people.permission import Permission
from handlers import access
from handlers.action import ButtonExpired
from handlers.command import Command, Key, Press
from handlers.context import Context
from handlers.errors import say_once
from handlers.feature import Entry, Feature
from handlers.messaging import menu
from handlers.origin import text_of
from handlers.utf16 import sign_at, units
from language import intent
from language.intent import Intent, Kind

if TYPE_CHECKING:
    from domain.stores import Stores

ASKED = "words"  # the subject's kind for the question which command is meant
MAX_OFFERED = 3  # commands, for words that are not understood
NEAREST = 2  # commands, for a mistyped one
LIKELY = ("tasks", "study", "points")  # offered if the words name no command
CANCEL = "cancel"


async def hear(context: Context) -> bool:
    """Handle plain words that are meant for the bot. Returns whether they were understood."""
    said = context.incoming.message
    words = addressed(context, said) if said else None
    meant = intent.read(words) if words else None
    if said is None or meant is None:
        return False
    if meant.sure:
        return await _run(context, as_command(context, said, meant))
    found = _of([meant.command], menu.entries(context))
    if found:
        await _ask(context, ask_whether(found[0]))
    return bool(found)


def ask_whether(one: Entry) -> Message:
    """The question whether a command is meant."""
    look = intent.kinds()[one.command] is Kind.LOOK
    return Message("words.ask", {"meant": Text(one.menu_text), "look": look}, _yes_or_no(one))


async def cancels(context: Context) -> bool:
    """Cancel the open form if a message says so. Returns whether it did."""
    said = context.incoming.message
    meant = intent.read(text_of(said)) if said and said.forward_origin is None else None
    if said is None or meant is None or meant.command != CANCEL or not meant.sure:
        return False
    return await _run(context, as_command(context, said, meant))


def addressed(context: Context, said: Incoming) -> str | None:
    """The words of a message to the bot, with blanks in place of its mentions; `None` if it is not to the bot."""
    if not _is_own(said):
        return None
    text = text_of(said)
    mentions = list(_mentions(context, said))
    if context.actor.chat.is_group and not mentions and not _answers(context, said):
        return None
    for first, last in mentions:
        text = text[:first] + " " * (last - first) + text[last:]
    return text


def _is_own(said: Incoming) -> bool:
    """Whether a person wrote it in this chat. Anonymous administrators write as the group itself."""
    if said.forward_origin is not None or said.via_bot is not None:
        return False
    if said.sender_chat is not None:
        return said.sender_chat.id == said.chat.id
    return said.from_user is not None and not said.from_user.is_bot


def _answers(context: Context, said: Incoming) -> bool:
    answered = said.reply_to_message
    by = answered.from_user if answered and not answered.forum_topic_created else None
    return by is not None and by.id == context.bot.id


def _mentions(context: Context, said: Incoming) -> Iterator[tuple[int, int]]:
    """Where the bot is mentioned, as first and last place in the text."""
    text = text_of(said)
    for one in said.entities or said.caption_entities:
        first, last = sign_at(text, one.offset), sign_at(text, one.offset + one.length)
        named = one.type == MessageEntity.MENTION and text[first:last].lower() == f"@{context.bot.username}".lower()
        if named or (one.user is not None and one.user.id == context.bot.id):
            yield first, last


def as_command(context: Context, said: Incoming, meant: Intent) -> Update:
    """The message as if its sender had written the command. Mentions in its arguments are kept."""
    begin = f"/{meant.command} "
    kind = "text" if said.text else "caption"
    entities = "entities" if said.text else "caption_entities"
    data: dict[str, Any] = said.to_dict()
    data[kind] = begin + meant.rest
    data[entities] = list(_moved(text_of(said), data.get(entities, ()), meant, units(begin)))
    return _update(context, data)


def _moved(text: str, entities: Iterable[dict[str, Any]], meant: Intent, begin: int) -> Iterator[dict[str, Any]]:
    """The entities within the arguments, at their new places."""
    if meant.place is None:
        return
    first = units(text[: meant.place])
    end = first + units(meant.rest)
    for one in entities:
        if first <= one["offset"] and one["offset"] + one["length"] <= end:
            yield {**one, "offset": one["offset"] - first + begin}


def _update(context: Context, message: dict[str, Any]) -> Update:
    return Update.de_json({"update_id": context.incoming.update_id, "message": message}, context.bot)


async def _run(context: Context, update: Update) -> bool:
    """Let the command of an update handle it. Returns whether there is such a command."""
    for feature in context.services.features:
        for one in feature.handlers:
            if isinstance(one, Command) and one.name is not None and one.check_update(update):
                context.take_as(update)
                if key := await _key_for(context, feature, one):
                    await key.callback(update, context)
                else:
                    await one.handle_update(update, context.application, True, context)
                return True
    return False


async def _key_for(context: Context, feature: Feature, command: Command) -> Key | None:
    """The keyboard's key that does in private what a command does in groups, if the sender may use it in a group."""
    if context.actor.chat.is_group or command.needs.in_private is not None:
        return None
    key = next((one for one in feature.handlers if isinstance(one, Key) and one.command == command.name), None)
    return key if key and await access.where_allowed(context, key.needs) else None


async def unknown_command(context: Context, name: str) -> None:
    """Answer an unknown command, with buttons for the nearest ones that the sender may use here."""
    offered = await menu.offered(context)
    meant = intent.read(name)
    names = intent.nearest(name, [one.command for one in offered])
    found = _of([meant.command] if meant and meant.command in intent.kinds() else names, offered)
    values = {"command": name, "near": bool(found)}
    await _ask(context, Message("general.unknown_command", values, buttons=_choices(found[:NEAREST])))


async def not_understood(context: Context) -> None:
    """Say that a private message was not understood, and offer the commands that its sender may want."""
    offered = await menu.offered(context)
    found = _of([*intent.near(context.text), *LIKELY], offered)[:MAX_OFFERED]
    await _ask(context, Message("general.not_understood", buttons=_choices(found)))


async def _ask(context: Context, message: Message) -> None:
    subject = Subject(ASKED, context.update_id)
    await say_once(context, Message(message.text, message.values, message.buttons, subject))


def _of(names: Iterable[str], entries: Iterable[Entry]) -> list[Entry]:
    """The menu entries of some commands, each once, in the order given."""
    first: dict[str, Entry] = {}
    for one in entries:
        first.setdefault(one.command, one)
    return [first[name] for name in dict.fromkeys(names) if name in first and first[name].in_own_menu]


def _choices(found: Iterable[Entry]) -> list[list[Button]]:
    buttons = [Button(one.menu_text, Action("words.open", one.command)) for one in found]
    return [list(row) for row in in_rows(buttons, 1)]


def _yes_or_no(one: Entry) -> list[list[Button]]:
    yes = Button("words.yes_button", Action("words.open", one.command))
    return [[yes, Button("words.no_button", Action("words.no"))]]


async def press_open(_: Update, context: Context) -> None:
    """Button: run the command without arguments. A look-up shows something; any other opens its form."""
    name, query, place = context.pressed.having(1).word(), context.incoming.callback_query, context.place
    subject = await context.read(partial(_asked, context=context))
    if query is None or place is None or name not in {one.command for one in menu.entries(context)}:
        raise ButtonExpired
    message = {
        "message_id": place.message_id,
        "date": int(context.now.timestamp()),
        "chat": place.chat.to_dict(),
        "from": query.from_user.to_dict(),
        "text": f"/{name}",
    }
    topic = context.thread.topic
    if topic is not None:
        message |= {"message_thread_id": topic, "is_topic_message": True}
    if not await _run(context, _update(context, message)):
        raise ButtonExpired
    context.services.notice(query.id, None, alert=False)
    await context.services.database.write(lambda stores: _remove(stores, subject))
    context.services.wake_sender()


async def press_no(_: Update, context: Context) -> None:
    """Button: that was not meant. The question goes away."""

    def unit(stores: Stores) -> None:
        _remove(stores, _asked(stores, context=context))

    await context.run(unit)
    context.show_notice(Text("words.no_notice"))


def _asked(stores: Stores, *, context: Context) -> Subject:
    """The question whose button was pressed. Raises ButtonExpired for any other message."""
    place = context.place
    subject = stores.outbox.subject(context.actor.chat.id, place.message_id) if place else None
    if subject is None or subject.kind != ASKED:
        raise ButtonExpired
    return subject


def _remove(stores: Stores, subject: Subject) -> None:
    stores.outbox.delete(subject, key=f"{subject}:over")


OWN = Permission.SEE_OWN
FEATURE = Feature("words", handlers=(Press("words.open", press_open, OWN), Press("words.no", press_no, OWN)))
