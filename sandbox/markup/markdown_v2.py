"""MarkdownV2: nesting, quotations, and a list of characters that must be escaped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.markup import links
from sandbox.markup.errors import MarkupError, byte_offset, malformed
from sandbox.markup.markdown import fence
from sandbox.markup.spans import Span

RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
RESERVED_IN_CODE = frozenset("`")
LAST_ESCAPABLE = "~"

MARKS = {
    "underline": "__",
    "spoiler": "||",
    "pre": "```",
    "custom_emoji": "![",
    "italic": "_",
    "bold": "*",
    "strikethrough": "~",
    "code": "`",
    "text_link": "[",
}
"""What begins an entity; of marks that begin alike the longer is first."""

ENDS = MARKS | {"custom_emoji": "]", "text_link": "]"}

NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


@dataclass(slots=True)
class Open:
    """A mark that waits for its end."""

    kind: str
    start: int
    begin: int
    extra: dict[str, Any] = field(default_factory=dict)


def read_markdown_v2(text: str) -> tuple[str, list[Span]]:
    """Plain text and spans of a text in MarkdownV2.

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
        self.in_quotation = False
        self.at_line_start = True

    def read(self) -> tuple[str, list[Span]]:
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\" and "\0" < self.text[self.at + 1 : self.at + 2] <= LAST_ESCAPABLE:
                self.at += 1
                self._put()
            elif char not in self._reserved():
                self._put()
            elif self._is_end():
                self._end()
            else:
                self._begin()
        self._finish()
        return "".join(self.plain), self.spans

    def _kind(self) -> str:
        return self.open[-1].kind if self.open else ""

    def _reserved(self) -> frozenset[str]:
        return RESERVED_IN_CODE if self._kind() in ("code", "pre") else RESERVED

    def _put(self) -> None:
        """Take one character as it is."""
        char = self.text[self.at]
        self.plain.append(char)
        self.at += 1
        if char != "\r":
            self.at_line_start = char == "\n"

    def _is_end(self) -> bool:
        kind = self._kind()
        if not kind:
            return False
        if self._ends_quotation():
            return True
        if kind == "italic" and self.text.startswith("__", self.at):
            return False
        return kind in ENDS and self.text.startswith(ENDS[kind], self.at)

    def _ends_quotation(self) -> bool:
        line_end = self.in_quotation and self.text[self.at] == "\n"
        return line_end and not self.text.startswith(">", self.at + 1)

    def _begin(self) -> None:
        char = self.text[self.at]
        if char == "\n":
            self._put()
        elif char == ">" and self.at_line_start:
            if not self.in_quotation:
                self.open.append(Open("blockquote", len(self.plain), self.at))
            self.in_quotation = True
            self.at += 1
        else:
            self._begin_entity(char)

    def _begin_entity(self, char: str) -> None:
        kind = next((kind for kind, mark in MARKS.items() if self.text.startswith(mark, self.at)), None)
        if kind is None:
            raise malformed(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        begun = Open(kind, len(self.plain), self.at)
        self.open.append(begun)
        self.at += len(MARKS[kind])
        if kind == "pre":
            language, self.at = fence(self.text, self.at)
            begun.extra = {"language": language} if language else {}

    def _end(self) -> None:
        if self._ends_quotation():
            kind = self._end_quotation(self.at)
            self._put()
            self._add(self.open.pop(), kind)
            self.in_quotation = False
            self.at_line_start = True
            return
        ended = self.open[-1]
        self.at += len(ENDS[ended.kind])
        found = self._meaning(ended)
        self.open.pop()
        if found and ended.start < len(self.plain):
            kind, ended.extra = found
            self._add(ended, kind)

    def _end_quotation(self, end: int) -> str:
        """Leave the quotation innermost, and give its kind: "||" at its very end makes it collapsible.

        Raises MarkupError where something is still open in it.
        """
        kind = "blockquote"
        opened = self.open[-1]
        if opened.kind == "spoiler" and self.text[opened.begin : end].rstrip("\r") == "||":
            self.open.pop()
            kind = "expandable_blockquote"
        if self._kind() != "blockquote":
            raise self._unfinished()
        return kind

    def _add(self, ended: Open, kind: str) -> None:
        self.spans.append(Span(kind, ended.start, len(self.plain), ended.extra))

    def _meaning(self, ended: Open) -> tuple[str, dict[str, Any]] | None:
        match ended.kind:
            case "text_link":
                has_address = self.text.startswith("(", self.at)
                return links.link(self._address() if has_address else "".join(self.plain[ended.start :]))
            case "custom_emoji":
                if not self.text.startswith("(", self.at):
                    raise malformed("The entity must contain a tg://emoji or tg://time URL")
                return links.emoji_or_time(self._address())
            case kind:
                return kind, ended.extra

    def _address(self) -> str:
        """The address in the parentheses that begin here."""
        self.at += 1
        begin = self.at
        address: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == "\\" and "\0" < self.text[self.at + 1 : self.at + 2] <= LAST_ESCAPABLE:
                self.at += 1
            address.append(self.text[self.at])
            self.at += 1
        if self.at >= len(self.text):
            raise malformed(f"Can't find end of a URL at byte offset {byte_offset(self.text, begin)}")
        self.at += 1
        return "".join(address)

    def _finish(self) -> None:
        if self.in_quotation:
            kind = self._end_quotation(len(self.text))
            self._add(self.open.pop(), kind)
        if self.open:
            raise self._unfinished()

    def _unfinished(self) -> MarkupError:
        opened = self.open[-1]
        name = NAMES.get(opened.kind) or ("PreCode" if opened.extra else "Pre")
        return malformed(f"Can't find end of {name} entity at byte offset {byte_offset(self.text, opened.begin)}")
