"""What the answers to a question add up to.

Shares are of those who were asked the question, also where some of them left it out: whoever is led past a question by
an earlier answer does not count. Means, places and quartiles are of those who answered it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import quantiles
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from domain.voice.questionnaire.model import CHOICES, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import BranchId
    from domain.voice.questionnaire.model import Option, Question, Questionnaire, Value
    from domain.voice.questionnaire.round import Returned

FOURTHS = 4
WIDE_SCALE = 5  # from so many ratings on, the two highest and the two lowest are told, else the one
HUNDREDTH = Decimal("0.01")
Spread: TypeAlias = "tuple[Decimal, ...] | tuple[date, ...]"


class Sheet(NamedTuple):
    """A response as it counts: the keys of the questions that were asked, and the answers to these."""

    asked: frozenset[str]
    answers: Mapping[str, Value]
    branch: BranchId | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What the answers to one question add up to.

    `counts` are how often each option, or each rating from the lowest, was chosen. `places` are the sums of the places
    that the options of a ranking got. `spread` is the lower quartile, the median and the upper one of numbers or dates,
    or the median alone. A `hidden` one has fewer answers than may be told, and tells nothing.
    """

    question: Question
    asked: int
    answered: int
    counts: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    spread: Spread = ()
    hidden: bool = False

    @property
    def mean(self) -> float | None:
        """The mean rating."""
        if self.question.kind is not QuestionKind.RATING or not self.answered:
            return None
        return (
            sum(value * count for value, count in zip(scale(self.question), self.counts, strict=True)) / self.answered
        )

    @property
    def top(self) -> int:
        """How many of a hundred gave one of the highest ratings (see WIDE_SCALE)."""
        return self.percent(sum(self.counts[-self._box :]))

    @property
    def bottom(self) -> int:
        """How many of a hundred gave one of the lowest ratings."""
        return self.percent(sum(self.counts[: self._box]))

    @property
    def _box(self) -> int:
        return 2 if len(self.counts) >= WIDE_SCALE else 1

    def percent(self, count: int) -> int:
        """A count in hundredths of those who were asked, rounded half up."""
        return (200 * count + self.asked) // (2 * self.asked) if self.asked else 0

    @property
    def shares(self) -> list[tuple[Option, int]]:
        """The options with their counts, as they stand in the question."""
        return list(zip(self.question.options, self.counts, strict=False))

    @property
    def ranked(self) -> list[tuple[Option, float]]:
        """The options of a ranking with their mean places (1 is best), the best first."""
        means = [total / self.answered for total in self.places] if self.answered else []
        return sorted(zip(self.question.options, means, strict=False), key=lambda one: one[1])

    @property
    def leading(self) -> tuple[Option, int] | None:
        """The option that most have chosen, and how many of a hundred did."""
        if self.hidden or not self.answered or self.question.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
            return None
        option, count = max(self.shares, key=lambda one: one[1])
        return option, self.percent(count)


def scale(question: Question) -> range:
    """The ratings that can be given."""
    return range(question.low or 0, (question.high or 0) + 1)


def sheet(questionnaire: Questionnaire, one: Returned) -> Sheet:
    """A response as it counts."""
    asked = frozenset(each.key for each in questionnaire.asked(one.response))
    return Sheet(asked, {key: value for key, value in one.response.items() if key in asked}, one.branch)


def answers(question: Question, sheets: Sequence[Sheet]) -> list[Value]:
    """What was answered to a question."""
    return [one.answers[question.key] for one in sheets if question.key in one.answers]


def figure(question: Question, sheets: Sequence[Sheet]) -> Figure:
    """What the answers to a question add up to."""
    values = answers(question, sheets)
    empty = Figure(question, sum(question.key in one.asked for one in sheets), len(values))
    match question.kind:
        case QuestionKind.RANKING:
            return replace(empty, places=_places(question, values))
        case QuestionKind.NUMBER | QuestionKind.DATE:
            return replace(empty, spread=_spread(values))
        case QuestionKind.TEXT:
            return empty
        case _:
            return replace(empty, counts=_counts(question, values))


def _counts(question: Question, values: Sequence[Value]) -> tuple[int, ...]:
    if question.kind in CHOICES:
        chosen = Counter(key for value in values if isinstance(value, tuple) for key in value)
        return tuple(chosen[one.key] for one in question.options)
    rated = Counter(values)
    return tuple(rated[one] for one in scale(question))


def _places(question: Question, values: Sequence[Value]) -> tuple[int, ...]:
    orders = [value for value in values if isinstance(value, tuple)]
    return tuple(sum(order.index(one.key) + 1 for order in orders) for one in question.options)


def _spread(values: Sequence[Value]) -> Spread:
    numbers = [value for value in values if isinstance(value, Decimal)]
    days = [value.toordinal() for value in values if isinstance(value, date)]
    if days:
        return tuple(date.fromordinal(round(one)) for one in _quartiles(days))
    return tuple(Decimal(one).quantize(HUNDREDTH, ROUND_HALF_UP) for one in _quartiles(numbers))


def _quartiles(values: Sequence[Any]) -> Sequence[Any]:
    if len(values) < 2:  # noqa: PLR2004 - quartiles need two
        return values
    return quantiles(values, n=FOURTHS, method="inclusive")


def of_figure(one: Figure) -> dict[str, Any]:
    """A figure as plain data, for JSON."""
    if one.hidden:
        return {"question": one.question.key, "hidden": True}
    data: dict[str, Any] = {"question": one.question.key, "asked": one.asked, "answered": one.answered}
    data |= {name: list(some) for name, some in (("counts", one.counts), ("places", one.places)) if some}
    if one.spread:
        data["spread"] = [str(each) for each in one.spread]
    return data


def to_figure(questionnaire: Questionnaire, data: Mapping[str, Any]) -> Figure:
    """The figure of data that `of_figure` made. Raises KeyError for a question that is no more."""
    question = questionnaire.question(data["question"])
    if question is None:
        raise KeyError(data["question"])
    if data.get("hidden"):
        return Figure(question, 0, 0, hidden=True)
    counts, places = tuple(data.get("counts", ())), tuple(data.get("places", ()))
    return Figure(question, data["asked"], data["answered"], counts, places, _to_spread(question, data))


def _to_spread(question: Question, data: Mapping[str, Any]) -> Spread:
    words = data.get("spread", ())
    if question.kind is QuestionKind.DATE:
        return tuple(date.fromisoformat(one) for one in words)
    return tuple(Decimal(one) for one in words)
