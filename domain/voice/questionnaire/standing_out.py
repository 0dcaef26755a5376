"""What stands out in results: the strongest agreement, the best and the worst ratings, the greatest changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.voice.questionnaire.figures import Figure
from domain.voice.questionnaire.model import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

THINGS = 3
CHANGED = 2  # times: a change says more than a figure that was always there
MIDDLE = 0.5


class Line(NamedTuple):
    """A figure, beside that of the round before where they may be compared."""

    now: Figure
    before: Figure | None = None

    @property
    def value(self) -> float | None:
        """The one number for it: the mean rating, or the share of the option that most chose; in hundredths."""
        if self.now.hidden:
            return None
        return _rated(self.now) if self.now.mean is not None else _share_leading(self.now)

    @property
    def change(self) -> float | None:
        """By how much that number differs from the one before: ratings in points of their scale, shares in hundredths.

        The share is that of the option that leads now.
        """
        if self.before is None or self.now.hidden:
            return None
        if self.now.mean is not None and self.before.mean is not None:
            return round(self.now.mean, 1) - round(self.before.mean, 1)
        return _share_now(self.now) - _share_then(self.now, self.before) if self.now.leading else None


def _rated(one: Figure) -> float:
    low, high = one.question.low or 0, one.question.high or 0
    return 100 * ((one.mean or 0) - low) / (high - low)


def _share_leading(one: Figure) -> float | None:
    return None if one.leading is None else float(one.leading[1])


def _share_now(one: Figure) -> int:
    return one.leading[1] if one.leading else 0


def _share_then(now: Figure, before: Figure) -> int:
    place = now.counts.index(max(now.counts))
    return before.percent(before.counts[place])


def stand_out(lines: Sequence[Line], most: int = THINGS) -> list[Line]:
    """The lines that stand out, the most striking first."""
    weighed = [(_weight(one), number, one) for number, one in enumerate(lines)]
    best = sorted((one for one in weighed if one[0] > 0), key=lambda one: (-one[0], one[1]))
    return [line for _, _, line in best[:most]]


def _weight(line: Line) -> float:
    value, change = line.value, line.change
    if value is None:
        return 0
    if line.now.question.kind is QuestionKind.RATING:
        own = abs(value / 100 - MIDDLE) * 2
        span = (line.now.question.high or 0) - (line.now.question.low or 0)
        return own + CHANGED * abs(change or 0) / span
    own = value / 100 - 1 / len(line.now.question.options)
    return max(own, 0) + CHANGED * abs(change or 0) / 100
