"""Characters that Telegram takes out of every text, and white space at its ends."""

from __future__ import annotations

import re
from itertools import accumulate

from sandbox.markup.spans import Span, arranged

DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
"""Carriage returns, line and paragraph separators, direction overrides, and lines that strike through neighbours."""

SPACED = re.compile("[\0-\x09\x0b\x0c\x0e-\x1f]")
"""Control characters other than the line feed become spaces."""

REPEATED_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
"""Of several direction marks in a row, all but the last become zero-width non-joiners."""

BLANK = re.compile(
    "[ \n\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0\U000e0000-\U000e007f]*"
)
"""What a text may not consist of alone."""


def cleaned(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    """A text without what Telegram takes out, trimmed, and its spans moved along; "" for one that shows nothing.

    White space at the beginning stays where an entity covers it; at the end it always goes.
    """
    text, spans = _without_dropped(SPACED.sub(" ", text), spans)
    text = REPEATED_MARKS.sub(lambda marks: "\u200c" * len(marks[0]), text)
    if BLANK.fullmatch(text):
        return "", []
    return _trimmed(text, arranged(spans))


def _without_dropped(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    if not DROPPED.search(text):
        return text, spans
    moved = list(accumulate((not DROPPED.match(char) for char in text), initial=0))
    return DROPPED.sub("", text), [span.moved(moved[span.start], moved[span.end]) for span in spans]


def _trimmed(text: str, spans: list[Span]) -> tuple[str, list[Span]]:
    text = text.rstrip(" \n")
    shortened = [span.moved(span.start, min(span.end, len(text))) for span in spans if span.start < len(text)]
    kept = sorted(shortened, key=Span.order)
    leading = len(text) - len(text.lstrip(" \n"))
    cut = min(leading, kept[0].start) if kept else leading
    return text[cut:], [span.moved(span.start - cut, span.end - cut) for span in kept]
