"""What is found in a questionnaire's file: its questions, what cannot be carried over, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Format(StrEnum):
    """What a file is; its content tells it, not its name."""

    YAML = "yaml"
    TABLE = "table"
    SURVEYJS = "surveyjs"
    LIMESURVEY = "limesurvey"

    @property
    def own(self) -> bool:
        """Whether it is written for this program, so that whatever does not fit is a mistake."""
        return self in (Format.YAML, Format.TABLE)


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RATING = "rating"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING})


class Loss(StrEnum):
    """What of another program's file is not carried over; `Lost.detail` says what it was."""

    KIND = "kind"  # a kind of question that there is none of here: the question is left out
    TOO_MANY = "too_many"  # a question above the most there may be
    UNFIT = "unfit"  # a question that cannot be asked here: the detail is the domain's reason
    CONDITION = "condition"  # the question is asked of everybody
    SCRIPT = "script"
    QUOTA = "quota"
    IMAGE = "image"
    FREE_TEXT = "free_text"  # a comment or “other” in words beside a choice
    CHECK = "check"  # of what is answered
    CUT = "cut"  # a text that is too long was shortened
    HEADING = "heading"  # of a page or group
    WORDS = "words"  # help, closing words, a text between questions
    LANGUAGE = "language"  # other languages
    ORDER = "order"  # of questions or pages
    DEFAULT = "default"  # an answer that is filled in already
    SETTING = "setting"  # anything else that has a name


class Mistake(StrEnum):
    """What is wrong with a file."""

    SYNTAX = "syntax"
    TWICE = "twice"  # one name for two values
    REFERENCE = "reference"  # anchors, aliases and tags of YAML
    TOO_DEEP = "too_deep"
    NOT_A_MAP = "not_a_map"
    NOT_A_LIST = "not_a_list"
    NOT_A_TEXT = "not_a_text"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_TRUTH = "not_a_truth"
    NOT_A_KIND = "not_a_kind"
    UNKNOWN = "unknown"  # a name that means nothing
    MISSING = "missing"
    NO_SUCH_QUESTION = "no_such_question"
    NO_SUCH_OPTION = "no_such_option"
    NOT_COMPUTED = "not_computed"
    NO_QUESTIONS = "no_questions"
    RULE = "rule"  # the detail is the domain's reason


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a line of a text, a cell of a table, or an element by its name."""

    line: int = 0
    cell: str = ""
    element: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class When:
    """The earlier question and the options (or ratings) after which one is asked; `words`: as the file has it."""

    question: str
    options: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with whatever lengths and numbers it has in the file."""

    place: Place
    key: str
    kind: Kind
    text: str
    options: tuple[Choice, ...] = ()
    required: bool = True
    shuffled: bool = False
    most: int | None = None
    low: int | None = None
    high: int | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that is not carried over."""

    place: Place
    loss: Loss
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is wrong. `most` is the limit that a rule has."""

    place: Place
    mistake: Mistake
    detail: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What is said once for a file."""

    format: Format
    title: str
    introduction: str
    title_at: Place = Place()
    introduction_at: Place = Place()


Item: TypeAlias = Head | Asked | Lost | Wrong


@dataclass(frozen=True, slots=True)
class Found:
    """All of a file."""

    head: Head
    questions: Sequence[Asked]
    lost: Sequence[Lost] = ()
    wrong: Sequence[Wrong] = ()


MAX_DETAIL_CHARS = 60
MAX_QUESTIONS = 500  # of a file are told; far more than there may be
MAX_LOST = 500
MAX_WRONG = 100


class NotRead(ValueError):  # noqa: N818 - named for what happened
    """A file that cannot be understood beyond this mistake."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.mistake)
        self.wrong = wrong


def found_wrong(format_: Format, wrong: Sequence[Wrong]) -> Found:
    """A file of which only the mistakes are told."""
    return Found(Head(format_, "", ""), (), wrong=tuple(wrong))
