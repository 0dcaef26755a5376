"""editMessageText, -Caption, -ReplyMarkup, -Media."""

from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.keyboards import reply_markup
from sandbox.messages import Message
from sandbox.methods.request import Access, Json, Request
from sandbox.methods.sending import caption, media_content, message_text, preview
from sandbox.posting import edited

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
WORDS = frozenset({"text", "entities", "link_preview_options"})
CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})
MEDIA = frozenset({"photo", "document", "has_media_spoiler"})


def edit_message_text(request: Request) -> Json:
    """Give a message another text and keyboard."""
    chat, message = _target(request)
    words = message_text(request)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    content = _without(message, WORDS) | words.content("text") | preview(request.given)
    return _change(request, chat, message, content)


def edit_message_caption(request: Request) -> Json:
    """Give a photo or a file another caption and keyboard."""
    chat, message = _target(request)
    words = caption(request, request.given)
    if MEDIA.isdisjoint(message.content):
        raise bad_request("there is no caption in the message to edit")
    return _change(request, chat, message, _without(message, CAPTION) | words)


def edit_message_media(request: Request) -> Json:
    """Replace a photo or a file with its caption, or put one into a message of text."""
    chat, message = _target(request)
    content = media_content(request, request.given.json("media", "input media"))
    if message.poll is not None:
        raise bad_request("message media can't be edited")
    return _change(request, chat, message, _without(message, WORDS | CAPTION | MEDIA) | content)


def edit_message_reply_markup(request: Request) -> Json:
    """Give a message another keyboard, or none."""
    chat, message = _target(request)
    return _change(request, chat, message, message.content)


def _target(request: Request) -> tuple[Chat, Message]:
    if request.given.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = request.chat(Access.EDIT)
    message = request.own(chat, "message to edit")
    if message.markup and "inline_keyboard" not in message.markup:
        raise bad_request("message can't be edited")
    return chat, message


def _without(message: Message, fields: frozenset[str]) -> Json:
    return {name: value for name, value in message.content.items() if name not in fields}


def _change(request: Request, chat: Chat, message: Message, content: Json) -> Json:
    markup = reply_markup(request.given, chat, inline_only=True)
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    only_markup = content == message.content
    message.content, message.markup = content, markup
    if not only_markup:
        message.edit_date = request.world.clock.timestamp()
    edited(request.world, message, quietly=True)
    return message.as_dict(request.bot)
