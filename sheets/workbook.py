"""What calamine does not tell of an XLSX, or must not find out by itself, read from its parts before.

A sheet is held as a full rectangle: one stray word in the last cell of an Excel sheet asks for hundreds of gigabytes.
So the extent of what is written is looked at first. Formulas without a result and errors, which look like empty cells,
are found on the same way.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

MAX_UNPACKED_BYTES = 120 * 1024 * 1024  # bytes, unpacked
MAX_STRING_BYTES = 60 * 1024 * 1024  # bytes of shared strings, which are held as a whole
MAX_CELLS = 2_000_000  # of the rectangle
MAX_SHEETS = 50
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
COUNTING = re.compile(r"xl/(?:sharedStrings|styles|workbook)\.xml", re.IGNORECASE)
COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*\+?0*([0-9]*)""")
HEAD = 1024 * 1024  # bytes of such a part that are looked at
STRINGS = "xl/sharedStrings.xml"
DAMAGE = (  # whatever the standard library says of a file that is not as it should be
    zipfile.BadZipFile,
    zlib.error,
    Tree.ParseError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)
RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class NoWorkbook(ValueError):  # noqa: N818 - named for what was found
    """A zip file that is no XLSX."""


class TooLarge(ValueError):  # noqa: N818 - named for what was found
    """More inside than can be held."""


class Broken(ValueError):  # noqa: N818 - named for what was found
    """Its parts are not what they should be."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet that can be seen, and the cells, row and column from 1, whose formula has no result, or an error."""

    name: str
    uncomputed: frozenset[tuple[int, int]]


def parts(data: bytes) -> list[Part]:
    """The sheets of an XLSX that can be seen. Raises NoWorkbook, TooLarge, Broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive)
            _check_counts(archive)
            return [Part(name, _uncomputed(archive, path)) for name, path in _visible(archive)]
    except (NoWorkbook, TooLarge, Broken):
        raise
    except DAMAGE as error:
        raise Broken(str(error)) from error


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Raises NoWorkbook, TooLarge."""
    sizes = {member.filename: member.file_size for member in archive.infolist()}
    if "xl/workbook.xml" not in sizes:
        raise NoWorkbook
    if sum(sizes.values()) > MAX_UNPACKED_BYTES or sizes.get(STRINGS, 0) > MAX_STRING_BYTES:
        raise TooLarge


def _check_counts(archive: zipfile.ZipFile) -> None:
    """Raises Broken where a part says that it holds more than can be.

    So much is reserved at once, and what cannot be ends the process. Reading to the end shows lies about sizes.
    """
    for name in filter(COUNTING.fullmatch, archive.namelist()):
        with archive.open(name) as part:
            counts = COUNT.findall(part.read(HEAD))
            while part.read(HEAD):
                pass
        if any(len(count) > len(str(MAX_CELLS)) for count in counts):
            raise Broken(name)


def _visible(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and path of each worksheet that can be seen."""
    relations = Tree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - see `_cells`
    targets = {one.get("Id"): str(one.get("Target")) for one in relations if "worksheet" in str(one.get("Type"))}
    book = Tree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    sheets = [one for one in book.iter() if one.tag in (f"{MAIN}sheet", f"{STRICT}sheet")]
    seen = [one for one in sheets if one.get("state", "visible") == "visible"][:MAX_SHEETS]
    found = [(str(one.get("name")), targets.get(next(filter(None, map(one.get, RELATION)), None))) for one in seen]
    return [(name, _inside(target)) for name, target in found if target is not None]


def _inside(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _uncomputed(archive: zipfile.ZipFile, path: str) -> frozenset[tuple[int, int]]:
    """Raises TooLarge."""
    found, bottom, right = set(), 0, 0
    for row, column, is_uncomputed in _cells(archive, path):
        bottom, right = max(bottom, row), max(right, column)
        if bottom * right > MAX_CELLS:
            raise TooLarge
        if is_uncomputed:
            found.add((row, column))
    return frozenset(found)


def _cells(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[int, int, bool]]:
    """Row, column and whether a result is missing, of each cell that is not empty.

    The parser is the standard library's expat, which since 2.4.1 stops at entities that blow up.
    """
    row = column = 0
    with archive.open(path) as part:
        for event, element in Tree.iterparse(part, ("start", "end")):  # noqa: S314
            kind = element.tag.rpartition("}")[2]
            if event == "start":
                if kind == "row":
                    row, column = int(element.get("r") or row + 1), 0
                continue
            if kind == "c":
                row, column = _place(element.get("r"), row, column + 1)
                formula, value = _children(element)
                if formula or value:
                    failed = element.get("t") == "e"
                    yield row, column, failed or (formula and not value and element.get("t") != "str")
            elif kind in ("row", "mergeCell"):
                element.clear()


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell says that it is, or else where it stands."""
    match = ADDRESS.fullmatch(address or "")
    return (int(match[2]), column_number(match[1])) if match else (row, column)


def _children(element: Tree.Element) -> tuple[bool, bool]:
    """Whether a cell has a formula, and a value."""
    formula = value = False
    for child in element:
        kind = child.tag.rpartition("}")[2]
        formula |= kind == "f"
        value |= (kind == "v" and bool(child.text)) or kind == "is"
    return formula, value


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
