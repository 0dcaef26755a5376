"""What answers add up to."""

from datetime import date
from decimal import Decimal

import pytest

from domain.voice.questionnaire.figures import Figure, Sheet, figure, of_figure, sheet, to_figure
from domain.voice.questionnaire.model import Condition, Option, Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Returned
from domain.voice.questionnaire.threshold import guarded

OPTIONS = (Option("a", "甲"), Option("b", "乙"), Option("c", "丙"))
PICK = Question("pick", QuestionKind.SINGLE, "哪个？", OPTIONS)
WHY = Question("why", QuestionKind.MULTIPLE, "为什么？", OPTIONS, when=Condition("pick", frozenset("c")))
RATE = Question("rate", QuestionKind.RATING, "几分？", low=1, high=5)
ORDER = Question("order", QuestionKind.RANKING, "排序", OPTIONS)
YEARS = Question("years", QuestionKind.NUMBER, "几年？")
DAY = Question("day", QuestionKind.DATE, "哪天？")
WORDS = Question("words", QuestionKind.TEXT, "还有？")
ALL = Questionnaire("测", (PICK, WHY, RATE, ORDER, YEARS, DAY, WORDS))


def of(question: Question, *values: object) -> Figure:
    keys = frozenset({question.key})
    return figure(question, [Sheet(keys, {} if one is None else {question.key: one}, None) for one in values])


def test_shares_are_of_those_who_were_asked() -> None:
    responses = [{"pick": ("c",), "why": ("a", "b")}, {"pick": ("c",)}, {"pick": ("a",), "why": ("c",)}]
    sheets = [sheet(ALL, Returned(one, None, None)) for one in responses]
    why = figure(WHY, sheets)
    assert (why.asked, why.answered, why.counts) == (2, 1, (1, 1, 0))
    assert [why.percent(count) for count in why.counts] == [50, 50, 0]
    assert figure(PICK, sheets).leading == (OPTIONS[2], 67)


def test_a_rating_has_a_mean_and_its_ends() -> None:
    found = of(RATE, 5, 4, 4, 1, None)
    assert (found.counts, found.mean) == ((1, 0, 0, 2, 1), 3.5)
    assert (found.top, found.bottom) == (60, 20)
    assert of(RATE).mean is None
    assert of(RATE).top == 0


def test_options_are_ranked_by_their_mean_place() -> None:
    found = of(ORDER, ("c", "a", "b"), ("c", "b", "a"))
    assert found.ranked == [(OPTIONS[2], 1.0), (OPTIONS[0], 2.5), (OPTIONS[1], 2.5)]


@pytest.mark.parametrize(
    ("values", "spread"),
    [
        ((1, 2, 3, 4, 5), ("2.00", "3.00", "4.00")),
        ((1, 2), ("1.25", "1.50", "1.75")),
        ((7,), ("7.00",)),
        ((), ()),
    ],
)
def test_numbers_have_a_median_and_quartiles(values: tuple[int, ...], spread: tuple[str, ...]) -> None:
    assert of(YEARS, *map(Decimal, values)).spread == tuple(map(Decimal, spread))


def test_dates_have_them_too() -> None:
    days = [date(2026, 11, day) for day in (1, 3, 5, 7, 9)]
    assert of(DAY, *days).spread == (days[1], days[2], days[3])


def test_few_values_are_told_by_their_median_alone_and_fewer_not_at_all() -> None:
    found = of(YEARS, *map(Decimal, range(9)))
    assert guarded(found, 5).spread == (Decimal(4),)
    assert len(guarded(of(YEARS, *map(Decimal, range(10))), 5).spread) == 3
    assert guarded(of(YEARS, *map(Decimal, range(4))), 5).hidden
    assert guarded(found, 1) == found


def test_figures_are_kept_as_plain_data() -> None:
    several = [
        of(PICK, ("a",), ("b",)),
        of(WHY, ("a", "b"), None),
        of(RATE, 5, 1),
        of(ORDER, ("c", "a", "b")),
        of(YEARS, Decimal("1.5"), Decimal(3)),
        of(DAY, date(2026, 11, 1)),
        of(WORDS, "好"),
        Figure(RATE, 0, 0, hidden=True),
    ]
    assert [to_figure(ALL, of_figure(one)) for one in several] == several
