"""How many points an event gives, from its rule and what was given before. Nothing here touches the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from domain.points.scheme.model import Rule


class Worth(NamedTuple):
    """What an event gives, and what it would give if there were no caps."""

    points: int
    full: int


def worth(rule: Rule, clock: time, given: Sequence[int]) -> Worth:
    """What an event gives at a time of day on the group's clock.

    `given` is for each of the rule's limits what has been given in its period already. Where windows multiply, the
    first that holds does.
    """
    full = rule.points
    for window in rule.windows:
        if window.holds(clock):
            full *= window.times
            break
    if full < 0:
        return Worth(-_bounded(-full, rule, [-taken for taken in given]), full)
    return Worth(_bounded(full, rule, given), full)


def _bounded(points: int, rule: Rule, given: Sequence[int]) -> int:
    for limit, already in zip(rule.limits, given, strict=True):
        points = min(points, limit.cap.most - already)
    return max(0, points)
