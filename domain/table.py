"""A table of a file for people, before any file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class Code(str):
    """A word of the program's own (`secretary`, `survey:8`), which the texts of the audit log have in words."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing, a row each; `name` and `columns` are named by the texts `sheet` and `column` of a feature.

    That is the feature `texts`, else the one that makes the file.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    texts: str = ""
