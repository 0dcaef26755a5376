"""The values of one request, whether they came in a query string, a form, JSON, or parts."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.files import Upload

Json = dict[str, Any]

INTEGER = re.compile(r"[+-]?\d{1,20}")
LARGEST = 2**52  # ids have at most 52 significant bits, so that every language can hold them
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
TRUE = frozenset({"true", "yes", "1"})

# What a form writes as text although the Bot API means something else by it; for the record of calls.
_OBJECTS = """
    allowed_updates caption_entities commands correct_option_ids country_codes description_entities entities
    explanation_entities explanation_media link_preview_options media menu_button message_ids options
    question_entities reaction reply_markup reply_parameters scope suggested_post_parameters
"""
OBJECTS = frozenset(_OBJECTS.split())
_INTEGERS = """
    cache_time chat_id close_date direct_messages_topic_id expire_date from_chat_id limit max_connections
    member_limit message_id message_thread_id offset open_period timeout user_id
"""
INTEGERS = frozenset(_INTEGERS.split())
_BOOLEANS = """
    allow_adding_options allow_paid_broadcast allows_multiple_answers allows_revoting creates_join_request
    disable_content_type_detection disable_notification drop_pending_updates has_spoiler hide_results_until_closes
    is_anonymous is_big is_closed members_only protect_content return_bots show_alert show_caption_above_media
    shuffle_options
"""
BOOLEANS = frozenset(_BOOLEANS.split())


class Parameters:
    """What a program gave, read as the Bot API reads it: leniently, and with Telegram's words where that fails."""

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def has(self, name: str) -> bool:
        """Whether there is such a parameter with anything in it."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A string; nothing where there is none."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default where there is none or something else."""
        return whole(self.values.get(name), default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean."""
        return self.text(name).strip().lower() in TRUE if self.has(name) else default

    def json(self, name: str, what: str) -> Any:
        """A JSON-serialized value, or None. Raises ApiError 400: "can't parse <what> JSON object"."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return read_json(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def file(self, name: str) -> Upload | str:
        """A file that came with the request, or the text (an id or an address) that stands for it; empty if neither."""
        return self.files[name] if name in self.files else self.attached(self.text(name))

    def attached(self, value: str) -> Upload | str:
        """The file that `attach://name` means, or the value itself."""
        return self.files.get(value.removeprefix("attach://"), value) if value.startswith("attach://") else value

    def record(self) -> Json:
        """What was given as the Bot API means it: numbers, booleans and objects, files as their name and size."""
        values = {name: _meant(name, value) for name, value in self.values.items()}
        return values | {
            name: {"file_name": file.name, "mime_type": file.mime_type, "file_size": len(file.data)}
            for name, file in self.files.items()
        }


def read_json(text: str) -> Any:
    """What a JSON text says. Raises ValueError: it is none, is nested too deep, or holds half a surrogate pair."""
    try:
        value = json.loads(text)
        if SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


def whole(value: Any, default: int = 0) -> int:
    """A number that may be written as text; the default for anything else and for one that is beyond all ids."""
    match value:
        case bool():
            return default
        case int() | float() if abs(value) <= LARGEST:
            return int(value)
        case str() if INTEGER.fullmatch(value.strip()) and abs(int(value)) <= LARGEST:
            return int(value)
    return default


def _meant(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in INTEGERS:
        return whole(value, default=0) if INTEGER.fullmatch(value.strip()) else value
    if name in BOOLEANS:
        return value.strip().lower() in TRUE
    if name in OBJECTS:
        try:
            return read_json(value)
        except ValueError:
            return value
    return value
