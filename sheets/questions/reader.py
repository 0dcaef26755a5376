"""A file of questions is read in a child process; its content decides what it is, whatever its name says."""

import re
from collections.abc import Iterator, Sequence

from sheets import reading
from sheets.questionnaire.reader import NAMES
from sheets.questions import aiken, chinese, gift, moodle, tabular
from sheets.questions.found import Format, Found, Head, Item, Lost, Mistake, Place, Question, Wrong
from sheets.reader import Progress, Reader
from sheets.reading import MAX_FILE_BYTES, OLD_OFFICE, ZIPPED, Reason, WrongFile
from sheets.wire import Garbled

LOOKED_AT_CHARS = 200_000
OF_GIFT = re.compile(r"(?<!\\)\{\s*+(?:[=~#%>}]|(?:T|F|TRUE|FALSE)\s*+[#}])|^[ \t]*+(?:::|\$CATEGORY:)", re.MULTILINE)
OF_AIKEN = re.compile(r"^[ \t]*+ANSWER[ \t]*+:", re.MULTILINE)
OF_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(?:\?xml|!|quiz\b)")
OF_JSON = re.compile(r'\s*[{\[]\s*["{\[]')
SEPARATORS = re.compile("[\t;；,，|]")  # of a CSV
FEW = 3
UTF8_BOM = b"\xef\xbb\xbf"
SURE = 9  # bytes beyond ASCII, which hardly ever make UTF-8 by chance


def read(data: bytes) -> Found:
    """The questions in a file. Raises WrongFile."""
    if len(data) > MAX_FILE_BYTES:
        raise WrongFile(Reason.TOO_LARGE)
    if not data.strip(b"\0 \r\n\t"):
        raise WrongFile(Reason.EMPTY)
    if data.startswith(OLD_OFFICE):
        raise WrongFile(Reason.OLD_OR_PROTECTED)
    if data.startswith(ZIPPED):
        return tabular.read(reading.read(data))
    if OF_XML.match(data[:200].replace(b"\0", b"")):
        return moodle.read(data)
    mixed = _mixed(data)
    text = data.decode("gb18030", "replace") if mixed else reading.decode(data)
    found = _read_text(data, text)
    return found if mixed is None else Found(found.format, (), wrong=(Wrong(Place(line=mixed), Mistake.ENCODING),))


def _read_text(data: bytes, text: str) -> Found:
    """Raises WrongFile."""
    head = text[:LOOKED_AT_CHARS]
    if _heads(head):
        return tabular.read(reading.read(data, tabular.fields_in))
    if OF_JSON.match(head):
        raise WrongFile(Reason.WRONG_KIND)
    of_aiken, of_gift, of_chinese = len(OF_AIKEN.findall(head)), len(OF_GIFT.findall(head)), chinese.signs(head)
    if of_gift >= max(of_aiken, of_chinese, 1):
        return gift.read(text)
    if of_aiken >= max(of_chinese, 1):
        return aiken.read(text)
    if of_chinese:
        return chinese.read(text)
    raise WrongFile(Reason.WRONG_KIND)


def _heads(head: str) -> bool:
    """Whether one of the first lines is the heading of a CSV."""
    lines = head.splitlines()[: tabular.LOOKED_AT]
    return tabular.find([SEPARATORS.split(line.replace('"', "")) for line in lines]) is not None


def _mixed(data: bytes) -> int | None:
    """The first line in another encoding than the lines before, if a file is of UTF-8 and GBK together."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:LOOKED_AT_CHARS]:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None
    known: bool | None = True if data.startswith(UTF8_BOM) else None
    for number, line in enumerate(data.removeprefix(UTF8_BOM).splitlines(), 1):
        is_utf8 = _is_utf8(line)
        if is_utf8 is not None and known is not None and is_utf8 != known:
            return number
        known = is_utf8 if known is None else known
    return None


def _is_utf8(line: bytes) -> bool | None:
    """Whether a line is UTF-8 or another encoding; `None` where it may be both."""
    if line.isascii():
        return None
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True if sum(byte > 0x7F for byte in line) >= SURE else None  # noqa: PLR2004 - beyond ASCII


def looks_like_questions(data: bytes) -> bool:
    """Whether a file may be one of questions: by its beginning, a workbook always."""
    if data.startswith(ZIPPED):
        return True
    if data.startswith(OLD_OFFICE):
        return False
    if OF_XML.match(data[:200].replace(b"\0", b"")):
        return b"<quiz" in data[:LOOKED_AT_CHARS].replace(b"\0", b"")
    head = data[:LOOKED_AT_CHARS].removeprefix(UTF8_BOM).decode("utf-8", "replace")
    if OF_JSON.match(head) or any(line.startswith(NAMES) for line in head.splitlines()):
        return False  # a questionnaire, or rules
    if "\ufffd" in head[:-FEW]:
        head = data[:LOOKED_AT_CHARS].decode("gb18030", "replace")
    return bool(_heads(head) or OF_AIKEN.search(head) or OF_GIFT.search(head) or chinese.signs(head))


def items(data: bytes, progress: Progress) -> Iterator[Item]:
    """What is found in a file. Raises WrongFile."""
    found = read(data)
    yield Head(found.format)
    yield from found.lost
    yield from found.wrong
    total = len(found.questions)
    for number, one in enumerate(found.questions):
        if number % 1000 == 0:
            progress(number, total)
        yield one


def build(told: Sequence[Item]) -> Found:
    """What was told piece by piece. Raises Garbled."""
    head = told[0] if told else None
    if not isinstance(head, Head):
        raise Garbled("no head")
    return Found(
        head.format,
        tuple(one for one in told if isinstance(one, Question)),
        tuple(one for one in told if isinstance(one, Lost)),
        tuple(one for one in told if isinstance(one, Wrong)),
    )


QUESTIONS: Reader[Found] = Reader(f"{__name__}:{items.__name__}", (Head, Question, Lost, Wrong), build)
__all__ = ["QUESTIONS", "Format", "build", "items", "looks_like_questions", "read"]
