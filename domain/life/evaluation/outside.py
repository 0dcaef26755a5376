"""A scheme's file as a child process reads it (`sheets.process`): no file can take the program with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.life.evaluation.reading import Flaw, WrongScheme, read
from domain.points.scheme.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Sound:
    """The text of a file that can be read; whether there are such indicators is to be checked."""

    text: str


def entry(data: bytes, _: Callable[[int, int], None]) -> Iterator[Problem | Sound]:
    """The text of a file, or all that is wrong with how it is written."""
    try:
        text = data.decode("utf-8-sig")
        read(text)
    except UnicodeDecodeError as error:
        yield Problem(data.count(b"\n", 0, error.start) + 1, Flaw.ENCODING.value)
    except WrongScheme as wrong:
        yield from wrong.problems
    else:
        yield Sound(text)


def text_of(found: Sequence[Problem | Sound]) -> str:
    """The text that a child has read. Raises WrongScheme."""
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        raise WrongScheme(problems)
    return "".join(one.text for one in found if isinstance(one, Sound))
