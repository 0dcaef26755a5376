"""An XLSX is looked through before calamine reads it: for what calamine does not tell, and must not find out by itself.

Calamine holds a sheet as a full rectangle: one stray word in the last cell of an Excel sheet asks for hundreds of
gigabytes. So the extent of what is written is looked at first (`sheets.scan`). Formulas without a result and errors,
which look like empty cells, are found on the same way. What was looked at is packed anew, and calamine is given that:
two programs may find different things in one zip file.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree as Tree
from xml.parsers import expat

from sheets.scan import MAX_CELLS, Broken, Cells, Limit, Scan, Strings, TooLarge

MAX_UNPACKED_BYTES = 200 * 1024 * 1024  # bytes, unpacked
MAX_STRING_BYTES = 80 * 1024 * 1024  # bytes of shared strings, which are held as a whole
MAX_SMALL_BYTES = 4 * 1024 * 1024  # bytes of a part that is held as a tree
MAX_PARTS = 10_000
MAX_SHEETS = 50
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*\+?0*([0-9]*)""")
CHUNK = 256 * 1024  # bytes
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
PACKAGE = {  # how calamine knows an XLSX, and where its workbook is
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
}
DAMAGE = (  # whatever the standard library says of a file that is not as it should be
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
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


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet that can be seen, and the cells (`scan.place_of`) whose formula has no result, or an error."""

    name: str
    uncomputed: Set[int]


def repack(data: bytes) -> tuple[list[Part], io.BytesIO]:
    """The sheets of an XLSX that can be seen, and a file with nothing but these.

    Raises NoWorkbook, TooLarge, Broken.
    """
    file = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            return _Copy(old, new).sheets(), file
    except (NoWorkbook, TooLarge, Broken):
        raise
    except DAMAGE as error:
        raise Broken(type(error).__name__) from error


class _Copy:
    """Copies the parts that are needed, and looks at them on the way."""

    def __init__(self, old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        self._old, self._new = old, new
        self._members = _members(old)
        self._copied: set[str] = set()

    def sheets(self) -> list[Part]:
        """Copy everything; the sheets that can be seen. Raises TooLarge, Broken."""
        for path, content in PACKAGE.items():
            self._new.writestr(path, content)
        self._take(STRINGS, Strings())
        self._take(STYLES, Scan())
        found, room = [], MAX_CELLS
        for name, path in self._visible():
            cells = Cells(room)
            self._take(path, cells)
            room -= cells.bottom * cells.right
            found.append(Part(name, cells.uncomputed))
        return found

    def _take(self, path: str, scan: Scan) -> None:
        """Copy a part, if the file has it. Raises Broken, also for a sheet that two names stand for."""
        member = self._members.get(path.lower())
        if member is None:
            return
        if path.lower() in self._copied:
            raise Broken(path)
        self._copied.add(path.lower())
        with self._old.open(member) as part, self._new.open(path, "w") as copy:
            for number, piece in enumerate(_pieces(part)):
                if path in (STRINGS, STYLES) and number == 0:
                    _check_counts(piece)
                scan.feed(piece)
                copy.write(piece)
        scan.close()

    def _tree(self, path: str) -> Tree.Element:
        """A small part, copied. Raises Broken, TooLarge."""
        member = self._members[path.lower()]
        if member.file_size > MAX_SMALL_BYTES:
            raise TooLarge(Limit.UNPACKED)
        content = self._old.read(member)
        _check_counts(content)
        scan = Scan()
        scan.feed(content)
        scan.close()
        self._new.writestr(path, content)
        return Tree.fromstring(content.decode())  # noqa: S314 - it has no document type, so no entities

    def _visible(self) -> Iterator[tuple[str, str]]:
        """Name and path of each worksheet that can be seen."""
        relations = self._tree(RELATIONS)
        targets = {one.get("Id"): str(one.get("Target")) for one in relations if "worksheet" in str(one.get("Type"))}
        sheets = [one for one in self._tree(BOOK).iter() if one.tag in (f"{MAIN}sheet", f"{STRICT}sheet")]
        for one in [one for one in sheets if one.get("state", "visible") == "visible"][:MAX_SHEETS]:
            target = targets.get(next(filter(None, map(one.get, RELATION)), None))
            if target is not None:
                yield str(one.get("name")), _inside(target)


def _members(archive: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    """The parts by their names in small letters. Raises NoWorkbook, TooLarge, Broken."""
    listed = archive.infolist()
    members = {member.filename.lower(): member for member in listed}
    if BOOK not in members:
        raise NoWorkbook
    sizes = {name: member.file_size for name, member in members.items()}
    if sum(sizes.values()) > MAX_UNPACKED_BYTES or sizes.get(STRINGS.lower(), 0) > MAX_STRING_BYTES:
        raise TooLarge(Limit.UNPACKED)
    if len(members) < len(listed) or len(listed) > MAX_PARTS:
        raise Broken("its list of parts")
    return members


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(CHUNK):
        yield piece


def _check_counts(head: bytes) -> None:
    """Raises Broken where a part says that it holds more than can be: calamine reserves so much at once."""
    counts = (count.lstrip(b"0") for count in COUNT.findall(head))
    if any(len(count) > len(str(MAX_CELLS)) or int(count or 0) > MAX_CELLS for count in counts):
        raise Broken("its counts")


def _inside(target: str) -> str:
    if target.startswith("/"):
        return target.removeprefix("/")
    return target if target.startswith("xl/") else f"xl/{target}"
