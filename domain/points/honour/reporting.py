"""Honours in reports: those of a week by name, and a table of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.admin.setting import Name, Scope, Where
from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.ids import MemberId
    from domain.points.features import Stores
    from domain.points.honour.model import Honour
    from domain.reporting import Span, Week

NAMED = 8  # honours in a summary
A_WEEKS = 1000


def _tell(stores: Stores, week: Week) -> Told | None:
    """Who was honoured; those who do not want to be named in the summary are counted alone."""
    found = stores.honours.in_span(week.group.id, week.since, week.until, A_WEEKS)
    if not found:
        return None
    hidden = _unnamed(stores, found)
    named = [one for one in found if one.member is None or one.member.id not in hidden][:NAMED]
    values = {"honours": named, "more": len(found) - len(named)}
    return Told(Text("honour.summary", values), happened=True)


def _unnamed(stores: Stores, honours: Sequence[Honour]) -> set[MemberId]:
    """Who of them does not want to be on boards."""
    people = {one.member.id for one in honours if one.member is not None}
    return {one for one in people if stores.settings.own(Where(Scope.MEMBER, one), Name.ON_BOARD) == "no"}


def _read(stores: Stores, span: Span) -> Material:
    found = stores.honours.in_span(span.group.id, span.since, span.until, span.max_rows)
    return Material(len(found), partial(_tables, found, _unnamed(stores, found)))


def _tables(found: Sequence[Honour], hidden: Collection[MemberId]) -> list[Table]:
    """A row for each; without name and citation for those who are on no board."""
    rows = [
        (one.day, one.title, *((None, "") if one.member and one.member.id in hidden else (one.holder, one.citation)))
        for one in found
    ]
    return [Table("honours", ("day", "honour", "holder", "citation"), rows)]


SECTION = Section(65, _tell)
EXPORT = Export(46, _read)
