"""What a questionnaire holds, what an answer to it is, and which question follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import plain
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_QUESTIONS = 60
MAX_TITLE_CHARS = 60
MAX_INTRODUCTION_CHARS = 1000
MAX_QUESTION_CHARS = 300
MAX_OPTION_CHARS = 100
MAX_OPTIONS = 30
MAX_TEXT_CHARS = 1000  # of an answer in words
MAX_SCALE = 10  # the highest rating

Value: TypeAlias = "tuple[str, ...] | int | Decimal | date | str"
Response: TypeAlias = "Mapping[str, Value]"


class QuestionKind(StrEnum):
    """How a question is answered, and as what: see `Value`."""

    SINGLE = "single"  # the key of one option, in a tuple
    MULTIPLE = "multiple"  # the keys of options
    RATING = "rating"  # an int from `low` to `high`
    RANKING = "ranking"  # the keys of all options, best first
    NUMBER = "number"  # a Decimal, within `low` and `high` where they are given
    DATE = "date"  # a date
    TEXT = "text"  # words


CHOICES = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING})


class WrongQuestionnaire(Refusal):
    """A questionnaire cannot be asked as it is; `question` is its number from 1 or missing, `reason` a text's name."""

    text = "questionnaire.wrong"


class WrongAnswer(Refusal):
    """An answer does not fit its question; `reason` is a text's name."""

    text = "questionnaire.wrong_answer"


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen; `key` stays when the words change."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only after one of some options (or ratings, as digits) was chosen in an earlier question."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `most` limits how many options are chosen; `low` and `high` are those of a rating or a number."""

    key: str
    kind: QuestionKind
    text: str
    options: tuple[Option, ...] = ()
    required: bool = True
    shuffled: bool = False
    most: int | None = None
    low: int | None = None
    high: int | None = None
    when: Condition | None = None

    def option(self, key: str) -> Option | None:
        """One of its options."""
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A title and its questions. Raises WrongQuestionnaire."""

    title: str
    questions: tuple[Question, ...]
    introduction: str = ""

    def __post_init__(self) -> None:
        for number, reason, most in faults(self.title, self.introduction, self.questions):
            raise WrongQuestionnaire(question=number, reason=reason, most=most)

    def question(self, key: str) -> Question | None:
        """One of its questions."""
        return next((one for one in self.questions if one.key == key), None)

    def asked(self, response: Response) -> list[Question]:
        """The questions to be asked of somebody who has answered so, in order."""
        known: dict[str, Value] = {}
        found = []
        for one in self.questions:
            if one.when is None or _holds(one.when, known):
                found.append(one)
                if one.key in response:
                    known[one.key] = response[one.key]
        return found

    def kept(self, response: Response) -> dict[str, Value]:
        """The answers to questions that are still asked: a changed answer may have closed a branch."""
        return {one.key: response[one.key] for one in self.asked(response) if one.key in response}

    def complete(self, response: Response) -> dict[str, Value]:
        """Of these the ones that are whole: a ranking may be half done."""
        found = self.kept(response)
        return {one.key: found[one.key] for one in self.questions if one.key in found and fits(one, found[one.key])}


def _holds(condition: Condition, known: Mapping[str, Value]) -> bool:
    value = known.get(condition.question)
    if isinstance(value, tuple):
        return not condition.options.isdisjoint(value)
    return value is not None and str(value) in condition.options


def faults(
    title: str, introduction: str, questions: Sequence[Question]
) -> Iterator[tuple[int | None, str, int | None]]:
    """All that is wrong: the question's number from 1 or `None`, a text's name, and the limit that is broken."""
    if not plain.tidy(title) or len(title) > MAX_TITLE_CHARS:
        yield None, "title", MAX_TITLE_CHARS
    if len(introduction) > MAX_INTRODUCTION_CHARS:
        yield None, "introduction", MAX_INTRODUCTION_CHARS
    if not 1 <= len(questions) <= MAX_QUESTIONS:
        yield None, "questions", MAX_QUESTIONS
    earlier: dict[str, Question] = {}
    for number, one in enumerate(questions, start=1):
        yield from ((number, reason, most) for reason, most in _faults(one, earlier))
        earlier[one.key] = one


def _faults(one: Question, earlier: Mapping[str, Question]) -> Iterator[tuple[str, int | None]]:
    """What is wrong with a question: a text's name, and the limit that it breaks."""
    if not one.key or one.key in earlier:
        yield "key", None
    if not plain.tidy(one.text) or len(one.text) > MAX_QUESTION_CHARS:
        yield "text", MAX_QUESTION_CHARS
    yield from _faults_of_options(one)
    if one.kind is QuestionKind.RATING and not _is_scale(one):
        yield "scale", MAX_SCALE
    if one.kind is QuestionKind.NUMBER and one.low is not None and one.high is not None and one.low > one.high:
        yield "range", None
    if one.when is not None and not _can_hold(one.when, earlier):
        yield "condition", None


def _faults_of_options(one: Question) -> Iterator[tuple[str, int | None]]:
    if one.kind not in CHOICES:
        if one.options:
            yield "no_options", None
        return
    if not 2 <= len(one.options) <= MAX_OPTIONS:  # noqa: PLR2004 - a choice needs two
        yield "options", MAX_OPTIONS
    if any(not plain.tidy(each.text) or len(each.text) > MAX_OPTION_CHARS for each in one.options):
        yield "option", MAX_OPTION_CHARS
    looks = {plain.appearance(each.text) for each in one.options}
    if len(looks) < len(one.options) or len({each.key for each in one.options}) < len(one.options):
        yield "same_option", None
    if one.most is not None and not 1 <= one.most <= len(one.options):
        yield "most", len(one.options)


def _is_scale(one: Question) -> bool:
    return one.low is not None and one.high is not None and 0 <= one.low < one.high <= MAX_SCALE


def _can_hold(condition: Condition, earlier: Mapping[str, Question]) -> bool:
    asked = earlier.get(condition.question)
    if asked is None or not condition.options:
        return False
    if asked.kind is QuestionKind.RATING and asked.low is not None and asked.high is not None:
        return condition.options <= {str(one) for one in range(asked.low, asked.high + 1)}
    return asked.kind in CHOICES and condition.options <= {one.key for one in asked.options}


def check(question: Question, value: Value) -> None:
    """Whether a value answers a question. Raises WrongAnswer."""
    if not fits(question, value):
        raise WrongAnswer(question=question, reason=question.kind.value)


def fits(question: Question, value: Value) -> bool:
    """Whether a value answers a question."""
    if question.kind in CHOICES:
        return isinstance(value, tuple) and _fits_options(question, value)
    match question.kind:
        case QuestionKind.RATING:
            return isinstance(value, int) and _within(question, value)
        case QuestionKind.NUMBER:
            return isinstance(value, Decimal) and value.is_finite() and _within(question, value)
        case QuestionKind.DATE:
            return isinstance(value, date)
        case _:
            return isinstance(value, str) and bool(plain.tidy(value)) and len(value) <= MAX_TEXT_CHARS


def _fits_options(question: Question, value: tuple[str, ...]) -> bool:
    keys = {one.key for one in question.options}
    if len(set(value)) < len(value) or not keys.issuperset(value):
        return False
    if question.kind is QuestionKind.RANKING:
        return len(value) == len(keys)
    most = 1 if question.kind is QuestionKind.SINGLE else question.most or len(keys)
    return 1 <= len(value) <= most


def _within(question: Question, value: Decimal | int) -> bool:
    return (question.low is None or value >= question.low) and (question.high is None or value <= question.high)
