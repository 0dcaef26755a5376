"""Texts as captions, which the platform wants short."""

import html
import re

MAX_CAPTION_CHARS = 1024  # the platform's limit, after its markup is read
MORE = "…"
TAG = re.compile(r"<(/?)[^>]*>")


def fits(text: str) -> bool:
    """Whether a text (HTML) may be a caption."""
    return _length(text) <= MAX_CAPTION_CHARS


def shortened(text: str) -> str:
    """A text (HTML) as far as it fits into a caption: whole lines, at whose end no tag is open."""
    if fits(text):
        return text
    lines = text.split("\n")
    heads = ("\n".join([*lines[:size], MORE]) for size in range(len(lines) - 1, 0, -1))
    return next((head for head in heads if _is_closed(head) and fits(head)), MORE)


def _length(text: str) -> int:
    """In UTF-16 units: nobody counts more."""
    return len(html.unescape(TAG.sub("", text)).encode("utf-16-le", "surrogatepass")) // 2


def _is_closed(text: str) -> bool:
    return sum(-1 if slash else 1 for slash in TAG.findall(text)) == 0
