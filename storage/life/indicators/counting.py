"""What each indicator gives the store: statements that count, and statements that list what was counted.

They take `since` and `until`. A statement that counts gives a branch or person, the part, and of how many. One that
lists has the columns `number`, `branch`, `at`, `code`, `title`, `who`, `part`, `counts` and `about`, and is of those
`among` branches or people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from domain.ids import BranchId
from domain.life.evaluation.indicator.model import Entry, Tally
from domain.table import Code

AMONG: Any = bindparam("among", expanding=True)


@dataclass(frozen=True, slots=True)
class Listing:
    """A statement that lists, a page at a time: the newest first, what happened at once by number."""

    page: Select[Any]
    total: Select[Any]


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted for branches, or for persons, and the list of it."""

    tallies: Select[Any]
    listing: Listing


def listing(found: Select[Any]) -> Listing:
    """The list that a statement gives."""
    lines = found.subquery()
    newest = select(lines).order_by(lines.c.at.desc(), lines.c.number.desc())
    page = newest.offset(bindparam("first")).limit(bindparam("most"))
    return Listing(page, select(func.count()).select_from(lines))


def to_tally(part: Any, of: Any) -> Tally:
    """What a statement has counted."""
    return Tally(Fraction(part or 0), int(of or 0))


def to_entry(row: Any) -> Entry:
    """A line of a list."""
    what: str = row.title if row.code is None else Code(row.code)
    branch = None if row.branch is None else BranchId(row.branch)
    return Entry(branch, row.at, what, row.who or "", Fraction(row.part), row.counts, row.about)


def to_entries(rows: Sequence[Any]) -> list[Entry]:
    """The lines of a page."""
    return [to_entry(row) for row in rows]
