"""Files as offices make them."""

import io
from datetime import date
from typing import Any

import xlsxwriter


class Formula(str):
    """A formula; its result in the file is `result`, empty where the program that wrote it did not compute."""

    result: Any = ""

    def giving(self, result: Any) -> "Formula":
        self.result = result
        return self


def xlsx(
    rows: list[list[Any]],
    *,
    merged: list[str] = (),
    sheet: str = "名册",
    more: dict[str, list[list[Any]]] | None = None,
) -> bytes:
    """A workbook; `merged` are ranges such as `A2:A4`, `more` further sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, content in {sheet: rows, **(more or {})}.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(content):
                for place, cell in enumerate(row):
                    put(page, number, place, cell, day)
        for span in merged:
            first = book.worksheets()[0]
            first.merge_range(span, cell_at(rows, span))
    return file.getvalue()


def put(page: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if isinstance(cell, Formula):
        page.write_formula(row, column, str(cell), None, cell.result)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, str):
        page.write_string(row, column, cell) if cell else None
    elif cell is not None:
        page.write(row, column, cell)


def cell_at(rows: list[list[Any]], span: str) -> Any:
    return rows[int(span.split(":", maxsplit=1)[0][1:]) - 1][ord(span[0]) - ord("A")]


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)
