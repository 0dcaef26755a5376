"""Stretches of text with a meaning, and how Telegram orders, splits, merges and drops them.

Telegram knows three sorts. Styles (bold, italic, …) lie over anything and are split wherever something else begins or
ends. Solid entities (links, code, mentions, …) neither overlap nor nest. Quotations hold whatever lies within them and
drop whatever crosses their edges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTATIONS = frozenset({"blockquote", "expandable_blockquote"})
UNSTYLED = frozenset({"code", "pre", "date_time"})
"""What Telegram shows in a way of its own, so that no style applies in it."""

PRECEDENCE = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 10,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
"""The order of entities over the same stretch, first is outermost; kinds that Telegram finds by itself are 50."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch from `start` to before `end`, in whichever unit the caller counts."""

    kind: str
    start: int
    end: int
    extra: dict[str, Any] = field(default_factory=dict)

    def moved(self, start: int, end: int) -> Span:
        """The same over another stretch."""
        return replace(self, start=start, end=end)

    def order(self) -> tuple[int, int, int]:
        """Its place in Telegram's order: earlier first, then longer, then by kind."""
        return self.start, -self.end, PRECEDENCE.get(self.kind, 50)


def arranged(spans: Iterable[Span]) -> list[Span]:
    """Spans as Telegram keeps them, sorted: nothing empty, nothing that crosses, styles split at every edge."""
    styles, quotations, solid = _sorts(spans)
    quotations = disjoint(quotations)
    return _with_styles(styles, quotations, _within(disjoint(solid), quotations))


def combined(given: Iterable[Span], found: Iterable[Span]) -> list[Span]:
    """Given spans, and those of the found ones for which they leave room."""
    styles, quotations, solid = _sorts(given)
    room = [span for span in _within(list(found), quotations) if not any(_overlap(span, other) for other in solid)]
    return _with_styles(styles, quotations, solid + room)


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """Those that begin after all earlier ones have ended."""
    kept: list[Span] = []
    for span in sorted(spans, key=Span.order):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _sorts(spans: Iterable[Span]) -> tuple[list[Span], list[Span], list[Span]]:
    styles: list[Span] = []
    quotations: list[Span] = []
    solid: list[Span] = []
    for span in spans:
        if span.start >= span.end:
            continue
        sort = styles if span.kind in STYLES else quotations if span.kind in QUOTATIONS else solid
        sort.append(span)
    return styles, quotations, solid


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(spans: list[Span], quotations: list[Span]) -> list[Span]:
    """Those that lie wholly inside or wholly outside every quotation."""
    return [
        span
        for span in spans
        if all(not _overlap(span, edge) or (edge.start <= span.start and span.end <= edge.end) for edge in quotations)
    ]


def _with_styles(styles: list[Span], quotations: list[Span], solid: list[Span]) -> list[Span]:
    others = quotations + solid
    runs = {kind: _merged(span for span in styles if span.kind == kind) for kind in STYLES}
    cuts = {edge for span in others for edge in (span.start, span.end)}
    cuts |= {run.start for merged in runs.values() for run in merged}
    pieces = [piece for merged in runs.values() for run in merged for piece in _cut(run, cuts)]
    bare = [span for span in solid if span.kind in UNSTYLED]
    styled = [piece for piece in pieces if not any(_overlap(piece, span) for span in bare)]
    return sorted(others + styled, key=Span.order)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans of one kind, those that overlap or touch made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=Span.order):
        if merged and span.start <= merged[-1].end:
            merged[-1] = merged[-1].moved(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _cut(run: Span, cuts: set[int]) -> list[Span]:
    edges = [run.start, *sorted(cut for cut in cuts if run.start < cut < run.end), run.end]
    return [run.moved(start, end) for start, end in pairwise(edges)]
