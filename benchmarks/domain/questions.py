"""Files of five thousand questions: read in each format, as the child process reads them, and written.

What is timed is the processor time of this process; the child's start is not in it. The questions are of all kinds that
the format has, with an explanation each. A question that is not read fails the benchmark.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from benchmarks.result import Row, Say, WorkNotDone
from sheets.questions import Format, Kind, Place, Question, write, write_table
from sheets.questions.reader import read

T = TypeVar("T")
MAX_READ, MAX_WRITTEN = 3, 10  # seconds of a processor


@dataclass(frozen=True, slots=True)
class Size:
    """How many questions."""

    questions: int = 5000


SHORT = Size(500)


def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark. Raises WorkNotDone."""
    asked = [_question(number) for number in range(size.questions)]
    single = [one for one in asked if one.kind is Kind.SINGLE]
    rows = []
    for format_ in (Format.CHINESE, Format.GIFT, Format.MOODLE, Format.TABLE, Format.AIKEN):
        say(f"questions as {format_}")
        rows += _rows(format_, single * 4 if format_ is Format.AIKEN else asked)
    return rows


def _rows(format_: Format, asked: list[Question]) -> list[Row]:
    content, writing = _timed(lambda: _written(asked, format_))
    found, reading = _timed(lambda: read(content))
    if len(found.questions) != len(asked) or found.wrong:
        raise WorkNotDone(f"{len(found.questions)} of {len(asked)} questions were read from {format_}")
    what = f"{len(asked):,} questions as {format_.value}"
    return [
        Row("questions", what, "reading", reading, "s", most=MAX_READ),
        Row("questions", what, "writing, each read back", writing, "s", most=MAX_WRITTEN),
    ]


def _written(asked: list[Question], format_: Format) -> bytes:
    if format_ is Format.TABLE:
        return write_table(asked, "questions", "en", as_csv=False).content
    return write(asked, format_).content


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.process_time()
    done = work()
    return done, time.process_time() - begun


def _question(number: int) -> Question:
    kind = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.FILL_IN)[number % 4]
    choice = kind in (Kind.SINGLE, Kind.MULTIPLE)
    by_kind = {Kind.SINGLE: (1,), Kind.MULTIPLE: (0, 2), Kind.TRUE_FALSE: (1,), Kind.FILL_IN: ()}
    return Question(
        Place(),
        kind,
        f"Question {number}: what is decided by the branch, and what by the committee above it?",
        options=tuple(f"option {letter} of question {number}" for letter in "abcd") if choice else (),
        right=by_kind[kind],
        blanks=((str(number),),) if kind is Kind.FILL_IN else (),
        tolerance=Decimal(1) if number % 8 == 3 else None,
        explanation="Article four says so, and article five says why.",
        topic=f"topic {number // 500}",
    )
