"""How far long work is, for whoever looks on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]  # is told steps done and steps in all


def nothing(_: int, __: int) -> None:
    """The progress that nobody looks at."""
