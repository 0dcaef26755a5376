"""A table of a file for people, before any file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing, a row each; `name` and `columns` are named by the texts `sheet` and `column` of a feature.

    That is the feature `texts`, else the one that makes the file.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    texts: str = ""
