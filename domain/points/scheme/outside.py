"""A file of rules as a child process reads it (`sheets.process`): no file can take the program with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.points.scheme.problem import Fault, Problem, WrongScheme
from domain.points.scheme.reading import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Sound:
    """The text of a file that can be read; whether its rules make sense is to be checked."""

    text: str


def entry(data: bytes, _: Callable[[int, int], None]) -> Iterator[Problem | Sound]:
    """The text of a file, or all that is wrong with how it is written."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem(data.count(b"\n", 0, error.start) + 1, Fault.ENCODING.value)
        return
    try:
        problems = look(text).problems
    except WrongScheme as wrong:
        problems = list(wrong.problems)
    if problems:
        yield from sorted(problems, key=lambda one: one.line)
    else:
        yield Sound(text)


def text_of(found: Sequence[Problem | Sound]) -> str:
    """The text that a child has read. Raises WrongScheme."""
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        raise WrongScheme(problems)
    return "".join(one.text for one in found if isinstance(one, Sound))
