"""What people do with messages: write, edit, delete, forward, read, start a bot."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from sandbox import delivery, posting
from sandbox.chats import Chat, Kind
from sandbox.errors import Refusal
from sandbox.files import Upload, picture_size
from sandbox.messages import Message
from sandbox.methods.outgoing import origin_of
from sandbox.people import Bot, User
from sandbox.text import CAPTION_LIMIT, TEXT_LIMIT, written
from sandbox.world import Json, World

PAYLOAD_LIMIT = 64
CAPTION_FIELDS = ("caption", "caption_entities")
TEXT_FIELDS = ("text", "entities")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a chat something is said: in reply to a message, in a topic, in the name of the group."""

    reply_to: int | None = None
    thread: int | None = None
    anonymous: bool = False


def say(
    world: World,
    chat: Chat,
    person: User,
    text: str,
    place: Place,
    *,
    photo: Upload | None = None,
    document: Upload | None = None,
    mentions: Iterable[User] = (),
) -> Message:
    """Write a text, or send a photo or a file with the text as its caption.

    Raises Refusal: nothing to send, too long, no picture, not in the chat, blocked, no such message or topic.
    """
    require_voice(chat, person)
    content = _content(world, text, photo, document, mentions)
    return posting.post(world, chat, person, content, **_placed(chat, person, place))


def edit(world: World, message: Message, person: User, text: str) -> Message:
    """Change the text or caption of one's own message. Raises Refusal: another's, empty, too long."""
    if message.sender is not person or message.is_service or message.origin is not None:
        raise Refusal("Only one's own messages can be edited.", 403)
    if message.poll is not None:
        raise Refusal("A poll can't be edited.")
    words, has_text = written(world, text), "text" in message.content
    _check_length(words.text, TEXT_LIMIT if has_text else CAPTION_LIMIT, needed=has_text)
    fields = TEXT_FIELDS if has_text else CAPTION_FIELDS
    kept = {name: value for name, value in message.content.items() if name not in fields}
    message.content = kept | words.content(fields[0])
    posting.edited(world, message)
    return message


def delete(world: World, message: Message, person: User) -> None:
    """Take a message away for everybody: one's own, any of a private chat, any as an administrator."""
    chat = message.chat
    if message.sender is not person and not chat.is_private and not chat.member(person).rules:
        raise Refusal("Only administrators can delete what others wrote.", 403)
    posting.delete(world, chat, [message])


def forward(world: World, message: Message, person: User, to: Chat) -> Message:
    """Say again in another chat what was said in this one, with its origin."""
    require_voice(to, person)
    if message.is_service or message.protected:
        raise Refusal("That message can't be forwarded.")
    return posting.post(world, to, person, message.content, poll=message.poll, origin=origin_of(message))


def mark_read(world: World, chat: Chat, person: User, up_to: int) -> None:
    """Remember how far a person has read, and tell everybody's windows."""
    before = chat.read.get(person.id, 0)
    if up_to <= before:
        return
    chat.read[person.id] = up_to
    world.tell_chat(chat)
    newer = takewhile(lambda message: message.id > before, reversed(chat.messages.values()))
    for message in newer:
        # Who wrote it sees that it was read.
        if message.id <= up_to and message.sender is not person and not message.sender.is_bot:
            world.tell_message("edited", message, {message.sender.id})


def start(world: World, chat: Chat, person: User, payload: str = "") -> Message:
    """Press a private chat's start button, or follow a deep link with a payload; ends a block.

    Raises Refusal: the payload is longer than 64 characters; a group has no bot, or more than one.
    """
    if len(payload) > PAYLOAD_LIMIT:
        raise Refusal(f"The payload of a deep link has at most {PAYLOAD_LIMIT} characters.")
    command = "/start" if chat.is_private else f"/start@{_only_bot(chat).username}"
    if chat.blocked:
        unblock(world, chat)
    return say(world, chat, person, f"{command} {payload}", Place())


def block(world: World, chat: Chat) -> None:
    """Let a person block the bot of their private chat."""
    if not chat.blocked:
        _set_blocked(world, chat, blocked=True)


def unblock(world: World, chat: Chat) -> None:
    """Let a person take a block back."""
    if chat.blocked:
        _set_blocked(world, chat, blocked=False)


def require_voice(chat: Chat, person: User) -> None:
    """Raises Refusal unless a person can write in a chat."""
    if chat.migrated_to is not None:
        raise Refusal(f"{chat.title} has become the supergroup {chat.migrated_to.id}.", 409)
    if not chat.member(person).present:
        raise Refusal(f"{person.full_name} is not in this chat.", 403)
    if chat.blocked:
        raise Refusal("The bot is blocked; press start to talk with it again.", 409)


def _content(world: World, text: str, photo: Upload | None, document: Upload | None, mentions: Iterable[User]) -> Json:
    words = written(world, text, mentions)
    upload = photo or document
    if upload is None:
        _check_length(words.text, TEXT_LIMIT, needed=True)
        return words.content("text")
    _check_length(words.text, CAPTION_LIMIT, needed=False)
    size = picture_size(upload.data) if photo else None
    if photo and not size:
        raise Refusal("That is no PNG, JPEG, GIF or WebP.")
    if not upload.data:
        raise Refusal("That file is empty.")
    return world.files.add(upload, size).content() | words.content("caption")


def _check_length(text: str, limit: int, *, needed: bool) -> None:
    if needed and not text:
        raise Refusal("A message needs a text.")
    if len(text) > limit:
        raise Refusal(f"That text has {len(text)} characters; {limit} are allowed.")


def _placed(chat: Chat, person: User, place: Place) -> Json:
    reply_to = chat.messages.get(place.reply_to) if place.reply_to else None
    if place.reply_to and reply_to is None:
        raise Refusal(f"There is no message {place.reply_to} in this chat.", 404)
    if place.thread is not None and place.thread not in chat.topics:
        raise Refusal(f"There is no topic {place.thread} in this chat.", 404)
    if place.anonymous and not chat.member(person).is_anonymous:
        raise Refusal(f"{person.full_name} is no anonymous administrator here.", 403)
    if chat.is_private:
        chat.started = True
    return {"reply_to": reply_to, "thread": place.thread, "anonymous": place.anonymous}


def _only_bot(chat: Chat) -> Bot:
    bots = list(chat.bots())
    if len(bots) != 1:
        raise Refusal(f"There are {len(bots)} bots in this group; a deep link needs exactly one.")
    return bots[0]


def _set_blocked(world: World, chat: Chat, *, blocked: bool) -> None:
    if chat.kind is not Kind.PRIVATE or chat.bot is None or chat.person is None:
        raise Refusal("Only the bot of a private chat can be blocked.")
    chat.blocked = blocked
    delivery.blocked(world, chat.as_dict(), chat.bot, chat.person, blocked=blocked)
    world.tell_chat(chat)
