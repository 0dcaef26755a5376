"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.files import File
from sandbox.methods.media import document, one_of, photo
from sandbox.methods.outgoing import envelope, put, send
from sandbox.methods.request import Access, Json, Request
from sandbox.parameters import Parameters
from sandbox.text import CAPTION_LIMIT, TEXT_LIMIT, Formatted, formatted, limited

_ACTIONS = """
    typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note record_audio upload_audio
"""
ACTIONS = frozenset(_ACTIONS.split())
ALBUM = range(2, 11)
PREVIEW = {"url": str} | dict.fromkeys(
    ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"), bool
)


def send_message(request: Request) -> Json:
    """Send a text."""
    words = message_text(request)
    to = envelope(request)
    content = words.content("text") | preview(request.given)
    return send(request, to, content).as_dict(request.bot)


def send_photo(request: Request) -> Json:
    """Send a photo."""
    file = photo(request, request.given.file("photo"))
    return _send_file(request, file)


def send_document(request: Request) -> Json:
    """Send a file."""
    file = document(request, request.given.file("document"))
    return _send_file(request, file)


def send_media_group(request: Request) -> list[Json]:
    """Send several photos, or several files, as one album."""
    entries = request.given.json("media", "media")
    if not isinstance(entries, list):
        raise bad_request("expected an Array of InputMedia")
    if len(entries) not in ALBUM:
        raise bad_request(
            "message must include from 2 to 10 media files" if entries else "there are no messages to send"
        )
    contents = [media_content(request, entry) for entry in entries]
    if len({"photo" in content for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    to = envelope(request)
    request.world.limits.take(request.bot, to.chat, len(contents))
    group = str(request.world.number() + 13_000_000_000_000_000)
    return [put(request, to, content, media_group_id=group, markup=None).as_dict(request.bot) for content in contents]


def send_chat_action(request: Request) -> bool:
    """Show for some seconds that the bot is busy."""
    chat = request.chat(Access.WRITE)
    action = request.given.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    event = {"type": "typing", "chat_id": chat.alias, "from": request.bot.as_dict(), "action": action}
    request.world.events.tell(request.world.audience(chat), lambda _: event)
    return True


def message_text(request: Request) -> Formatted:
    """The `text` of a request. Raises ApiError 400: empty, too long, or not to be parsed."""
    words = limited(formatted(request.world, request.given, "text"), TEXT_LIMIT, "message is too long")
    if not words.text:
        raise bad_request("message text is empty")
    return words


def caption(request: Request, given: Parameters) -> Json:
    """The fields that a `caption` fills. Raises ApiError 400: too long, or not to be parsed."""
    words = limited(formatted(request.world, given, "caption"), CAPTION_LIMIT, "message caption is too long")
    above = {"show_caption_above_media": True} if given.flag("show_caption_above_media") else {}
    return words.content("caption") | above


def media_content(request: Request, entry: Any) -> Json:
    """The fields of a message that an InputMedia fills. Raises ApiError 400."""
    if not isinstance(entry, dict):
        raise bad_request("can't parse InputMedia: InputMedia must be an Object")
    inner = Parameters(entry, request.given.files)
    file = one_of(request, inner.text("type"), inner.attached(inner.text("media")))
    return _file_content(request, file, inner)


def preview(given: Parameters) -> Json:
    """The field that `link_preview_options` fills; `disable_web_page_preview` is its old name."""
    options = given.json("link_preview_options", "link preview options")
    if options is None and given.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    if options is not None and not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    known = {name: value for name, value in (options or {}).items() if isinstance(value, PREVIEW.get(name, ()))}
    return {"link_preview_options": known} if known else {}


def _send_file(request: Request, file: File) -> Json:
    content = _file_content(request, file, request.given)
    return send(request, envelope(request), content).as_dict(request.bot)


def _file_content(request: Request, file: File, given: Parameters) -> Json:
    spoiler = {"has_media_spoiler": True} if file.is_photo and given.flag("has_spoiler") else {}
    return file.content() | caption(request, given) | spoiler
