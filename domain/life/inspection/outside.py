"""A rubric's file as a child process reads it (`sheets.process`): no file can take the program with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.inspection.rubric import WrongRubric, read
from domain.points.scheme.outside import Sound
from domain.points.scheme.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.life.inspection.rubric import Rubric


def entry(data: bytes, _: Callable[[int, int], None]) -> Iterator[Problem | Sound]:
    """The text of a file, or all that is wrong with it."""
    try:
        text = data.decode("utf-8-sig")
        read(text)
    except UnicodeDecodeError as error:
        yield Problem(data.count(b"\n", 0, error.start) + 1, Fault.ENCODING.value)
    except WrongRubric as wrong:
        yield from wrong.problems
    else:
        yield Sound(text)


def rubric_of(found: Sequence[Problem | Sound]) -> Rubric:
    """The rubric that a child has read. Raises WrongRubric."""
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        raise WrongRubric(problems)
    return read("".join(one.text for one in found if isinstance(one, Sound)))
