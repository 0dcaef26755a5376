"""What Telegram finds in plain text by itself: commands, mentions, tags, links, addresses, telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sandbox.markup.addresses import addresses
from sandbox.markup.spans import Span, disjoint

NAME = "[A-Za-z0-9_]"
MENTION = re.compile(rf"(?<!\w)@{NAME}{{4,32}}+(?!\w)")
COMMAND = re.compile(rf"(?<![\w/<>])/{NAME}{{1,64}}+(?:@{NAME}{{3,32}}+|(?!@))(?![\w/<>])")
CASHTAG = re.compile(rf"(?<!\$)\$(?:1INCH|[A-Z]{{1,8}}+)(?:@{NAME}{{3,32}}(?!{NAME}))?(?!\$)")
PHONE = re.compile(r"(?<![\w+])\+[0-9](?:[ ()-]{0,2}[0-9]){6,14}+(?!\w)")
TAGGED_CHAT = re.compile(rf"@{NAME}{{3,32}}+")
MAX_HASHTAG_CHARS = 256


def detected(text: str) -> list[Span]:
    """Spans of what Telegram finds, in order; where two overlap, the earlier or longer is kept."""
    return disjoint(_all(text))


def _all(text: str) -> Iterator[Span]:
    for kind, pattern in (("mention", MENTION), ("bot_command", COMMAND), ("phone_number", PHONE)):
        for found in pattern.finditer(text):
            yield Span(kind, found.start(), found.end())
    for found in CASHTAG.finditer(text):
        if not _tag_letter(text, found.start() - 1) and not _tag_letter(text, found.end()):
            yield Span("cashtag", found.start(), found.end())
    yield from _hashtags(text)
    for kind, start, end in addresses(text):
        yield Span(kind, start, end)


def _tag_letter(text: str, position: int) -> bool:
    """Whether a character can be within a hashtag: letters and digits of any script, and a few more."""
    if not 0 <= position < len(text):
        return False
    char = text[position]
    return (
        char in "_\u200c\u00b7"
        or "\u0d80" <= char <= "\u0dff"
        or unicodedata.category(char)[0] == "L"
        or (char.isdecimal())
    )


def _hashtags(text: str) -> Iterator[Span]:
    at = text.find("#")
    while at >= 0:
        end = at + 1
        while _tag_letter(text, end):
            end += 1
        if end > at + 1 and not _tag_letter(text, at - 1):
            yield from _hashtag(text, at, end)
        at = text.find("#", end)


def _hashtag(text: str, start: int, end: int) -> Iterator[Span]:
    cut = min(end, start + 1 + MAX_HASHTAG_CHARS)
    chat = TAGGED_CHAT.match(text, end) if cut == end else None
    after = chat.end() if chat else end
    has_letter = any(unicodedata.category(char)[0] == "L" for char in text[start + 1 : cut])
    if has_letter and text[after : after + 1] != "#":
        yield Span("hashtag", start, after if chat else cut)
