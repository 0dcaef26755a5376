"""A scheme's file as a child process reads it (`sheets.process`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin.toml.outside import Sound, checked, text_in
from domain.life.evaluation.flaw import WrongScheme
from domain.life.evaluation.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.admin.toml.problem import Problem


def entry(data: bytes, _: Callable[[int, int], None]) -> Iterator[Problem | Sound]:
    """The text of a file, or all that is wrong with how it is written; its indicators are still to be looked up."""
    return checked(data, _problems)


def _problems(text: str) -> Sequence[Problem]:
    try:
        read(text)
    except WrongScheme as wrong:
        return wrong.problems
    return ()


def text_of(found: Sequence[Problem | Sound]) -> str:
    """The text that a child has read. Raises WrongScheme."""
    return text_in(found, WrongScheme)
