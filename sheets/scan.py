"""Looks at the XML in an XLSX as it comes, piece by piece, and stops where there is more than can be held.

The parser is expat. Parts are UTF-8; a document type, which no spreadsheet program writes, is refused together with
the entities that it may define.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NoReturn
from xml.parsers import expat

MAX_CELLS = 2_000_000  # of the rectangles of all sheets
MAX_ROWS = 100_030  # a hundred thousand, and thirty for what stands above them
MAX_COLUMNS = 1_000
MAX_CELL_CHARS = 32_767  # by the format
EXCEL_ROWS, EXCEL_COLUMNS = 1_048_576, 16_384
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NUMBER = re.compile(r"[1-9][0-9]{0,6}")


class Limit(StrEnum):
    """What there is too much of."""

    UNPACKED = "too_much_inside"
    ROWS = "too_many_rows"
    COLUMNS = "too_many_columns"
    CELLS = "too_many_cells"
    CELL = "cell_too_long"


class TooLarge(ValueError):  # noqa: N818 - named for what was found
    """More inside than can be held."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.limit = limit


class Broken(ValueError):  # noqa: N818 - named for what was found
    """A part is not what it should be."""


class Scan:
    """Any part: nothing is looked for but that it is whole and without a document type."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_document_type

    def feed(self, piece: bytes) -> None:
        """Look at the next piece. Raises Broken, TooLarge, ExpatError."""
        if b"\0" in piece:  # UTF-16, which expat finds out by itself, and calamine does not
            raise Broken("not UTF-8")
        self._parser.Parse(piece, False)

    def close(self) -> None:
        """There is no further piece. Raises ExpatError."""
        self._parser.Parse(b"", True)


class Strings(Scan):
    """The shared strings."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._chars = 0
        self._parser.StartElementHandler = self._start
        self._parser.CharacterDataHandler = self._text

    def _start(self, tag: str, _: Mapping[str, str]) -> None:
        if _local(tag) == "si":
            self._count += 1
            self._chars = 0
            if self._count > MAX_CELLS:
                raise TooLarge(Limit.CELLS)

    def _text(self, words: str) -> None:
        self._chars += len(words)
        if self._chars > MAX_CELL_CHARS:
            raise TooLarge(Limit.CELL)


class Cells(Scan):
    """A worksheet: its extent, and the cells whose formula has no result, or an error."""

    def __init__(self, room: int = MAX_CELLS) -> None:
        """`room` is how many cells its rectangle may have."""
        super().__init__()
        self.uncomputed: set[int] = set()
        self.bottom = self.right = 0  # of the cells that are not empty
        self._room = room
        self._row = self._column = self._chars = 0
        self._type: str | None = None
        self._formula = self._value = self._in_text = self._in_value = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = _local(tag)
        if kind == "c":
            self._row, self._column = _place(attributes.get("r"), self._row, self._column + 1)
            self._type = attributes.get("t")
            self._formula = self._value = False
            self._chars = 0
        elif kind == "row":
            self._row, self._column = _row_number(attributes.get("r"), self._row + 1), 0
        elif kind == "f":
            self._formula = True
        elif kind in ("v", "t"):
            self._in_text, self._in_value = True, kind == "v"
        elif kind == "is":
            self._value = True

    def _end(self, tag: str) -> None:
        kind = _local(tag)
        if kind == "c" and (self._formula or self._value):
            self._note()
        elif kind in ("v", "t"):
            self._in_text = self._in_value = False

    def _text(self, words: str) -> None:
        if self._in_text:
            self._value = self._value or self._in_value
            self._chars += len(words)
            if self._chars > MAX_CELL_CHARS:
                raise TooLarge(Limit.CELL)

    def _note(self) -> None:
        """A cell that is not empty has ended. Raises TooLarge."""
        self.bottom, self.right = max(self.bottom, self._row), max(self.right, self._column)
        if self.bottom > MAX_ROWS:
            raise TooLarge(Limit.ROWS)
        if self.right > MAX_COLUMNS:
            raise TooLarge(Limit.COLUMNS)
        if self.bottom * self.right > self._room:
            raise TooLarge(Limit.CELLS)
        if self._type == "e" or (self._formula and not self._value and self._type != "str"):
            self.uncomputed.add(place_of(self._row, self._column))


def place_of(row: int, column: int) -> int:
    """A cell's row and column in one number, of which a set of millions can be held."""
    return row * EXCEL_COLUMNS + column


def column_number(letters: str) -> int:
    """`A` is 1, `AA` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is `A`, 27 `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _refuse_document_type(*_: Any) -> NoReturn:
    raise Broken("a document type")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2] if ":" in tag else tag


def _row_number(given: str | None, following: int) -> int:
    """Where a row says that it is, or else where it stands. Raises Broken."""
    if given is None:
        return following
    if not NUMBER.fullmatch(given) or int(given) > EXCEL_ROWS:
        raise Broken("a row's number")
    return int(given)


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell says that it is, or else where it stands. Raises Broken."""
    if address is None:
        return row, column
    match = ADDRESS.fullmatch(address)
    if match is None or int(match[2]) > EXCEL_ROWS or column_number(match[1]) > EXCEL_COLUMNS:
        raise Broken("a cell's address")
    return int(match[2]), column_number(match[1])
