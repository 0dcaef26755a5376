"""The picture of a tree of goals: plain values that a store can keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Picture
from domain.work.goal.reading import Line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from domain.messaging.message import Storable
    from domain.work.goal.monthly import Month
    from domain.work.goal.reading import Shown
    from domain.work.goal.tree import Node

KIND = "goal.pictured"
LINES = 18  # more would be too small on a phone
MAX_NAME_CHARS = 60


def of_year(shown: Shown) -> Picture:
    """A home's tree of a year."""
    lines = [Line(depth, node) for root in shown.roots for depth, node in root.walk()]
    values: dict[str, Storable] = {
        "place": _name(shown.place.name),
        "year": shown.year,
        "month": 0,
        "day": shown.today.isoformat(),
    }
    more = len(lines[LINES:])
    return Picture(KIND, {**values, "progress": shown.progress, "lines": _told(lines, shown.today), "more": more})


def of_month(month: Month) -> Picture:
    """The goals that were worked at in a month."""
    lines = [Line(one.depth, one.node) for one in month.rows]
    first, day = month.first, month.day.isoformat()
    values: dict[str, Storable] = {
        "place": _name(month.place.name),
        "year": first.year,
        "month": first.month,
        "day": day,
    }
    more = len(lines[LINES:]) + month.more
    return Picture(KIND, {**values, "progress": month.progress, "lines": _told(lines, month.day), "more": more})


def _told(lines: Iterable[Line], day: date) -> list[dict[str, int | str]]:
    return [_line(one.depth, one.node, day) for one in list(lines)[:LINES]]


def _line(depth: int, node: Node, day: date) -> dict[str, int | str]:
    return {
        "depth": depth,
        "name": _name(node.goal.title),
        "percent": node.percent,
        "standing": node.standing(day).value,
    }


def _name(words: str) -> str:
    return plain.tidy(words)[:MAX_NAME_CHARS]
