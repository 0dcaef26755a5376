"""Tables into files: XLSX with widths, a frozen heading and cells that stay text; CSV that Excel opens as it should."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plain

MAX_CELL_CHARS = 32_767  # in a cell, by the format


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters; `is_date` where cells hold days."""

    heading: str
    width: int
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet to be written; without columns its rows are plain lines of text. `above` stands over its heading."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | int | date | None]]
    above: Sequence[Sequence[str]] = ()


def write(tables: Sequence[Table], *, as_csv: bool) -> bytes:
    """The file: all tables as an XLSX, or the first one as a CSV (UTF-8 with its mark, by which Excel knows it)."""
    return _csv(tables[0]) if as_csv else _xlsx(tables)


def _csv(table: Table) -> bytes:
    file = io.StringIO(newline="")
    out = csv.writer(file)
    out.writerows([[_safe(cell) for cell in words] for words in table.above])
    out.writerow([column.heading for column in table.columns])
    out.writerows([[_safe(cell) for cell in row] for row in table.rows])
    return file.getvalue().encode("utf-8-sig")


def _safe(cell: str | int | date | None) -> str:
    """A cell that no spreadsheet takes for a formula when it opens the file."""
    if isinstance(cell, int):
        return str(cell)
    text = "" if cell is None else plain.clean(str(cell))
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _short(cell: str) -> str:
    """A cell as long as the format allows; XlsxWriter leaves a longer one out without a word."""
    cell = plain.clean(cell)
    return cell if len(cell) <= MAX_CELL_CHARS else f"{cell[: MAX_CELL_CHARS - 1]}…"


def _xlsx(tables: Sequence[Table]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - a third of this room's import, and who only reads needs none of it

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "vcenter"})
        text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        whole = book.add_format({"num_format": "0"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            if not table.columns:
                sheet.set_column(0, 0, 90, wrapped)
                sheet.write_column(0, 0, [str(row[0]) for row in table.rows])
                continue
            top = len(table.above)
            sheet.freeze_panes(top + 1, 0)
            for number, words in enumerate(table.above):
                for place, said in enumerate(words):
                    sheet.write_string(number, place, _short(said), bold if place == 0 else text)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, column.width, day if column.is_date else text)
                sheet.write_string(top, place, column.heading, bold)
            for number, row in enumerate(table.rows, top + 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    elif isinstance(cell, int):
                        sheet.write_number(number, place, cell, whole)
                    elif cell:
                        sheet.write_string(number, place, _short(cell), text)
    return file.getvalue()
