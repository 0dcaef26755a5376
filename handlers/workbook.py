"""Tables of the domain as a spreadsheet, with headings, values and times in the reader's language and time zone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sheets
from domain.admin.audit import Deed, Told
from domain.messaging.chat import Chat
from domain.people.member import Member
from domain.points.event import RuleName
from domain.table import Code, Table
from handlers.context import Services

WIDE = {
    *("title", "text", "cause", "question", "options", "option", "answer", "standard", "outcome", "tags", "subject"),
    *("item", "readers", "chosen_by"),
}
WIDTH, WIDE_WIDTH = 18, 48  # characters


class Workbook:
    """Writes tables for a reader.

    `sheet` and `column` are the texts that name a sheet and a column of a table that does not say by whose texts.
    """

    def __init__(self, services: Services, reader: Chat, sheet: str, column: str) -> None:
        self.services, self.reader = services, reader
        self.named = (sheet, column)
        self.names: dict[Member, str] = {}

    def write(self, tables: Sequence[Table]) -> bytes:
        """The file's content: a sheet for each table that has rows."""
        return sheets.write([self._sheet(one) for one in tables if one.rows], as_csv=False)

    def _sheet(self, table: Table) -> sheets.Table:
        sheet, column = (f"{table.texts}.{text}" for text in ("sheet", "column")) if table.texts else self.named
        headings = [self._heading(column, name) for name in table.columns]
        widths = [WIDE_WIDTH if name in WIDE else WIDTH for name in table.columns]
        rows = [[self._cell(value) for value in row] for row in table.rows]
        columns = [sheets.Column(*one) for one in zip(headings, widths, strict=True)]
        return sheets.Table(self._words(sheet, table.name), columns, rows)

    def _heading(self, column: str, name: str) -> str:
        return self._words("points.rule", name) if isinstance(name, RuleName) else self._words(column, name)

    def _words(self, text: str, value: Any) -> str:
        return self.services.label(self.reader, text, {text.partition(".")[2]: value})

    def _cell(self, value: Any) -> int | str | None:
        if isinstance(value, RuleName | Code | Deed | Told):
            return self._coded(value)
        if isinstance(value, Member):
            return self._name(value)
        if isinstance(value, bool):
            return self._words("privacy.truth", "yes" if value else "no")
        if isinstance(value, list | tuple):
            return "、".join(str(self._cell(one)) for one in value)
        return value if value is None or isinstance(value, int) else self._plain(value)

    def _coded(self, value: RuleName | Code | Deed | Told) -> str:
        if isinstance(value, Deed):
            return self.services.label(self.reader, "audit.action", {"action": value.action, "change": value.change})
        if isinstance(value, Told):
            return self.services.label(self.reader, "audit.told", {"action": value.action, "parts": value.parts})
        if isinstance(value, RuleName):
            return self._words("points.rule", value)
        return self._words("audit.word", str(value))

    def _plain(self, value: Any) -> str:
        if isinstance(value, datetime):
            return f"{self.reader.local(value):%Y-%m-%d %H:%M}"
        return value.isoformat() if isinstance(value, date) else str(value)

    def _name(self, member: Member) -> str:
        if member not in self.names:
            self.names[member] = self._words("export.member", member)
        return self.names[member]
