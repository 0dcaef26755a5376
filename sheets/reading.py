"""A file's cells: XLSX through calamine, CSV in the encodings and with the separators that are met in offices."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias

import python_calamine as calamine

from sheets import scan, workbook
from sheets.scan import MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Limit, TooLarge

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
Fields: TypeAlias = Callable[[Sequence[Sequence[Cell]]], int]

MAX_FILE_BYTES = 20 * 1024 * 1024  # what a bot may fetch from Telegram
MAX_LINES = 100_000  # rows below the heading
MAX_LINE_CHARS = 1_000_000  # of a line in a CSV: more than any row has
MAX_DETAIL_CHARS = 1_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # an XLS, or an XLSX under a password
ZIPPED = b"PK\x03\x04"
SEPARATORS = (",", "\t", ";", "，", "；", "|")
LOOKED_AT, LOOKED_AT_CHARS = 50, 100_000  # lines by which the separator is told, and how much of them
NAMED_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)  # Excel's own first line
WIDE = 2  # bytes of a sign in UTF-16


class Reason(StrEnum):
    """Why a file cannot be read."""

    TOO_LARGE = "too_large"  # the file itself
    TOO_MUCH_INSIDE = Limit.UNPACKED
    TOO_MANY_ROWS = Limit.ROWS
    TOO_MANY_COLUMNS = Limit.COLUMNS
    TOO_MANY_CELLS = Limit.CELLS
    CELL_TOO_LONG = Limit.CELL
    TOO_COSTLY = "too_costly"  # reading it took more memory or time than there is
    EMPTY = "empty"
    WRONG_KIND = "wrong_kind"
    OLD_OR_PROTECTED = "old_or_protected"
    BROKEN = "broken"
    ENCODING = "encoding"
    NO_HEADER = "no_header"
    SEVERAL_SHEETS = "several_sheets"


class WrongFile(ValueError):  # noqa: N818 - named for what is wrong
    """A file that cannot be read; `detail` says more where there is more to say."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail[:MAX_DETAIL_CHARS]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of cells; its first row is row 1, its first column A.

    What a file says once for several cells (merged ones) stands in each. `uncomputed` are the cells (`scan.place_of`)
    whose formula has no result in the file, or an error. In a CSV all cells are texts: `typed` tells it.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    uncomputed: Set[int] = field(default=frozenset())
    typed: bool = True

    def is_uncomputed(self, row: int, column: int) -> bool:
        """Whether a cell, row and column from 1, has no result."""
        return scan.place_of(row, column) in self.uncomputed


def _nothing(_: Sequence[Sequence[Cell]]) -> int:
    return 0


def read(data: bytes, known: Fields = _nothing) -> list[Sheet]:
    """The sheets of a file that its reader can see; a CSV is one. Raises WrongFile.

    `known` counts the headings that the reader knows in the first rows: by it a CSV's separator is told.
    """
    if len(data) > MAX_FILE_BYTES:
        raise WrongFile(Reason.TOO_LARGE)
    if not data.strip(b"\0 \r\n\t"):
        raise WrongFile(Reason.EMPTY)
    if data.startswith(OLD_OFFICE):
        raise WrongFile(Reason.OLD_OR_PROTECTED)
    return _read_xlsx(data) if data.startswith(ZIPPED) else [_read_csv(decode(data), known)]


def _read_xlsx(data: bytes) -> list[Sheet]:
    """Raises WrongFile."""
    try:
        parts, file = workbook.repack(data)
        file.seek(0)
        with calamine.CalamineWorkbook.from_filelike(file) as book:
            return [_sheet(book.get_sheet_by_name(part.name), part) for part in parts]
    except TooLarge as error:
        raise WrongFile(Reason(error.limit)) from error
    except workbook.NoWorkbook as error:
        raise WrongFile(Reason.WRONG_KIND) from error
    except calamine.PasswordError as error:
        raise WrongFile(Reason.OLD_OR_PROTECTED) from error
    except (calamine.CalamineError, scan.Broken) as error:
        raise WrongFile(Reason.BROKEN, str(error)) from error


def _sheet(sheet: calamine.CalamineSheet, part: workbook.Part) -> Sheet:
    """Raises Broken."""
    if sheet.total_height * sheet.total_width > MAX_CELLS:  # it found other cells than we did
        raise scan.Broken("its extent")
    rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
    filled = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        covered = rows[top : bottom + 1]
        filled += sum(len(row[left : right + 1]) for row in covered)
        if filled > MAX_CELLS:  # they overlap, which no spreadsheet program lets happen
            raise scan.Broken("merged cells")
        for row in covered:
            if left < len(row):
                width = min(right + 1, len(row)) - left
                row[left : left + width] = [rows[top][left]] * width
    return Sheet(part.name, rows, part.uncomputed)


def decode(data: bytes) -> str:
    """A text in UTF-8 or UTF-16, each with its mark or without, or GB18030, which holds GBK. Raises WrongFile."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise WrongFile(Reason.WRONG_KIND)
        return text
    raise WrongFile(Reason.ENCODING)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    head = data[:LOOKED_AT_CHARS]
    if b"\n\0" in head and head.index(b"\n\0") % WIDE == 0:
        return ("utf-16-le",)
    if b"\0\n" in head and head.index(b"\0\n") % WIDE == 0:
        return ("utf-16-be",)
    return ("utf-8-sig", "gb18030")


def _read_csv(text: str, known: Fields) -> Sheet:
    """Raises WrongFile."""
    try:
        return Sheet("", list(_rows(_parted(_lines(text), _separator(text, known)))), typed=False)
    except TooLarge as error:
        raise WrongFile(Reason(error.limit)) from error
    except csv.Error as error:
        raise WrongFile(Reason.BROKEN, str(error)) from error


def _parted(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=separator, skipinitialspace=True)


def _lines(text: str) -> Iterator[str]:
    """Raises TooLarge."""
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_LINE_CHARS:
            raise TooLarge(Limit.COLUMNS)
        yield line


def _rows(read: Iterator[list[str]]) -> Iterator[Sequence[str]]:
    """The rows without the empty cells and empty rows at their ends, which cost nothing then. Raises TooLarge."""
    cells = number = 0
    for place, row in enumerate(read):
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        cells += len(row)
        _check(place + 1, len(row), cells)
        if any(len(cell) > MAX_CELL_CHARS for cell in row):
            raise TooLarge(Limit.CELL)
        yield from [()] * (place - number)
        yield row
        number = place + 1


def _check(row: int, columns: int, cells: int) -> None:
    """Raises TooLarge."""
    if row > MAX_ROWS:
        raise TooLarge(Limit.ROWS)
    if columns > MAX_COLUMNS:
        raise TooLarge(Limit.COLUMNS)
    if cells > MAX_CELLS:
        raise TooLarge(Limit.CELLS)


def _separator(text: str, known: Fields) -> str:
    """What parts the cells: what makes most known headings, then the most even rows, then the most cells.

    Each one is tried on the first lines with a real parser, so that what stands in quotes parts nothing.
    """
    head = list(itertools.islice(io.StringIO(text[:LOOKED_AT_CHARS], newline=""), LOOKED_AT))
    named = NAMED_SEPARATOR.fullmatch(head[0].strip("\r\n")) if head else None
    if named is not None:
        return named[1]
    return max(SEPARATORS, key=lambda separator: _fit(head, separator, known))


def _fit(head: Sequence[str], separator: str, known: Fields) -> tuple[int, int, int]:
    try:
        rows = [row for row in _parted(head, separator) if any(row)]
    except csv.Error:
        return (-1, 0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, even = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (known(rows), even, width)
