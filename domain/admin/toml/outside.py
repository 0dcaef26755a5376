"""A file as a child process reads it (`sheets.process`): no file can take the program with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.toml.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Sound:
    """The text of a file that can be read; what only the store knows is still to be checked."""

    text: str


def checked(data: bytes, look: Callable[[str], Sequence[Problem]]) -> Iterator[Problem | Sound]:
    """The text of a file, or all that is wrong with how it is written, by line; `look` finds that."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Problem(data.count(b"\n", 0, error.start) + 1, Fault.ENCODING.value)
        return
    problems = look(text)
    if problems:
        yield from sorted(problems, key=lambda one: one.line)
    else:
        yield Sound(text)


def text_in(found: Sequence[Problem | Sound], wrong: Callable[[Sequence[Problem]], Refusal]) -> str:
    """The text that a child has read. Raises what `wrong` makes of problems."""
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        raise wrong(problems)
    return "".join(one.text for one in found if isinstance(one, Sound))
