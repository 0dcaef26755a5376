"""The HTML that Telegram reads: its tags, its attributes, its four named character references."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.markup import links
from sandbox.markup.errors import byte_offset, malformed
from sandbox.markup.spans import Span

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset(STYLES) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]*)|#(?P<decimal>[0-9]*)|(?P<name>[A-Za-z]*));?")
MAX_REFERENCE_CHARS = 9
LAST_CHARACTER = 0x10FFFF

SPACE = " \t\r\n\0\v"
SPACES = re.compile(f"[{SPACE}]*")
TAG_NAME = re.compile(f"[^>{SPACE}]*")
ATTRIBUTE_NAME = re.compile(f"[^=>/\"'{SPACE}]*")
NAME_TOKEN = re.compile("[A-Za-z0-9.-]*")
LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(slots=True)
class Open:
    """A start tag that waits for its end tag."""

    tag: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


def read_html(text: str) -> tuple[str, list[Span]]:
    """Plain text and spans of a text in Telegram's HTML.

    Raises MarkupError.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.plain: list[str] = []
        self.open: list[Open] = []
        self.spans: list[Span] = []
        self.language: dict[int, str] = {}  # of code, by its place among the spans: it counts only together with pre

    def read(self) -> tuple[str, list[Span]]:
        while self.at < len(self.text):
            char = self.text[self.at]
            if char != "<":
                self.plain.append(self._reference() if char == "&" else self._next())
            elif self.text.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise malformed(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        plain = "".join(self.plain)
        _check_surrogates(plain)
        return plain, self.spans

    def _peek(self) -> str:
        """The character here; NUL, as in C, after the last."""
        return self.text[self.at] if self.at < len(self.text) else "\0"

    def _next(self) -> str:
        char = self.text[self.at]
        self.at += 1
        return char

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        part = found[0] if found else ""
        self.at += len(part)
        return part

    def _reference(self) -> str:
        """The character that a reference stands for; "&" itself where it stands for none."""
        found = REFERENCE.match(self.text, self.at)
        char = _character(found) if found else ""
        if not found or not char:
            return self._next()
        self.at = found.end()
        return char

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._take(TAG_NAME).translate(LOWER)
        where = byte_offset(self.text, begin)
        if self.at == len(self.text):
            raise malformed(f"Unclosed start tag at byte offset {where}")
        if tag not in TAGS:
            raise malformed(f'Unsupported start tag "{tag}" at byte offset {where}')
        attributes = self._attributes(tag, where)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise malformed(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(Open(tag, len(self.plain), attributes))

    def _attributes(self, tag: str, where: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(SPACES)
            if self._peek() == ">":
                self.at += 1
                return attributes
            name = self._take(ATTRIBUTE_NAME)
            if not name:
                raise malformed(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            attributes[name] = self._value(tag, where)

    def _value(self, tag: str, where: int) -> str:
        """An attribute's value; "" for an attribute that has none."""
        self._take(SPACES)
        has_value = self._peek() == "="
        if has_value:
            self.at += 1
            self._take(SPACES)
        if self.at >= len(self.text):
            raise malformed(f'Unclosed start tag "{tag}" at byte offset {where}')
        if not has_value:
            return ""
        value = self._quoted() if self._peek() in "\"'" else self._token()
        if self.at >= len(self.text):
            raise malformed(f"Unclosed start tag at byte offset {where}")
        return value

    def _token(self) -> str:
        begin = self.at
        value = self._take(NAME_TOKEN)
        if self._peek() not in SPACE + ">":
            raise malformed(f"Unexpected end of name token at byte offset {byte_offset(self.text, begin)}")
        return value.translate(LOWER)

    def _quoted(self) -> str:
        quote = self._next()
        value: list[str] = []
        while self.at < len(self.text) and self._peek() != quote:
            value.append(self._reference() if self._peek() == "&" else self._next())
        self.at += 1
        joined = "".join(value)
        _check_surrogates(joined)
        return joined

    def _end_tag(self) -> None:
        where = byte_offset(self.text, self.at)
        if not self.open:
            raise malformed(f"Unexpected end tag at byte offset {where}")
        self.at += 2
        name = self._take(TAG_NAME).translate(LOWER)
        self._take(SPACES)
        if self._peek() != ">":
            raise malformed(f"Unclosed end tag at byte offset {where}")
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.tag):
            raise malformed(f'Unmatched end tag at byte offset {where}, expected "</{tag.tag}>", found "</{name}>"')
        if tag.start < len(self.plain):
            self._close(tag)

    def _close(self, tag: Open) -> None:
        """Add what an element stands for, if anything."""
        found = self._meaning(tag)
        if found:
            kind, extra = found
            self.spans.append(Span(kind, tag.start, len(self.plain), extra))

    def _meaning(self, tag: Open) -> tuple[str, dict[str, Any]] | None:
        attributes = tag.attributes
        match tag.tag:
            case "a":
                return links.link(attributes.get("href") or "".join(self.plain[tag.start :]))
            case "pre" | "code":
                return self._code(tag)
            case "blockquote":
                return "expandable_blockquote" if "expandable" in attributes else "blockquote", {}
            case "tg-emoji":
                return "custom_emoji", links.custom_emoji(attributes.get("emoji-id", ""))
            case "tg-time":
                return _date(attributes)
            case style:
                return STYLES[style], {}

    def _code(self, tag: Open) -> tuple[str, dict[str, Any]]:
        """Code, or a block of it; one exactly around the other is one block with the language of `code`."""
        language = _language(tag)
        around = self.spans[-1] if self.spans else None
        other = "code" if tag.tag == "pre" else "pre"
        if around and (around.kind, around.start, around.end) == (other, tag.start, len(self.plain)):
            language = language or self.language.get(len(self.spans) - 1, "")
            if language and "language" not in around.extra:
                self.spans.pop()
                return "pre", {"language": language}
        self.language[len(self.spans)] = language
        return tag.tag, {}


def _language(tag: Open) -> str:
    name = tag.attributes.get("class", "") if tag.tag == "code" else ""
    return name.removeprefix("language-") if name.startswith("language-") else ""


def _date(attributes: dict[str, str]) -> tuple[str, dict[str, Any]] | None:
    form = links.date_form(attributes.get("format", ""))
    if form is None:
        raise malformed("Invalid date format used")
    digits = re.match("[0-9]{1,10}", attributes.get("unix", ""))
    moment = int(digits[0]) if digits else 0
    if not 0 < moment <= links.LAST_MOMENT:
        return None
    return "date_time", {"unix_time": moment, "date_time_format": form}


def _character(found: re.Match[str]) -> str:
    if found["name"] is not None:
        return NAMED.get(found["name"], "")
    digits = found["hex"] if found["hex"] is not None else found["decimal"]
    code = int(digits or "0", 16 if found["hex"] is not None else 10)
    written = len(found[0].removesuffix(";"))
    return chr(code) if 0 < code < LAST_CHARACTER and written <= MAX_REFERENCE_CHARS else ""


def _check_surrogates(text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise malformed(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
