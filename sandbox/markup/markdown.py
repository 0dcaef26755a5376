"""The first Markdown that Telegram read: four marks, no nesting."""

from __future__ import annotations

from typing import Any

from sandbox.markup import links
from sandbox.markup.errors import byte_offset, malformed
from sandbox.markup.spans import Span

MARKS = "_*`["
SPACE = " \t\r\n\0\v"


def read_markdown(text: str) -> tuple[str, list[Span]]:
    """Plain text and spans of a text in the old Markdown.

    Raises MarkupError.
    """
    return _Reader(text).read()


def fence(text: str, at: int) -> tuple[str, int]:
    """What follows the three marks of a block of code: its language, and where the code begins."""
    end = at
    while end < len(text) and text[end] not in SPACE + "`":
        end += 1
    language = text[at:end] if at < end < len(text) and text[end] != "`" else ""
    begin = end if language else at
    if text[begin : begin + 2] in ("\r\n", "\n\r"):
        return language, begin + 2
    return language, begin + (text[begin : begin + 1] in ("\n", "\r"))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.plain: list[str] = []
        self.spans: list[Span] = []

    def read(self) -> tuple[str, list[Span]]:
        while self.at < len(self.text):
            char = self.text[self.at]
            following = self.text[self.at + 1 : self.at + 2]
            if char == "\\" and following and following in MARKS:
                self.plain.append(following)
                self.at += 2
            elif char in MARKS:
                self._entity()
            else:
                self.plain.append(char)
                self.at += 1
        return "".join(self.plain), self.spans

    def _entity(self) -> None:
        begin, start = self.at, len(self.plain)
        language = ""
        closing = {"[": "]"}.get(self.text[begin], self.text[begin])
        self.at += 1
        if self.text.startswith("```", begin):
            closing = "```"
            language, self.at = fence(self.text, begin + 3)
        end = self.text.find(closing, self.at)
        if end < 0:
            where = byte_offset(self.text, begin)
            raise malformed(f"Can't find end of the entity starting at byte offset {where}")
        self.plain += self.text[self.at : end]
        self.at = end + len(closing)
        found = self._meaning(closing, language, self.text[begin + 1 : end]) if len(self.plain) > start else None
        if found:
            kind, extra = found
            self.spans.append(Span(kind, start, len(self.plain), extra))

    def _meaning(self, closing: str, language: str, inner: str) -> tuple[str, dict[str, Any]] | None:
        match closing:
            case "]":
                return links.link(self._address(inner))
            case "```":
                return "pre", {"language": language} if language else {}
            case _:
                return {"_": "italic", "*": "bold", "`": "code"}[closing], {}

    def _address(self, inner: str) -> str:
        """The address in parentheses after a link's text, as far as the text goes; the text itself without them."""
        if self.text[self.at : self.at + 1] != "(":
            return inner
        address, closed, _ = self.text[self.at + 1 :].partition(")")
        self.at += 1 + len(address) + len(closed)
        return address
