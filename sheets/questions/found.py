"""What is found in a file of questions: the questions, what cannot be carried over, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Format(StrEnum):
    """What a file is; its content tells it, not its name."""

    CHINESE = "chinese"  # numbered questions, lettered options, 答案：
    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE = "moodle"
    TABLE = "table"


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    FILL_IN = "fill_in"
    MATCHING = "matching"
    ORDERING = "ordering"


CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE})


class Loss(StrEnum):
    """What of a file is not carried over; `Lost.detail` says what it was."""

    KIND = "kind"  # a kind of question that there is none of here: the question is left out
    TOO_MANY = "too_many"  # a question above the most there may be
    IMAGE = "image"
    FILE = "file"
    TABLE = "table"  # its words are kept, one cell after the other
    SCRIPT = "script"
    FEEDBACK = "feedback"  # on single options, or hints
    WEIGHT = "weight"  # a part of the points for an answer
    CASE = "case"  # an answer for which case matters
    SETTING = "setting"  # anything else that has a name
    WORDS = "words"  # words that belong to no question
    TWICE = "twice"  # the same question again
    EXPLANATION = "explanation"  # the rest is of what a format to be written cannot carry
    SOURCE = "source"
    TOPIC = "topic"
    CODE = "code"
    BLANKS = "blanks"
    TOLERANCE = "tolerance"
    DISTRACTORS = "distractors"
    LINES = "lines"  # line ends become blanks
    UNWRITABLE = "unwritable"  # it would not be read as the same: the question is left out


class Mistake(StrEnum):
    """What is wrong with a file."""

    SYNTAX = "syntax"
    DOCUMENT_TYPE = "document_type"  # of XML; so all entities
    TOO_DEEP = "too_deep"
    UNCLOSED = "unclosed"  # a brace
    ESCAPE = "escape"
    ENCODING = "encoding"  # several in one file
    NO_QUESTIONS = "no_questions"
    NO_TEXT = "no_text"
    NO_OPTIONS = "no_options"
    ONE_OPTION = "one_option"
    EMPTY_OPTION = "empty_option"
    NO_RIGHT = "no_right"
    TWO_RIGHT = "two_right"
    NO_SUCH_OPTION = "no_such_option"
    NOT_AN_ANSWER = "not_an_answer"
    OPTION_TWICE = "option_twice"
    LETTER_TWICE = "letter_twice"  # also one that is left out
    CODE_TWICE = "code_twice"
    QUESTION_TWICE = "question_twice"  # with another answer
    TOO_MANY_OPTIONS = "too_many_options"
    TOO_LONG = "too_long"
    OPTION_TOO_LONG = "option_too_long"
    EXPLANATION_TOO_LONG = "explanation_too_long"
    ANSWER_TOO_LONG = "answer_too_long"
    SOURCE_TOO_LONG = "source_too_long"
    TOPIC_TOO_LONG = "topic_too_long"
    CODE_TOO_LONG = "code_too_long"
    NO_PAIRS = "no_pairs"
    TOO_MANY_PAIRS = "too_many_pairs"
    TOO_MANY_BLANKS = "too_many_blanks"
    BLANKS_DIFFER = "blanks_differ"  # there are more or fewer answers than blanks
    ANSWERS_DIFFER = "answers_differ"  # those at the end are for other numbers than there are
    NOT_A_KIND = "not_a_kind"
    NOT_A_NUMBER = "not_a_number"
    COLUMN_TWICE = "column_twice"
    NOT_COMPUTED = "not_computed"
    RULE = "rule"  # the detail is the domain's reason


MAX_TEXT_CHARS = 1_000
MAX_OPTION_CHARS = 300
MAX_ANSWER_CHARS = 100
MAX_EXPLANATION_CHARS = 1_000
MAX_SOURCE_CHARS = 200
MAX_TOPIC_CHARS = 30
MAX_CODE_CHARS = 64
MAX_OPTIONS = 12
MAX_PAIRS, MAX_BLANKS = 8, 8
MAX_DETAIL_CHARS = 60
MAX_QUESTIONS = 10_000  # of a file
MAX_LOST = 500
MAX_WRONG = 20  # are told


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a line of a text, or a row of a table, from 1; `sheet` where several have questions."""

    line: int = 0
    row: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its file has it.

    `right` are indexes of options; the options of an ordering stand in their right order, and those of true and false
    are none: its `right` is (0,) for true, (1,) for false. `pairs` are those of a matching, `distractors` the wrong
    right-hand sides beside them. `blanks` has the accepted spellings of each blank; with a `tolerance` they are
    numbers, and whoever is no further away is right, too. `code` is a stable name, empty where the file has none.
    """

    place: Place
    kind: Kind
    text: str
    options: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    distractors: tuple[str, ...] = ()
    blanks: tuple[tuple[str, ...], ...] = ()
    tolerance: Decimal | None = None
    explanation: str = ""
    source: str = ""
    topic: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that is not carried over."""

    place: Place
    loss: Loss
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is wrong. `most` is the limit that it is above."""

    place: Place
    mistake: Mistake
    detail: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What is said once for a file."""

    format: Format


Item: TypeAlias = Head | Question | Lost | Wrong


@dataclass(frozen=True, slots=True)
class Found:
    """All of a file. Where something is wrong, the questions are those that are right."""

    format: Format
    questions: Sequence[Question]
    lost: Sequence[Lost] = ()
    wrong: Sequence[Wrong] = ()


class NotRead(ValueError):  # noqa: N818 - named for what happened
    """A file that cannot be understood beyond this mistake."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.mistake)
        self.wrong = wrong
