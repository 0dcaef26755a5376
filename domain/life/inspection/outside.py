"""A rubric's file as a child process reads it (`sheets.process`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin.toml.outside import Sound, checked, text_in
from domain.life.inspection.rubric import WrongRubric, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.admin.toml.problem import Problem
    from domain.life.inspection.rubric import Rubric


def entry(data: bytes, _: Callable[[int, int], None]) -> Iterator[Problem | Sound]:
    """The text of a file, or all that is wrong with it."""
    return checked(data, _problems)


def _problems(text: str) -> Sequence[Problem]:
    try:
        read(text)
    except WrongRubric as wrong:
        return wrong.problems
    return ()


def rubric_of(found: Sequence[Problem | Sound]) -> Rubric:
    """The rubric that a child has read. Raises WrongRubric."""
    return read(text_in(found, WrongRubric))
