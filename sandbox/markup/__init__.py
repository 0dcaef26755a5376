"""What Telegram's server does with text: markup, entities, control characters, white space.

Everything here is a plain function of its arguments. Offsets and lengths are in UTF-16 code units, as in the Bot API;
byte offsets in error messages are UTF-8. Facts are TDLib's and the Bot API server's (July 2026).

    text, entities = parse("<b>精益</b> /start", "HTML")
    entities = combine(entities, detect(text))

`parse` and `clean` give a text that may be empty: whether that is an error is for the method to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sandbox.markup.cleaning import cleaned
from sandbox.markup.detection import detected
from sandbox.markup.errors import MarkupError
from sandbox.markup.html import read_html
from sandbox.markup.links import link
from sandbox.markup.markdown import read_markdown
from sandbox.markup.markdown_v2 import read_markdown_v2
from sandbox.markup.spans import PRECEDENCE, Span, arranged, combined
from sandbox.markup.utf16 import Units, utf16_length, utf16_slice

__all__ = ["MarkupError", "clean", "combine", "detect", "parse", "resolve", "utf16_length", "utf16_slice"]

Entity = dict[str, Any]

MAX_MARKUP_CHARS = 1 << 15
"""Bytes of UTF-8 that the Bot API server takes for one text before it even looks at it."""

READERS: dict[str, Callable[[str], tuple[str, list[Span]]]] = {
    "html": read_html,
    "markdown": read_markdown,
    "markdownv2": read_markdown_v2,
}

FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"})
"""Kinds that Telegram finds by itself and ignores when a bot names them."""


def parse(text: str, mode: str) -> tuple[str, list[Entity]]:
    """Read marked-up text: the plain text and its entities, cleaned, trimmed and sorted as Telegram does.

    `mode` is "HTML", "MarkdownV2" or "Markdown" in any case. A link to a person comes as
    `{"type": "text_link", "url": "tg://user?id=42", "user_id": 42, …}`, for which see `resolve`.

    Raises MarkupError.
    """
    _check_encoding(text)
    reader = READERS.get(mode.lower())
    if reader is None:
        raise MarkupError("unsupported parse_mode")
    plain, spans = reader(text)
    return _finished(plain, spans)


def clean(text: str, entities: Sequence[Entity] = ()) -> tuple[str, list[Entity]]:
    """Take a text without markup, and the entities that came with it: cleaned, trimmed and sorted as Telegram does.

    Entities of kinds that Telegram finds by itself are left out; links to people and mentions of them come as from
    `parse`, for `resolve`.

    Raises MarkupError where an entity is none, lies outside the text or cuts a character in two.
    """
    _check_encoding(text)
    units = Units(text)
    given = [_span(_linked(entity), units) for entity in entities if _kind(entity) not in FOUND]
    return _finished(text, [span for span in given if span.start < span.end])


def detect(text: str) -> list[Entity]:
    """Find commands, mentions, hashtags, cashtags, links, e-mail addresses and telephone numbers in plain text."""
    return _entities(text, detected(text))


def combine(entities: Sequence[Entity], detected: Sequence[Entity]) -> list[Entity]:
    """Add found entities to given ones, where these leave room: not in code, links, or across a quotation's edge."""
    if not detected:
        return list(entities)
    return [
        _dict(span) for span in combined([_raw(entity) for entity in entities], [_raw(found) for found in detected])
    ]


def resolve(entities: Sequence[Entity], find_user: Callable[[int], Entity | None]) -> list[Entity]:
    """Turn each link to a person into a mention of them; one of a person whom the bot can't know is dropped."""
    resolved = []
    for entity in entities:
        if "user_id" not in entity:
            resolved.append(entity)
        elif user := find_user(entity["user_id"]):
            place = {key: entity[key] for key in ("offset", "length")}
            resolved.append({"type": "text_mention", **place, "user": user})
    return resolved


def _check_encoding(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise MarkupError("text must be encoded in UTF-8") from None
    if size > MAX_MARKUP_CHARS:
        raise MarkupError("text is too long")


def _finished(text: str, spans: list[Span]) -> tuple[str, list[Entity]]:
    text, spans = cleaned(text, arranged(spans))
    return text, _entities(text, spans)


def _entities(text: str, spans: list[Span]) -> list[Entity]:
    units = Units(text)
    return [_dict(span.moved(units.offset(span.start), units.offset(span.end))) for span in spans]


def _dict(span: Span) -> Entity:
    return {"type": span.kind, "offset": span.start, "length": span.end - span.start, **span.extra}


def _raw(entity: Entity) -> Span:
    rest = {key: value for key, value in entity.items() if key not in ("type", "offset", "length")}
    offset = int(entity["offset"])
    return Span(str(entity["type"]), offset, offset + int(entity["length"]), rest)


def _kind(entity: Any) -> str:
    if not isinstance(entity, dict):
        raise MarkupError("can't parse MessageEntity: expected an Object")
    return str(entity.get("type"))


def _linked(entity: Entity) -> Entity:
    """An entity that a bot gives; a link or mention with `url` and `user_id` as `parse` gives them."""
    kind = _kind(entity)
    if kind not in PRECEDENCE:
        raise MarkupError("can't parse MessageEntity: Unsupported type specified")
    if kind not in ("text_link", "text_mention"):
        return entity
    user = entity.get("user")
    number = user.get("id") if isinstance(user, dict) else entity.get("user_id")
    url = entity.get("url") if kind == "text_link" else f"tg://user?id={number}"
    found = link(str(url or ""))
    place = {"offset": entity.get("offset"), "length": entity.get("length") if found else 0}
    return {"type": found[0] if found else kind, **place, **(found[1] if found else {})}


def _span(entity: Entity, units: Units) -> Span:
    try:
        raw = _raw(entity)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise MarkupError("can't parse MessageEntity: type, offset and length are required") from None
    return raw.moved(*units.positions(raw.start, raw.end))
