"""A file of the library is read in a child process; its content decides what it is, whatever its name says."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from sheets import reading
from sheets.reader import Progress, Reader
from sheets.reading import OLD_OFFICE, ZIPPED, Reason, WrongFile
from sheets.study import markdown, tabular, toml
from sheets.study.found import Found, Lost, NotRead, Record, Wrong

LOOKED_AT_CHARS = 20_000
MAX_TEXT_CHARS = 8_000_000
TABLE = re.compile(r"^[ \t]*\[\[[ \t]*(?:item|course|campaign)\b", re.MULTILINE)
FIELD = re.compile(r"^(?:title|type|code|source|topics?)[ \t]*:", re.MULTILINE)
ASKS = re.compile(r"^questions[ \t]*:", re.MULTILINE)  # a questionnaire
Item: TypeAlias = Record | Lost | Wrong


def read(data: bytes) -> Found:
    """What is in a file. Raises WrongFile; what is wrong with what it says is told."""
    if data.startswith(OLD_OFFICE):
        raise WrongFile(Reason.OLD_OR_PROTECTED)
    try:
        if data.startswith(ZIPPED):
            return tabular.read(reading.read(data))
        if not data.strip(b"\0 \r\n\t"):
            raise WrongFile(Reason.EMPTY)
        return _read_text(data)
    except NotRead as error:
        return Found(wrong=[error.wrong])


def _read_text(data: bytes) -> Found:
    """Raises WrongFile, NotRead."""
    text = reading.decode(data)
    if len(text) > MAX_TEXT_CHARS:
        raise WrongFile(Reason.TOO_LARGE)
    if _is_markdown(text):
        return markdown.read(text)
    if TABLE.search(text):
        return toml.read(text)
    return tabular.read(reading.read(data, tabular.fields_in))


def _is_markdown(text: str) -> bool:
    """Whether front matter with one of our fields, and not a questionnaire, stands at the beginning."""
    head = text[:LOOKED_AT_CHARS].lstrip()
    if not head.startswith("---"):
        return False
    front = head[3:].partition("\n---")[0]
    return bool(FIELD.search(front)) and not ASKS.search(front)


def looks_like(data: bytes) -> bool:
    """Whether a file may be one of the library: by its beginning alone, a workbook always."""
    if data.startswith(ZIPPED):
        return True
    text = data[:LOOKED_AT_CHARS].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if _is_markdown(text) or TABLE.search(data[:LOOKED_AT_CHARS].decode("utf-8", "replace")):
        return True
    rows = [re.split(r"[,\t;，；|]", line[:1000]) for line in text.splitlines()[: tabular.LOOKED_AT]]
    return any(needed <= _fields(row) for row in rows for needed in tabular.NEEDED.values())


def _fields(row: Sequence[str]) -> set[str]:
    return {field for cell in row if (field := tabular.field_of(cell.strip('"')))}


def entry(data: bytes, _: Progress) -> Iterator[Item]:
    """What is found in a file. Raises WrongFile."""
    found = read(data)
    yield from found.records
    yield from found.lost
    yield from found.wrong


def build(items: Sequence[Item]) -> Found:
    """What was told piece by piece."""
    return Found(
        [one for one in items if isinstance(one, Record)],
        [one for one in items if isinstance(one, Lost)],
        [one for one in items if isinstance(one, Wrong)],
    )


LIBRARY = Reader(f"{__name__}:{entry.__name__}", (Record, Lost, Wrong), build)
