"""What each indicator gives the store: a statement that counts, and one that lists what was counted.

They take `since` and `until`, and those that join `STAYS` take them as `stays`. A statement that counts gives a branch
or person, the part, and of how many. One that lists has the columns of `line`, and is of those `among` branches or
people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Label, Select, Text, bindparam, func, literal, select

from domain.ids import BranchId
from domain.life.evaluation.indicator.model import Entry, Tally
from domain.table import Code
from storage.base import Id
from storage.columns import Moment
from storage.dialects import batch

AMONG: Any = bindparam("among", expanding=True)
UNTIL: Any = bindparam("until", type_=Moment)
# Who was in which branch, from when to when: given with each statement, since days begin on the enterprise's clock.
STAYS = batch("stays", person=Id, member=Id, branch=Id, since=Moment(), until=Moment())
stay = STAYS.c


@dataclass(frozen=True, slots=True)
class Listing:
    """A statement that lists, a page at a time: the newest first, what happened at once by number."""

    page: Select[Any]
    total: Select[Any]


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted for branches, or for persons, and the list of it.

    `some` counts of those `among` them; where there is none, the stays that are given are limited already. With `few`,
    a statement that counts the people behind a list, nothing is listed of fewer than five of them.
    """

    tallies: Select[Any]
    listing: Listing
    some: Select[Any] | None = None
    few: Select[Any] | None = None


def listing(found: Select[Any]) -> Listing:
    """The list that a statement gives."""
    lines = found.subquery()
    newest = select(lines).order_by(lines.c.at.desc(), lines.c.number.desc())
    page = newest.offset(bindparam("first")).limit(bindparam("most"))
    return Listing(page, select(func.count()).select_from(lines))


def line(
    *, number: Any, branch: Any, at: Any, what: Any, about: Any, who: Any = None, part: Any = 1, counts: Any = 1
) -> list[Label[Any]]:
    """The columns of a list. `what` is a pair: the program's own word, or nothing; and the title that counts then."""
    code, title = what
    named: dict[str, Any] = {
        "number": number,
        "branch": branch,
        "at": at,
        "code": literal(None, Text) if code is None else code,
        "title": literal("", Text) if title is None else title,
        "who": literal("", Text) if who is None else who,
        "part": literal(part) if isinstance(part, int) else part,
        "counts": literal(counts) if isinstance(counts, int) else counts,
        "about": about,
    }
    return [value.label(name) for name, value in named.items()]


def to_tally(part: Any, of: Any) -> Tally:
    """What a statement has counted."""
    return Tally(Fraction(part or 0), int(of or 0))


def to_entry(row: Any) -> Entry:
    """A line of a list."""
    what: str = row.title if row.code is None else Code(row.code)
    branch = None if row.branch is None else BranchId(row.branch)
    return Entry(branch, row.at, what, row.who or "", Fraction(row.part), int(row.counts), row.about)


def to_entries(rows: Sequence[Any]) -> list[Entry]:
    """The lines of a page."""
    return [to_entry(row) for row in rows]
