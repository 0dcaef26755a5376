"""A procedure's file is read in a child process; its content decides what it is, whatever its name says."""

import re
from collections.abc import Iterator

from sheets import reading
from sheets.procedure import own, tabular
from sheets.procedure.found import Found, Head, Item, Line, Wrong, build
from sheets.reader import Progress, Reader
from sheets.reading import OLD_OFFICE, ZIPPED, Reason, WrongFile

LOOKED_AT_CHARS = 40_000
STEPS = re.compile(r"^steps[ \t]*:", re.MULTILINE)
ROW = re.compile(r"[,\t;，；|]")


def read(data: bytes) -> Found:
    """What is in a file. Raises WrongFile; what is wrong with what it says is told."""
    if data.startswith(OLD_OFFICE):
        raise WrongFile(Reason.OLD_OR_PROTECTED)
    if data.startswith(ZIPPED):
        return tabular.read(reading.read(data))
    if not data.strip(b"\0 \r\n\t"):
        raise WrongFile(Reason.EMPTY)
    text = reading.decode(data)
    if STEPS.search(text[:LOOKED_AT_CHARS]):
        return own.read(text)
    return tabular.read(reading.read(data, tabular.fields_in))


def looks_like(data: bytes) -> bool:
    """Whether a file may be a procedure: by its beginning alone, a workbook always."""
    if data.startswith(ZIPPED):
        return True
    text = data[:LOOKED_AT_CHARS].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if STEPS.search(text):
        return True
    rows = [ROW.split(line[:1000]) for line in text.splitlines()[: tabular.LOOKED_AT]]
    return tabular.fields_in([[cell.strip('"') for cell in row] for row in rows]) >= len(tabular.NEEDED) + 1


def entry(data: bytes, _: Progress) -> Iterator[Item]:
    """What is found in a file. Raises WrongFile."""
    found = read(data)
    yield found.head
    yield from found.lines
    yield from found.wrong


PROCEDURE = Reader(f"{__name__}:{entry.__name__}", (Head, Line, Wrong), build)
