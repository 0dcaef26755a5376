"""Questions: six kinds, what is wrong with one, and whether an answer to it is right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from domain.ids import QuestionId, StudyItemId

MAX_CODE_CHARS = 64
MAX_TEXT_CHARS = 1000
MAX_OPTIONS, MAX_OPTION_CHARS = 12, 300
MAX_PAIRS = 8
MAX_BLANKS, MAX_WORD_CHARS = 8, 100
MAX_EXPLANATION_CHARS = 1000
MAX_SOURCE_CHARS = 200
MAX_TOPIC_CHARS = 30
MAX_POLL_TEXT_CHARS, MAX_POLL_OPTION_CHARS, MAX_POLL_EXPLANATION_CHARS = 300, 100, 200  # of a native quiz

Answer: TypeAlias = "tuple[int, ...] | tuple[str, ...]"


class QuestionKind(StrEnum):
    """How a question is answered, and as what: see `Answer`."""

    SINGLE = "single"  # the place of one option
    MULTIPLE = "multiple"  # the places of options, in any order
    TRUE_FALSE = "true_false"  # the place of an option: 0 is true, 1 is false; the options are words of the program
    FILL_IN = "fill_in"  # words for each blank
    MATCHING = "matching"  # for each pair the place of its other side among `sides`
    ORDERING = "ordering"  # the places of all options in the order chosen; the options stand in the right order


CHOICES = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE})


@dataclass(frozen=True, slots=True)
class Blank:
    """What is right in a blank: any of `words`, or a number no further than `tolerance` from the first."""

    words: tuple[str, ...]
    tolerance: Decimal | None = None

    def accepts(self, answer: str) -> bool:
        """Whether an answer is right; case, width, spaces and closing stops do not count."""
        if self.tolerance is not None:
            given, wanted = _number(answer), _number(self.words[0])
            return given is not None and wanted is not None and abs(given - wanted) <= self.tolerance
        return _folded(answer) in map(_folded, self.words)


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `code` is its stable name. Of `options`, `right`, `pairs`, `blanks` it has what its kind needs."""

    code: str
    kind: QuestionKind
    text: str
    options: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    distractors: tuple[str, ...] = ()  # other sides that belong to no pair
    blanks: tuple[Blank, ...] = ()
    explanation: str = ""
    source: str = ""
    topic: str = ""

    @property
    def sides(self) -> tuple[str, ...]:
        """What a pair can be matched with: first the right ones, in the order of the pairs, each once."""
        return tuple(dict.fromkeys([*(right for _, right in self.pairs), *self.distractors]))

    @property
    def right_answer(self) -> Answer:
        """An answer that is right."""
        match self.kind:
            case QuestionKind.FILL_IN:
                return tuple(blank.words[0] for blank in self.blanks)
            case QuestionKind.MATCHING:
                return tuple(self.sides.index(right) for _, right in self.pairs)
            case QuestionKind.ORDERING:
                return tuple(range(len(self.options)))
            case _:
                return self.right

    @property
    def fits_poll(self) -> bool:
        """Whether a native quiz can ask it: its kind and its lengths; a longer explanation is shown elsewhere."""
        return (
            self.kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE)
            and len(self.text) <= MAX_POLL_TEXT_CHARS
            and all(len(option) <= MAX_POLL_OPTION_CHARS for option in self.options)
        )


def is_right(question: Question, answer: Answer) -> bool:
    """Whether an answer is right as a whole; there are no marks for a part."""
    if question.kind is QuestionKind.FILL_IN:
        return len(answer) == len(question.blanks) and all(
            blank.accepts(str(word)) for blank, word in zip(question.blanks, answer, strict=True)
        )
    if question.kind is QuestionKind.MULTIPLE:
        return set(answer) == set(question.right)
    return answer == question.right_answer


def faults(question: Question) -> Iterator[str]:
    """What is wrong with a question: the names of reasons. None: it can be asked."""
    if not question.text.strip():
        yield "no_text"
    if not question.code.strip() or len(question.code) > MAX_CODE_CHARS:
        yield "code"
    for name, text, most in (
        ("long_text", question.text, MAX_TEXT_CHARS),
        ("long_explanation", question.explanation, MAX_EXPLANATION_CHARS),
        ("long_source", question.source, MAX_SOURCE_CHARS),
        ("long_topic", question.topic, MAX_TOPIC_CHARS),
    ):
        if len(text) > most:
            yield name
    yield from _faults_of_kind(question)


def _faults_of_kind(question: Question) -> Iterator[str]:
    match question.kind:
        case QuestionKind.FILL_IN:
            yield from _faults_of_blanks(question.blanks)
        case QuestionKind.MATCHING:
            if not 1 < len(question.pairs) <= MAX_PAIRS or len(question.sides) > MAX_OPTIONS:
                yield "pairs"
            yield from _faults_of_texts([left for left, _ in question.pairs])
            yield from _faults_of_texts(question.sides)
        case QuestionKind.TRUE_FALSE:
            if question.right not in ((0,), (1,)):
                yield "right"
        case QuestionKind.ORDERING:
            yield from _faults_of_options(question.options)
        case _:
            yield from _faults_of_options(question.options)
            yield from _faults_of_right(question)


def _faults_of_blanks(blanks: Sequence[Blank]) -> Iterator[str]:
    if not 1 <= len(blanks) <= MAX_BLANKS:
        yield "blanks"
    for blank in blanks:
        if not blank.words or not all(0 < len(word.strip()) <= MAX_WORD_CHARS for word in blank.words):
            yield "blank"


def _faults_of_options(options: Sequence[str]) -> Iterator[str]:
    if not 1 < len(options) <= MAX_OPTIONS:
        yield "options"
    yield from _faults_of_texts(options)


def _faults_of_texts(texts: Sequence[str]) -> Iterator[str]:
    if not all(0 < len(text.strip()) <= MAX_OPTION_CHARS for text in texts):
        yield "option"
    if len(set(map(plain.appearance, texts))) < len(texts):
        yield "same_options"


def _faults_of_right(question: Question) -> Iterator[str]:
    right = question.right
    if not right or len(set(right)) < len(right) or not all(0 <= place < len(question.options) for place in right):
        yield "right"
    elif question.kind is QuestionKind.SINGLE and len(right) > 1:
        yield "several_right"


def _folded(text: str) -> str:
    return "".join(plain.appearance(text).casefold().split()).rstrip("。．.，,；;")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(_folded(text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question in the library; `item` is the study item it belongs to, `version` counts its changes from 1.

    A `retired` one is asked no more, until it is put into the library again.
    """

    id: QuestionId
    question: Question
    item: StudyItemId | None = None
    version: int = 1
    retired: bool = False


class Change(StrEnum):
    """What putting something into the library would do, or has done."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


class Questions(Protocol):
    """The questions of the library. A retired one is asked no more; answers to it stay."""

    def put(self, question: Question, *, item: StudyItemId | None = None) -> Change:
        """Add a question, or replace the one with its code, which is then one version on."""

    def get(self, question: QuestionId) -> StoredQuestion | None:
        """One question, also a retired one."""

    def by_codes(self, codes: Collection[str]) -> list[StoredQuestion]:
        """Those of these names that are there."""

    def of_item(self, item: StudyItemId) -> list[StoredQuestion]:
        """The questions of a study item, by their order."""

    def of_topics(self, topics: Collection[str]) -> list[StoredQuestion]:
        """The questions that may be asked of these topics, of all topics if there are none; by their ids."""

    def retire(self, question: QuestionId) -> None:
        """Ask a question no more."""
