"""A file of rules as a child process reads it (`sheets.process`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin.toml.outside import Sound, checked, text_in
from domain.points.scheme.problem import WrongScheme
from domain.points.scheme.reading import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.admin.toml.problem import Problem


def entry(data: bytes, _: Callable[[int, int], None]) -> Iterator[Problem | Sound]:
    """The text of a file, or all that is wrong with how it is written; its rules are still to be checked."""
    return checked(data, _problems)


def _problems(text: str) -> Sequence[Problem]:
    try:
        return look(text).problems
    except WrongScheme as wrong:
        return wrong.problems


def text_of(found: Sequence[Problem | Sound]) -> str:
    """The text that a child has read. Raises WrongScheme."""
    return text_in(found, WrongScheme)
