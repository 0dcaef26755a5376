"""Activities in reports: how many were held, who came, what they cost; activities and sign-ups in an export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.activity.looking import sheet_of
from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Code, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.activity.model import Sheet
    from domain.life.features import Stores
    from domain.reporting import Span, Week

HELD = ("number", "title", "starts_at", "place", "signed", "came", "pleased", "answers", "planned", "spent", "a_head")
SIGNUPS = ("number", "title", "name", "family", "seat", "signed_at", "present_at")


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many activities the group has held, and how many people came."""
    sheets = [sheet_of(stores, one) for one in stores.activities.in_span(week.group.id, week.since, week.until)]
    if not sheets:
        return None
    values = {"held": len(sheets), "came": sum(one.effect.came for one in sheets), "titles": _titles(sheets)}
    return Told(Text("activity.summary", values), happened=True)


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    return [one.activity.title for one in sheets]


def _read(stores: Stores, span: Span) -> Material:
    found = stores.activities.in_span(span.group.id, span.since, span.until)[: span.max_rows]
    sheets = [sheet_of(stores, one) for one in found]
    return Material(sum(len(one.people) for one in sheets), partial(tables, sheets))


def tables(sheets: Sequence[Sheet]) -> list[Table]:
    """The activities with their effect, and who had signed up."""
    made = [
        Table("activities", HELD, [_line(one) for one in sheets], "activity"),
        Table("signups", SIGNUPS, [line for one in sheets for line in _signups(one)], "activity"),
    ]
    return [one for one in made if one.rows]


def _line(sheet: Sheet) -> tuple[object, ...]:
    one, effect = sheet.activity, sheet.effect
    pleased = None if effect.pleased is None else round(effect.pleased, 2)
    a_head = None if effect.a_head is None else round(effect.a_head, 2)
    what = one.id, one.title, one.starts_at, one.place
    return *what, effect.signed, effect.came, pleased, effect.answers, effect.planned, effect.spent, a_head


def _signups(sheet: Sheet) -> list[tuple[object, ...]]:
    one = sheet.activity
    return [
        (one.id, one.title, who.name, who.family, Code(f"seat.{who.place}"), who.at, who.present_at)
        for who in sheet.people
    ]


SECTION, EXPORT = Section(74, _tell), Export(64, _read)
