"""Thanks in reports: how many in a week, and a table of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.member import Member
    from domain.points.features import Stores
    from domain.points.thanks.model import Told as Given
    from domain.reporting import Span, Week


def _tell(_: Stores, week: Week) -> Told | None:
    """How often people have thanked each other."""
    times = week.counts["thanks_given"]
    return Told(Text("thanks.summary", {"times": times}), happened=True) if times else None


def _read(stores: Stores, span: Span) -> Material:
    found = stores.thanks.in_span(span.group.id, span.since, span.until, span.max_rows)
    return Material(len(found), partial(_tables, found, named=span.named))


def _tables(found: Sequence[Given], *, named: bool) -> list[Table]:
    """A row for each, without the names of those who are on no board; only how many where nobody is."""
    if not named:
        return [Table("thanks", ("times",), [(len(found),)] if found else [])]
    rows = [
        (
            one.thanks.at,
            _shown(one.thanks.giver, named=one.giver_named),
            _shown(one.thanks.receiver, named=one.receiver_named),
            one.thanks.reason if one.giver_named and one.receiver_named else "",
        )
        for one in found
    ]
    return [Table("thanks", ("at", "giver", "receiver", "reason"), rows)]


def _shown(who: Member, *, named: bool) -> Member | None:
    return who if named else None


SECTION = Section(60, _tell)
EXPORT = Export(45, _read)
