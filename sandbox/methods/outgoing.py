"""What all methods that send have in common: topic, reply, keyboard, and the flood limits."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.keyboards import reply_markup
from sandbox.markup import utf16_length
from sandbox.messages import Message
from sandbox.methods.request import Access, Json, Request
from sandbox.parameters import Parameters
from sandbox.posting import post


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a message goes, and how."""

    chat: Chat
    fields: Json = field(default_factory=dict)
    head: Json = field(default_factory=dict)


def envelope(request: Request) -> Envelope:
    """Read the chat, topic, reply and keyboard of a request. Raises ApiError as Telegram does."""
    chat = request.chat(Access.WRITE)
    markup = reply_markup(request.given, chat)
    fields: Json = {
        "thread": _thread(request.given, chat),
        "markup": markup,
        "protected": request.given.flag("protect_content"),
        "silent": request.given.flag("disable_notification"),
    }
    head: Json = {}
    _reply(request, chat, fields, head)
    return Envelope(chat, fields, head)


def send(request: Request, to: Envelope, content: Json, **more: Any) -> Message:
    """Post one message. Raises ApiError 429 when the bot sends too fast."""
    request.world.limits.take(request.bot, to.chat)
    return put(request, to, content, **more)


def put(request: Request, to: Envelope, content: Json, **more: Any) -> Message:
    """Post one message whose place within the limits is taken already."""
    return post(request.world, to.chat, request.bot, to.head | content, **(to.fields | more))


def origin_of(message: Message) -> Json:
    """Bot API's MessageOrigin of a message: where it was said first."""
    if message.origin is not None:
        return message.origin
    if message.anonymous:
        return {"type": "chat", "date": message.date, "sender_chat": message.chat.as_dict()}
    return {"type": "user", "date": message.date, "sender_user": message.sender.as_dict()}


def _thread(given: Parameters, chat: Chat) -> int | None:
    thread = given.integer("message_thread_id")
    if not thread or not (chat.is_forum or chat.is_private):
        return None
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def _reply(request: Request, chat: Chat, fields: Json, head: Json) -> None:
    wanted = _reply_parameters(request.given)
    number = wanted.integer("message_id")
    if not number:
        return
    there = Request(request.world, request.bot, wanted).chat(Access.READ) if wanted.has("chat_id") else chat
    message = there.messages.get(number)
    if message is None:
        if wanted.flag("allow_sending_without_reply"):
            return
        raise bad_request("message to be replied not found")
    if there is chat:
        fields |= {"reply_to": message}
    else:
        head |= {"external_reply": {"origin": origin_of(message), "chat": there.as_dict(), "message_id": message.id}}
    if wanted.has("quote"):
        fields |= {"quote": _quote(message, wanted.text("quote"))}


def _reply_parameters(given: Parameters) -> Parameters:
    """`reply_parameters`, or the two parameters that were used before there were these."""
    if not given.has("reply_parameters"):
        old = {"message_id": "reply_to_message_id", "allow_sending_without_reply": "allow_sending_without_reply"}
        return Parameters({name: given.values.get(was) for name, was in old.items()})
    wanted = given.json("reply_parameters", "reply parameters")
    if not isinstance(wanted, dict):
        raise bad_request("object expected as reply parameters")
    return Parameters(wanted)


def _quote(message: Message, text: str) -> Json:
    at = message.words.find(text)
    if at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": text, "position": utf16_length(message.words[:at]), "is_manual": True}
