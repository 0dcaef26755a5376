"""The figures of summaries that were told, in the store."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Date, ForeignKey, String, Table, bindparam, select

from domain.ids import ChatId
from domain.points.period import Period
from domain.report.summary import Figures
from domain.reporting import Figure
from storage.base import Id, metadata
from storage.columns import Json
from storage.dialects import upsert
from storage.feature import Feature

summary_figures = Table(
    "summary_figures",
    metadata,
    Column("every", String(16), primary_key=True),
    Column("first", Date, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("figures", Json, nullable=False),
)

row = summary_figures.c
ALL = select(row.group_id, row.figures).where(row.every == bindparam("of"), row.first == bindparam("since"))
GET = ALL.where(row.group_id == bindparam("group"))
PUT = upsert(summary_figures, ("every", "first", "group_id"), figures=bindparam("new_figures", type_=Json))


class KeptFigures:
    """See `domain.report.summary.KeptFigures`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, group: ChatId, period: Period, figures: Mapping[str, Figure]) -> None:
        """Keep a group's figures in place of earlier ones."""
        cells = [[name, one.value, one.brief, one.of] for name, one in figures.items()]
        values = {"every": period.every.value, "first": period.first, "group_id": group}
        self.connection.execute(PUT, {**values, "figures": cells, "new_figures": cells})

    def get(self, group: ChatId, period: Period) -> Figures | None:
        """A group's figures; `None` where none were kept."""
        found = self.connection.execute(GET, {**_of(period), "group": group}).one_or_none()
        return None if found is None else _read(found.figures)

    def all(self, period: Period) -> Mapping[ChatId, Figures]:
        """Those of all groups."""
        return {ChatId(group): _read(cells) for group, cells in self.connection.execute(ALL, _of(period))}


def _of(period: Period) -> dict[str, Any]:
    return {"of": period.every.value, "since": period.first}


def _read(cells: Any) -> Figures:
    return {name: Figure(value, *further) for name, value, *further in cells}  # the newest has also whose average it is


FEATURE = Feature(tables=(summary_figures,))
