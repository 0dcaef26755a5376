"""A table of a file for people, before any file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing, a row each; `name` and `columns` are words of the text that names them."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
