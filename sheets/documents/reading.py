"""The lines of a document that somebody sends: DOCX without macros, or plain text. Runs in a child process."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sheets.reader import Reader
from sheets.reading import OLD_OFFICE, ZIPPED, Reason, WrongFile

MAX_UNPACKED = 50 * 1024 * 1024  # bytes
MAX_PARTS = 2_000
MAX_LINES, MAX_LINE_CHARS = 2_000, 2_000
MAX_PARAGRAPHS = 20_000  # with blank ones and cells of tables; more of them take minutes
ENCODINGS = ("utf-8-sig", "gb18030")
WORDS, TYPES, MACROS = "word/document.xml", "[Content_Types].xml", "vbaproject.bin"
MACRO_TYPE = b"vbaproject"  # of a part, whatever its name
PARAGRAPH = re.compile(rb"<(?:\w{1,20}:)?p[ />]")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a row of a table with blanks between its cells."""

    text: str


def lines(data: bytes, _: Callable[[int, int], None]) -> Iterator[Line]:
    """The lines of a document, blank ones left out. Raises WrongFile."""
    found = [one for one in (_of_docx(data) if data.startswith(ZIPPED) else _of_text(data)) if one.strip()]
    if not found:
        raise WrongFile(Reason.EMPTY)
    if len(found) > MAX_LINES:
        raise WrongFile(Reason.TOO_MANY_ROWS)
    yield from (Line(one.strip()[:MAX_LINE_CHARS]) for one in found)


def _of_text(data: bytes) -> list[str]:
    if data.startswith(OLD_OFFICE):
        raise WrongFile(Reason.OLD_OR_PROTECTED)
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongFile(Reason.WRONG_KIND)
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    raise WrongFile(Reason.ENCODING)


def _of_docx(data: bytes) -> list[str]:
    _check(data)
    import docx  # noqa: PLC0415 - it takes a third of a second, which a text file need not wait for
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 - see above

    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, SyntaxError, OpcError) as error:  # lxml's errors are of syntax
        raise WrongFile(Reason.BROKEN) from error
    rows = [
        "　".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for t in document.tables for row in t.rows
    ]
    return [*(one.text for one in document.paragraphs), *rows]


def _check(data: bytes) -> None:
    """Raises WrongFile for what is no DOCX, has macros, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names, unpacked = parts.namelist(), sum(one.file_size for one in parts.infolist())
            _check_size(names, unpacked)
            words, types = (parts.read(one) if one in names else b"" for one in (WORDS, TYPES))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise WrongFile(Reason.BROKEN) from error
    has_macros = any(one.lower().endswith(MACROS) for one in names) or MACRO_TYPE in types.lower()
    if WORDS not in names or has_macros:
        raise WrongFile(Reason.WRONG_KIND)
    if len(PARAGRAPH.findall(words)) > MAX_PARAGRAPHS:
        raise WrongFile(Reason.TOO_MANY_ROWS)


def _check_size(names: list[str], unpacked: int) -> None:
    if unpacked > MAX_UNPACKED or len(names) > MAX_PARTS:
        raise WrongFile(Reason.TOO_MUCH_INSIDE)


DOCUMENT = Reader("sheets.documents.reading:lines", (Line,), lambda found: [one.text for one in found])
