"""How files of one kind are read in a child process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

T = TypeVar("T")
Progress: TypeAlias = Callable[[int, int], None]  # is told steps done and steps in all


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """How files of one kind are read.

    `entry` is a function as `module:name` that gets a file's bytes and a progress to tell, in the child, and returns
    items; `kinds` are the dataclasses of these items; `build` makes the result of all of them, in the parent.
    """

    entry: str
    kinds: Sequence[type]
    build: Callable[[list[Any]], T]


def nothing(_: int, __: int) -> None:
    """The progress that nobody looks at."""
